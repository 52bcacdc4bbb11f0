/** What stands in a document, and whether its lists hang together. */
import * as Y from 'yjs';
import { BODY_ROOT, CLAIMS_ROOT } from '#core/text/schema.ts';

/** Words with the same marks. */
interface Run {
  insert: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** All that is read, with marks and attributes: the same for the same content however it came about. */
export function contentOf(doc: Y.Doc): unknown {
  const claims = [...doc.getMap(CLAIMS_ROOT).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, entry]) => {
      const rationale = entry instanceof Y.Map ? entry.get('rationale') : null;
      return [id, rationale instanceof Y.XmlFragment ? nodesOf(rationale) : null];
    });
  return [bodyOf(doc), claims];
}

export function bodyOf(doc: Y.Doc): unknown[] {
  return nodesOf(doc.getXmlFragment(BODY_ROOT));
}

function nodesOf(fragment: Y.XmlFragment): unknown[] {
  return fragment.toArray().map((node) => {
    if (node instanceof Y.XmlText) return runsOf(node);
    return node instanceof Y.XmlElement ? [node.nodeName, node.getAttributes(), nodesOf(node)] : null;
  });
}

/**
 * `toDelta` begins a new run at every mark that stands there, also where it changes nothing; so tidying such a mark
 * away (SY30) joins two runs of the same attributes. No reader sees where they were cut: y-prosemirror makes a text
 * node of each run, and ProseMirror's `Fragment.fromArray` joins neighbours of the same marks, as is done here.
 */
function runsOf(text: Y.XmlText): Run[] {
  const runs: Run[] = [];
  for (const run of text.toDelta() as Run[]) {
    const last = runs.at(-1);
    if (last !== undefined && marksOf(last) === marksOf(run)) last.insert += run.insert;
    else runs.push({ ...run });
  }
  return runs;
}

const marksOf = ({ attributes = {} }: Run): string =>
  JSON.stringify(Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Each claim's entry without its rationale's content: nothing that a socket sends changes it. */
export function entriesOf(doc: Y.Doc): unknown {
  return [...doc.getMap(CLAIMS_ROOT).entries()].map(([id, entry]) =>
    entry instanceof Y.Map
      ? [
          id,
          [...entry.keys()].toSorted(),
          entry.get('start'),
          entry.get('end'),
          entry.get('rationale')?.constructor.name,
        ]
      : [id, entry],
  );
}

/** What is wrong with the links between a document's items; nothing in a sound one. */
export function brokenLinks(doc: Y.Doc): string[] {
  const broken: string[] = [];
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) {
      if (!(struct instanceof Y.Item)) continue;
      const { id, left, right, parent, parentSub } = struct;
      const name = `${id.client}:${id.clock}`;
      if (left !== null && left.right !== struct) broken.push(`${name} is not right of its left`);
      if (right !== null && right.left !== struct) broken.push(`${name} is not left of its right`);
      for (const neighbour of [left, right])
        if (neighbour !== null && (neighbour.parent !== parent || neighbour.parentSub !== parentSub))
          broken.push(`${name} stands beside what stands elsewhere`);
    }
  }
  return broken;
}

/** How many of these updates bring something that a document has not. */
export function countMissing(doc: Y.Doc, updates: readonly Uint8Array[]): number {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  let missing = 0;
  copy.on('update', () => (missing += 1));
  for (const update of updates) copy.transact(() => Y.applyUpdate(copy, update));
  return missing;
}
