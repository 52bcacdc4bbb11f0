/**
 * Points in a document that is being made: a reader marks where a note begins and ends while it writes words, and
 * learns the offsets only when the document is whole, since white space, empty blocks and a title may still go.
 * A point is a node without width among the words of a line. They are taken out before anything else sees the
 * document.
 */
import type { DocMark, DocNode } from '#core/text/doc-json.ts';
import { flattenNode } from '#core/text/flatten-node.ts';

const POINT = 'point';

export function pointNode(name: string): DocNode {
  return { type: POINT, attrs: { name } };
}

export function isPoint(node: DocNode): boolean {
  return node.type === POINT;
}

export interface WithoutPoints {
  readonly doc: DocNode;
  /** UTF-16 offsets in the plain text of `doc`; of a name used twice the last. */
  readonly offsets: ReadonlyMap<string, number>;
}

/** Takes the points out. Words that stood on both sides of one, in the same marks, become one run again. */
export function takePoints(doc: DocNode): WithoutPoints {
  const offsets = new Map<string, number>();
  // A point has no words, so the offsets of the document with points are those without.
  for (const block of flattenNode(doc).blocks) {
    let at = block.start;
    block.node.content?.forEach((child) => {
      const node = child as DocNode; // flattenNode was given a DocNode, and gives its own nodes back
      if (isPoint(node)) offsets.set(String(node.attrs?.['name']), at);
      else at += node.type === 'hard_break' ? 1 : (node.text?.length ?? 0);
    });
  }
  return { doc: offsets.size === 0 ? doc : without(doc), offsets };
}

function without(node: DocNode): DocNode {
  if (node.content === undefined) return node;
  const content: DocNode[] = [];
  for (const child of node.content) {
    if (isPoint(child)) continue;
    const last = content.at(-1);
    if (last?.text !== undefined && child.text !== undefined && haveSameMarks(last, child))
      content[content.length - 1] = { ...last, text: last.text + child.text };
    else content.push(without(child));
  }
  return { ...node, content };
}

function haveSameMarks(one: DocNode, other: DocNode): boolean {
  const say = (marks: readonly DocMark[] | undefined): string => JSON.stringify(marks ?? []);
  return say(one.marks) === say(other.marks);
}
