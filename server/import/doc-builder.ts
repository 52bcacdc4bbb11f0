/**
 * Builds a document of the report schema from any stream of "this opens, here are words, this closes", as the
 * readers of HTML and Markdown make it. Whatever comes, the result is valid: a stray item gets a list, words in
 * a table get a cell, empty things vanish, too deep structure is flattened with its words kept.
 * Works in one pass without recursion, so hostile nesting costs no more than its bytes.
 * Calls of `open` and `close` must be paired in order; the builder may add or leave out what is between.
 */
import { AppError } from '#core/errors.ts';
import type { DocMark, DocNode } from '#core/text/doc-json.ts';
import { textblockNames } from '#core/text/flatten.ts';
import { MAX_BLOCK_DEPTH, MAX_NODES } from './limits.ts';
import { isPoint, pointNode } from './points.ts';
import { normalizeTable } from './table.ts';

export type ContainerName =
  | 'blockquote'
  | 'bullet_list'
  | 'ordered_list'
  | 'list_item'
  | 'table'
  | 'table_row'
  | 'table_cell'
  | 'table_header';
export type MarkName = 'link' | 'strong' | 'em' | 'underline' | 'strike' | 'code';

export interface FigureAttributes {
  readonly image: string;
  readonly alt: string;
  /** CSS pixels. */
  readonly width: number | null;
  readonly height: number | null;
}

interface Frame {
  readonly type: ContainerName | 'doc';
  readonly attrs: Readonly<Record<string, unknown>> | undefined;
  readonly content: DocNode[];
  /** Opened by the builder, so it ends as soon as something comes that does not belong in it. */
  readonly implied: boolean;
}

/** What kind of textblock words go to at the moment. */
interface LineKind {
  readonly type: 'paragraph' | 'heading' | 'code_block';
  readonly level: number;
}

const PARAGRAPH: LineKind = { type: 'paragraph', level: 0 };
/** The schema's order, which `check` wants. */
const markOrder: readonly MarkName[] = ['link', 'strong', 'em', 'underline', 'strike', 'code'];
const lists: ReadonlySet<string> = new Set(['bullet_list', 'ordered_list']);
const cells: ReadonlySet<string> = new Set(['table_cell', 'table_header']);

export class DocBuilder {
  private readonly frames: Frame[] = [{ type: 'doc', attrs: undefined, content: [], implied: false }];
  /** For each `open`, how it was before. */
  private readonly opened: { readonly depth: number; readonly kind: LineKind }[] = [];
  private readonly marks: { readonly name: MarkName; readonly mark: DocMark }[] = [];
  private kind: LineKind = PARAGRAPH;
  private line: DocNode[] = [];
  private nodes = 0;
  /** The last sign of the words in `line`: asking the words themselves would copy them each time. */
  private tail = '';
  /** Control characters left out so far. */
  dropped = 0;

  /** Begins a container. Where it cannot stand, its content goes to what is around it. */
  open(type: ContainerName, attrs?: Readonly<Record<string, unknown>>): void {
    this.endLine();
    this.endImplied(type);
    const canEnter = this.frames.length <= MAX_BLOCK_DEPTH && this.makeRoomFor(type);
    this.opened.push({ depth: this.frames.length, kind: this.kind });
    if (!canEnter) return;
    this.enter(type, false, attrs);
    this.kind = PARAGRAPH;
  }

  /** Begins a heading or a block of code; blocks inside it become several of the kind. */
  openLine(type: 'heading' | 'code_block', level = 0): void {
    this.endLine();
    this.opened.push({ depth: this.frames.length, kind: this.kind });
    this.kind = { type, level };
  }

  /** Ends what the last unclosed `open` or `openLine` began. */
  close(): void {
    this.endLine();
    const before = this.opened.pop();
    if (before === undefined) return;
    while (this.frames.length > before.depth) this.leave();
    this.kind = before.kind;
  }

  pushMark(name: MarkName, attrs?: Readonly<Record<string, unknown>>): void {
    this.marks.push({ name, mark: attrs === undefined ? { type: name } : { type: name, attrs } });
  }

  popMark(): void {
    this.marks.pop();
  }

  get isCode(): boolean {
    return this.kind.type === 'code_block';
  }

  /** Adds words as they are, in the marks of the moment. */
  text(words: string): void {
    const clean = this.withoutControls(words);
    if (clean === '') return;
    this.tail = clean.slice(-1);
    const marks = this.isCode ? [] : this.currentMarks();
    const last = this.line.at(-1);
    if (last?.text !== undefined && sameMarks(last.marks ?? [], marks)) {
      this.line[this.line.length - 1] = { ...last, text: last.text + clean };
      return;
    }
    this.count();
    this.line.push(marks.length === 0 ? { type: 'text', text: clean } : { type: 'text', text: clean, marks });
  }

  /** Adds words as HTML shows them: runs of white space are one space, none at the edges of a line. */
  flowingText(words: string): void {
    if (this.isCode) return this.text(words);
    const collapsed = words.replace(/[ \t\n\r\f]+/g, ' ');
    const last = this.line.findLast((node) => !isPoint(node));
    const isAtEdge = last === undefined || last.type === 'hard_break' || this.tail === ' ';
    this.text(isAtEdge && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed);
  }

  /**
   * A point in the words, where a note begins or ends; it has no width and survives all that the builder does to
   * white space and structure. What stands in no line belongs to the next one, or to the end of the last.
   */
  point(name: string): void {
    this.count();
    this.line.push(pointNode(name));
  }

  /** A line break; two in a row begin a new block. */
  break(): void {
    if (this.isCode) return this.text('\n');
    trimEnd(this.line);
    const last = this.line.findLast((node) => !isPoint(node));
    if (last?.type === 'hard_break') return this.endLine();
    if (last === undefined) return;
    this.count();
    this.line.push({ type: 'hard_break' });
  }

  rule(): void {
    this.endLine();
    this.endImplied('rule');
    this.makeRoomForBlock(false);
    this.append({ type: 'horizontal_rule' });
  }

  /** An image as a block of its own; `image` is the SHA-256 of its bytes. */
  figure(attrs: FigureAttributes): void {
    this.endLine();
    this.endImplied('rule');
    this.makeRoomForBlock(false);
    this.append({ type: 'figure', attrs: { ...attrs } });
  }

  /** Ends the textblock being written, if there is one with words. */
  endLine(): void {
    const line = this.line;
    if (line.length === 0) return;
    this.line = [];
    if (!this.isCode) {
      trimEnd(line);
      const end = line.findLastIndex((node) => !isPoint(node));
      if (line[end]?.type === 'hard_break') line.splice(end, 1);
      trimEnd(line);
    }
    // Points without words wait for the next line that has some.
    if (line.every(isPoint)) {
      this.line = line;
      return;
    }
    this.endImplied('textblock');
    this.makeRoomForBlock(false);
    this.append(textblock(this.kind, line));
  }

  /** The whole document; always with at least one block. */
  finish(): DocNode {
    this.endLine();
    const waiting = this.line;
    while (this.frames.length > 1) this.leave();
    const content = this.top.content;
    if (waiting.length > 0) content.push(...withPointsAtEnd(content.pop(), waiting));
    return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] };
  }

  private get top(): Frame {
    const frame = this.frames.at(-1);
    if (frame === undefined) throw new Error('The builder was used after its end');
    return frame;
  }

  private enter(type: ContainerName, implied: boolean, attrs?: Readonly<Record<string, unknown>>): void {
    this.frames.push({ type, attrs, content: [], implied });
  }

  private leave(): void {
    const frame = this.frames.pop();
    if (frame === undefined || frame.type === 'doc') return;
    for (const node of closed(frame)) this.append(node);
  }

  /** Leaves what the builder opened by itself and what `next` does not belong in. */
  private endImplied(next: ContainerName | 'textblock' | 'rule'): void {
    const ends = ({ type, implied }: Frame): boolean => {
      if (!implied) return false;
      if (lists.has(type)) return next !== 'list_item';
      if (type === 'list_item') return next === 'list_item' || next === 'textblock';
      return next === 'table_row' || (cells.has(type) && cells.has(next));
    };
    while (ends(this.top)) this.leave();
  }

  /** Opens what `type` needs around it; false when it cannot stand here at all. */
  private makeRoomFor(type: ContainerName): boolean {
    if (type === 'table_row') return this.top.type === 'table';
    if (cells.has(type)) {
      if (this.top.type === 'table') this.enter('table_row', true);
      return this.top.type === 'table_row';
    }
    if (type !== 'list_item') this.makeRoomForBlock(lists.has(type));
    else if (!lists.has(this.top.type)) {
      this.makeRoomForBlock(true);
      this.enter('bullet_list', true);
    }
    return true;
  }

  /** Opens what is needed so that a block can stand here. */
  private makeRoomForBlock(isList: boolean): void {
    if (lists.has(this.top.type)) {
      const last = isList ? this.top.content.pop() : undefined;
      this.enter('list_item', true);
      // A list right inside a list belongs to the item before it.
      if (last?.content !== undefined) this.top.content.push(...last.content);
    }
    if (this.top.type === 'table') this.enter('table_row', true);
    if (this.top.type === 'table_row') this.enter('table_cell', true);
  }

  private append(node: DocNode): void {
    this.count();
    this.top.content.push(node);
  }

  private count(): void {
    this.nodes += 1;
    if (this.nodes > MAX_NODES) {
      throw new AppError(
        'too_large',
        `The source has more than ${MAX_NODES.toLocaleString('en')} blocks and formatted words, the most that are taken.`,
      );
    }
  }

  private currentMarks(): DocMark[] {
    if (this.marks.length === 0) return [];
    return markOrder.flatMap((name) => this.marks.findLast((open) => open.name === name)?.mark ?? []);
  }

  private withoutControls(words: string): string {
    const clean = words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
    this.dropped += words.length - clean.length;
    return this.isCode ? clean.replace(/\r\n?/g, '\n') : clean.replace(/[\r\n\u2028\u2029]+/g, ' ');
  }
}

function textblock(kind: LineKind, content: DocNode[]): DocNode {
  if (kind.type === 'heading') return { type: 'heading', attrs: { level: kind.level }, content };
  if (kind.type === 'paragraph') return { type: 'paragraph', content };
  const trimmed = withoutEdgeBreaks(content);
  return trimmed.length === 0 ? { type: 'code_block' } : { type: 'code_block', content: trimmed };
}

/** Code without the line feed that its source has after the opening or before the closing mark. */
function withoutEdgeBreaks(content: readonly DocNode[]): DocNode[] {
  const first = content.findIndex((node) => node.text !== undefined);
  const last = content.findLastIndex((node) => node.text !== undefined);
  return content.flatMap((node, i): DocNode[] => {
    if (node.text === undefined) return [node];
    let words = node.text;
    if (i === first) words = words.replace(/^\n/, '');
    if (i === last) words = words.replace(/\n$/, '');
    return words === '' ? [] : [{ type: 'text', text: words }];
  });
}

/** What a finished container leaves behind: itself, or nothing when it is empty. */
function closed(frame: Frame): readonly DocNode[] {
  const { type, attrs, content } = frame;
  if (cells.has(type))
    return [
      { type, ...(attrs && { attrs }), content: content.length > 0 ? content : [{ type: 'paragraph' }] },
    ];
  if (content.length === 0) return [];
  if (type === 'table') return normalizeTable(content);
  return [{ type, ...(attrs && { attrs }), content }];
}

/** Puts points that came after the last words at the end of the last line. */
function withPointsAtEnd(last: DocNode | undefined, points: readonly DocNode[]): DocNode[] {
  if (last === undefined) return [];
  if (textblockNames.has(last.type)) return [{ ...last, content: [...(last.content ?? []), ...points] }];
  const inner = last.content?.at(-1);
  if (inner === undefined) return [last];
  return [{ ...last, content: [...(last.content ?? []).slice(0, -1), ...withPointsAtEnd(inner, points)] }];
}

/** Takes the white space off the end of a line; points stay. */
function trimEnd(line: DocNode[]): void {
  for (let i = line.length - 1; i >= 0; i--) {
    const last = line[i];
    if (last === undefined || isPoint(last)) continue;
    if (last.text === undefined) return;
    const text = last.text.slice(0, endOfWords(last.text));
    if (text === last.text) return;
    if (text !== '') {
      line[i] = { ...last, text };
      return;
    }
    line.splice(i, 1);
  }
}

/** Where trailing white space (that which HTML collapses) begins. A pattern would take quadratic time. */
function endOfWords(text: string): number {
  let end = text.length;
  while (end > 0 && ' \t\n\r\f'.includes(text.charAt(end - 1))) end -= 1;
  return end;
}

function sameMarks(one: readonly DocMark[], other: readonly DocMark[]): boolean {
  return (
    one.length === other.length &&
    one.every(
      (mark, i) =>
        mark.type === other[i]?.type &&
        mark.attrs?.['href'] === other[i]?.attrs?.['href'] &&
        mark.attrs?.['title'] === other[i]?.attrs?.['title'],
    )
  );
}
