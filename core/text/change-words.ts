/**
 * One change of words in a report's document: put in after them, taken out, or others in their place. The new words
 * look like those around them; the structure stays, but where whole blocks lose their words, those go.
 */
import { Fragment, type Mark, type Node } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import type { SuggestionKind } from '../domain/words.ts';
import { flattenNode, positionAtOffset } from './flatten-node.ts';

export interface WordChange {
  readonly kind: SuggestionKind;
  /** What is put in; line breaks in it stay inside the block. Empty for `delete`. */
  readonly text: string;
  /** UTF-16 offsets in the plain text of the document. */
  readonly start: number;
  readonly end: number;
}

/** The changed document, which fits its schema; `doc` stays as it is. */
export function changedDocument(doc: Node, { kind, text, start, end }: WordChange): Node {
  const flat = flattenNode(doc);
  const from = positionAtOffset(flat, start);
  const to = positionAtOffset(flat, end);
  if (from === null || to === null) return doc;
  const change = new Transform(doc);
  if (kind === 'insert') change.insert(to, wordsOf(doc, text, { at: to, marks: doc.resolve(to).marks() }));
  else if (text === '') change.delete(...withEmptyBlock(doc, from, to));
  else
    change.replaceWith(
      from,
      to,
      wordsOf(doc, text, { at: from, marks: doc.resolve(from).nodeAfter?.marks ?? [] }),
    );
  return change.doc;
}

/** What goes when nothing lives in it any more. A cell of a table stays. */
const goesWhenEmpty: ReadonlySet<string> = new Set([
  'list_item',
  'bullet_list',
  'ordered_list',
  'blockquote',
]);

/** The range, and the block around it where that would have no words left. */
function withEmptyBlock(doc: Node, from: number, to: number): [from: number, to: number] {
  const $from = doc.resolve(from);
  const $to = doc.resolve(to);
  const isWhole =
    $from.parentOffset === 0 && $from.sameParent($to) && $to.parentOffset === $to.parent.content.size;
  if (!isWhole || $from.depth === 0) return [from, to];
  let depth = $from.depth;
  const isAlone = (at: number): boolean => $from.node(at).childCount === 1;
  while (depth > 1 && isAlone(depth - 1) && goesWhenEmpty.has($from.node(depth - 1).type.name)) depth -= 1;
  const index = $from.index(depth - 1);
  return $from.node(depth - 1).canReplace(index, index + 1)
    ? [$from.before(depth), $from.after(depth)]
    : [from, to];
}

/** The words as nodes, as the block at `at` can hold them. */
function wordsOf(doc: Node, text: string, { at, marks }: { at: number; marks: readonly Mark[] }): Fragment {
  const { schema } = doc.type;
  if (text === '') return Fragment.empty;
  if (doc.resolve(at).parent.type.spec.code === true) return Fragment.from(schema.text(text));
  const nodes = text
    .split(/\r\n?|\n/)
    .flatMap((line, i) => [
      ...(i === 0 ? [] : [schema.node('hard_break')]),
      ...(line === '' ? [] : [schema.text(line, marks)]),
    ]);
  return Fragment.fromArray(nodes);
}
