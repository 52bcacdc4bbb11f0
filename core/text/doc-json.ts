/** A ProseMirror document as JSON: what imports make, bundles carry and formatters read. */
export interface DocMark {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>> | undefined;
}

export interface DocNode {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>> | undefined;
  readonly content?: readonly DocNode[] | undefined;
  readonly text?: string | undefined;
  readonly marks?: readonly DocMark[] | undefined;
}

/** Plain text as a document: a paragraph a line, empty lines left out. Null when there are no words. */
export function paragraphsOf(text: string): DocNode | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length === 0) return null;
  return {
    type: 'doc',
    content: lines.map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] })),
  };
}
