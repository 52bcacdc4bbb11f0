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
