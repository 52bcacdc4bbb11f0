/** What people do to a text, by the hand of Yjs and by that of y-prosemirror, drawn from a seed. */
import { Fragment, Slice, type Node as TextNode, type Schema } from 'prosemirror-model';
import { Transform, canJoin, canSplit } from 'prosemirror-transform';
import { initProseMirrorDoc, updateYFragment } from 'y-prosemirror';
import * as Y from 'yjs';
import { BODY_ROOT, CLAIMS_ROOT, rationaleSchema, reportSchema } from '#core/text/schema.ts';
import { pick, type Random } from './random.ts';

const WORDS = ['a', 'talks ', '75', ' é', '😀', '👩‍👩‍👧 ', 'x😁y', '\n', 'lasted minutes. '];
const LINK = { href: 'https://example.org/record', title: null };

/** One honest change of the body, or of the claim's rationale. */
export function editSomething(doc: Y.Doc, claimId: string, random: Random): void {
  const rationale = random(4) === 0 ? rationaleOf(doc, claimId) : null;
  const fragment = rationale ?? doc.getXmlFragment(BODY_ROOT);
  if (random(2) === 0) editAsEditor(fragment, rationale === null ? reportSchema : rationaleSchema, random);
  else doc.transact(() => editByHand(fragment, random));
}

function rationaleOf(doc: Y.Doc, claimId: string): Y.XmlFragment | null {
  const entry = doc.getMap(CLAIMS_ROOT).get(claimId);
  const rationale = entry instanceof Y.Map ? entry.get('rationale') : null;
  return rationale instanceof Y.XmlFragment ? rationale : null;
}

// By hand

function editByHand(fragment: Y.XmlFragment, random: Random): void {
  const block = fragment.length === 0 ? null : fragment.get(random(fragment.length));
  const text = block instanceof Y.XmlElement && block.nodeName === 'paragraph' ? block.get(0) : null;
  if (!(text instanceof Y.XmlText) || random(8) === 0) return insertBlock(fragment, random);
  const words = text
    .toDelta()
    .map(({ insert }: { insert: string }) => insert)
    .join('');
  const at = outsidePairs(words, random(words.length + 1));
  const length = outsidePairs(words, Math.min(at + 1 + random(6), words.length)) - at;
  switch (random(length === 0 ? 4 : 9)) {
    case 0:
    case 1:
    case 2:
      return text.insert(at, pick(random, WORDS));
    case 3:
      return splitBlock(fragment, text, words, at);
    case 4:
    case 5:
      return text.delete(at, length);
    case 6:
      return text.format(at, length, {
        [pick(random, ['strong', 'em', 'code'])]: random(3) === 0 ? null : {},
      });
    case 7:
      return text.format(at, length, { link: random(3) === 0 ? null : LINK });
    default:
      return fragment.delete(random(fragment.length), 1);
  }
}

function insertBlock(fragment: Y.XmlFragment, random: Random): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(pick(random, WORDS))]);
  const at = random(fragment.length + 1);
  if (random(3) > 0) return fragment.insert(at, [paragraph]);
  // A rationale has no figures; it is the one whose root is not the text.
  if (random(2) === 0 && fragment._item === null) return fragment.insert(at, [figure(random)]);
  const list = new Y.XmlElement('bullet_list');
  const item = new Y.XmlElement('list_item');
  item.insert(0, [paragraph]);
  list.insert(0, [item]);
  fragment.insert(at, [list]);
}

function figure(random: Random): Y.XmlElement {
  const made = new Y.XmlElement('figure');
  made.setAttribute('image', pick(random, ['a', 'b']).repeat(64));
  made.setAttribute('alt', pick(random, ['', ...WORDS]));
  // Attributes are any JSON, though Yjs types them as strings.
  if (random(2) === 0) made.setAttribute('width', (1 + random(2_000)) as unknown as string);
  return made;
}

/** As an editor does it: the tail goes, and comes again as another block. */
function splitBlock(fragment: Y.XmlFragment, text: Y.XmlText, words: string, at: number): void {
  const next = new Y.XmlElement('paragraph');
  next.insert(0, [new Y.XmlText(words.slice(at))]);
  const index = fragment.toArray().findIndex((block) => block === text.parent);
  text.delete(at, text.length - at);
  fragment.insert(index + 1, [next]);
}

// As the editor

/** Reads the fragment as y-prosemirror does, changes it as ProseMirror does, and writes the difference. */
function editAsEditor(fragment: Y.XmlFragment, schema: Schema, random: Random): void {
  const { doc } = fragment;
  if (doc === null) return;
  const { doc: before, meta } = initProseMirrorDoc(fragment, schema);
  const start = before.childCount > 0 ? before : schema.node('doc', null, [schema.node('paragraph')]);
  const change = new Transform(start);
  try {
    transform(change, schema, random);
  } catch {
    return; // the place that was drawn does not take this change
  }
  doc.transact(() => updateYFragment(doc, fragment, change.doc, meta));
}

function transform(change: Transform, schema: Schema, random: Random): void {
  const { doc } = change;
  const [from, to] = twoPlaces(doc, random);
  switch (random(schema === reportSchema ? 10 : 9)) {
    case 0:
    case 1:
      return void change.insert(from, schema.text(pick(random, WORDS)));
    case 2:
      return void (canSplit(doc, from) && change.split(from));
    case 3: {
      const cut = doc.resolve(from);
      if (cut.depth > 0 && canJoin(doc, cut.after(1))) change.join(cut.after(1));
      return;
    }
    case 4:
      return void change.delete(from, to);
    case 5: {
      const mark = schema.marks[pick(random, ['strong', 'em', 'strike'])];
      if (mark !== undefined) change.addMark(from, to, mark.create());
      return;
    }
    case 6:
      return void change.removeMark(from, to);
    case 7: {
      const heading = schema.nodes['heading'] ?? schema.nodes['paragraph'];
      if (heading !== undefined)
        change.setBlockType(from, to, heading, heading.name === 'heading' ? { level: 1 + random(6) } : null);
      return;
    }
    case 9:
      return void change.replaceRangeWith(
        from,
        to,
        schema.node('figure', { image: 'c'.repeat(64), alt: pick(random, WORDS), width: 320, height: 180 }),
      );
    default: {
      const quoted = schema.node('blockquote', null, [
        schema.node('paragraph', null, schema.text('Quoted 😀')),
      ]);
      return void change.replaceRange(from, to, new Slice(Fragment.from(quoted), 0, 0));
    }
  }
}

function twoPlaces(doc: TextNode, random: Random): [number, number] {
  const a = random(doc.content.size + 1);
  const b = Math.min(doc.content.size, a + random(12));
  return [outsidePairsIn(doc, a), Math.max(outsidePairsIn(doc, a), outsidePairsIn(doc, b))];
}

function outsidePairsIn(doc: TextNode, at: number): number {
  const { textOffset, parent, parentOffset } = doc.resolve(at);
  if (textOffset === 0) return at;
  const { node, offset } = parent.childBefore(parentOffset);
  return at - textOffset + outsidePairs(node?.text ?? '', parentOffset - offset);
}

/** No editor sets its caret into the middle of a character of two units. */
function outsidePairs(words: string, at: number): number {
  return /[\ud800-\udbff]$/.test(words.slice(0, at)) && /^[\udc00-\udfff]/.test(words.slice(at))
    ? at - 1
    : at;
}
