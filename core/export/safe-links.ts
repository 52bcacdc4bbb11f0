/** Raw Yjs can carry links that no editor makes; no export passes one on. The words under them stay. */
import type { DocMark, DocNode } from '../text/doc-json.ts';
import { isSafeHref } from '../text/schema.ts';

export function withoutUnsafeLinks(node: DocNode): DocNode {
  const marks = node.marks?.filter(isFit);
  const content = node.content === undefined ? undefined : joined(node.content.map(withoutUnsafeLinks));
  const { marks: _marks, content: _content, ...rest } = node;
  return {
    ...rest,
    ...(marks !== undefined && marks.length > 0 && { marks }),
    ...(content !== undefined && { content }),
  };
}

function isFit(mark: DocMark): boolean {
  return mark.type !== 'link' || isSafeHref(String(mark.attrs?.['href'] ?? ''));
}

/** Words that are formatted alike are one text again. */
function joined(nodes: readonly DocNode[]): DocNode[] {
  const out: DocNode[] = [];
  for (const node of nodes) {
    const last = out.at(-1);
    const isAlike =
      last?.text !== undefined &&
      node.text !== undefined &&
      JSON.stringify(last.marks) === JSON.stringify(node.marks);
    if (isAlike) out[out.length - 1] = { ...last, text: `${last.text}${node.text}` };
    else out.push(node);
  }
  return out;
}
