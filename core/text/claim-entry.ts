/**
 * A claim's entry in the document: root `claims`, claim id → `{start, end, rationale}`. Only the server makes one.
 * The update is built in an empty document: a new key depends on nothing that is there, so it fits any state.
 */
import * as Y from 'yjs';
import { prosemirrorJSONToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import { CLAIMS_ROOT, rationaleSchema } from './schema.ts';
import { paragraphsOf } from './doc-json.ts';
import { flatten } from './flatten.ts';

/** Encoded Yjs relative positions. */
export interface EncodedPlace {
  readonly start: Uint8Array;
  readonly end: Uint8Array;
}

export interface NewEntry {
  readonly claimId: string;
  readonly place: EncodedPlace;
  /** ProseMirror JSON of `rationaleSchema`; null makes an empty one. */
  readonly rationale: unknown;
}

/** The update that adds the entries to any state of a document that lacks them. */
export function entriesUpdate(entries: readonly NewEntry[]): Uint8Array {
  const doc = new Y.Doc();
  addEntries(doc, entries);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/** Adds the entries to a document that is at hand, as an import does. */
export function addEntries(doc: Y.Doc, entries: readonly NewEntry[]): void {
  doc.transact(() => {
    const claims = doc.getMap(CLAIMS_ROOT);
    for (const { claimId, place, rationale } of entries) {
      const entry = new Y.Map<unknown>();
      claims.set(claimId, entry);
      entry.set('start', place.start);
      entry.set('end', place.end);
      const fragment = new Y.XmlFragment();
      entry.set('rationale', fragment);
      prosemirrorJSONToYXmlFragment(rationaleSchema, rationale ?? emptyRationale, fragment);
    }
  });
}

const emptyRationale = { type: 'doc', content: [{ type: 'paragraph' }] };

/** Plain text to a rationale: a paragraph a line. */
export function rationaleFromText(text: string): unknown {
  return paragraphsOf(text);
}

export interface Entry {
  readonly place: EncodedPlace;
  readonly rationale: Y.XmlFragment;
}

/** The entry of a claim; null when there is none or it is not whole. */
export function findEntry(doc: Y.Doc, claimId: string): Entry | null {
  const entry = doc.getMap(CLAIMS_ROOT).get(claimId);
  if (!(entry instanceof Y.Map)) return null;
  const start: unknown = entry.get('start');
  const end: unknown = entry.get('end');
  const rationale: unknown = entry.get('rationale');
  if (!(start instanceof Uint8Array) || !(end instanceof Uint8Array) || !(rationale instanceof Y.XmlFragment))
    return null;
  return { place: { start, end }, rationale };
}

/** Plain text of a claim's rationale, lines joined by "\n"; empty when there is none. */
export function rationaleText(doc: Y.Doc, claimId: string): string {
  const entry = findEntry(doc, claimId);
  return entry === null ? '' : flatten(entry.rationale).text.trim();
}

/** ProseMirror JSON of a claim's rationale; null when it is empty. */
export function rationaleJson(doc: Y.Doc, claimId: string): unknown {
  const entry = findEntry(doc, claimId);
  if (entry === null || rationaleText(doc, claimId) === '') return null;
  return yXmlFragmentToProseMirrorRootNode(entry.rationale, rationaleSchema).toJSON();
}
