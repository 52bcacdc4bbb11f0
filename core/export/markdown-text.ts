/**
 * Blocks and runs as CommonMark (tables as GFM). Whatever people wrote stays words: every sign that Markdown or
 * HTML would read is escaped, so a reader of the result gets the same text back.
 */
import { figureOf, figureWords } from '../text/figures.ts';
import { isSafeHref } from '../text/schema.ts';
import type { ExportBlock, ExportRun } from './runs.ts';

/** What stands after a run: the notes of what ends there. */
export type NotesAfter = (run: ExportRun) => string;

const noNotes: NotesAfter = () => '';

/** Blocks parted by blank lines, without a newline at the end. */
export function markdownBlocks(blocks: readonly ExportBlock[], notes: NotesAfter = noNotes): string {
  const pieces: string[] = [];
  let before: ExportBlock | null = null;
  for (const block of blocks) {
    // Two lists in a row would be read as one.
    if (before !== null && before.type === block.type && block.type.endsWith('_list'))
      pieces.push('<!-- -->');
    const written = markdownBlock(block, notes);
    if (written !== '') pieces.push(written);
    before = block;
  }
  return pieces.join('\n\n');
}

function markdownBlock(block: ExportBlock, notes: NotesAfter): string {
  switch (block.type) {
    case 'paragraph':
      return markdownRuns(block.runs, notes, '\\\n');
    case 'heading': {
      const level = Math.min(Math.max(Math.trunc(Number(block.attrs['level'])) || 2, 1), 6);
      return `${'#'.repeat(level)} ${markdownRuns(block.runs, notes, ' ')}`;
    }
    case 'code_block':
      return codeBlock(block.runs, notes);
    case 'horizontal_rule':
      return '---';
    case 'figure':
      return figure(block);
    case 'blockquote':
      return prefixed(markdownBlocks(block.children, notes), '> ', '> ');
    case 'bullet_list':
      return block.children
        .map((item) => prefixed(markdownBlocks(item.children, notes), '- ', '  '))
        .join('\n');
    case 'ordered_list': {
      const first = Math.max(0, Math.trunc(Number(block.attrs['order'])) || 0);
      return block.children
        .map((item, i) =>
          prefixed(
            markdownBlocks(item.children, notes),
            `${first + i}. `,
            ' '.repeat(`${first + i}. `.length),
          ),
        )
        .join('\n');
    }
    case 'table':
      return table(block, notes);
    default:
      return block.runs.length > 0
        ? markdownRuns(block.runs, notes, '\\\n')
        : markdownBlocks(block.children, notes);
  }
}

/** `first` before the first line and `others` before the rest; blank lines stay blank but for a quotation's sign. */
export function prefixed(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, i) => `${i === 0 ? first : others}${line}`.trimEnd())
    .join('\n');
}

function codeBlock(runs: readonly ExportRun[], notes: NotesAfter): string {
  const words = runs.map((run) => run.text).join('');
  const fence = '`'.repeat(Math.max(3, longestRun(words, '`') + 1));
  const after = runs.map(notes).join('');
  return `${fence}\n${words}\n${fence}${after === '' ? '' : `\n\n${after}`}`;
}

function longestRun(text: string, sign: string): number {
  let longest = 0;
  let length = 0;
  for (const character of text) {
    length = character === sign ? length + 1 : 0;
    longest = Math.max(longest, length);
  }
  return longest;
}

/** A cell holds one line, so its blocks follow one another with a break; a first row without heads gets empty ones. */
function table(block: ExportBlock, notes: NotesAfter): string {
  const rows = block.children.map((row) =>
    row.children.flatMap((cell) => {
      const words = cellBlocks(cell)
        .map((line) => cellText(line, notes))
        .filter((line) => line !== '')
        .join('<br>');
      const span = Math.min(Math.max(Math.trunc(Number(cell.attrs['colspan'])) || 1, 1), 100);
      return [words, ...Array<string>(span - 1).fill('')];
    }),
  );
  const width = Math.max(1, ...rows.map((row) => row.length));
  const isHead = block.children[0]?.children.some((cell) => cell.type === 'table_header') === true;
  const [head = [], ...body] = isHead ? rows : [[], ...rows];
  const written = (row: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, i) => row[i] ?? '').join(' | ')} |`;
  return [written(head), written(Array<string>(width).fill('---')), ...body.map(written)].join('\n');
}

/** A Markdown file holds no images: what the image is called, told apart from the words of the text. */
function figure({ attrs }: ExportBlock): string {
  return `*${escapeMarkdown(figureWords(figureOf(attrs).alt), false)}*`;
}

function cellBlocks(block: ExportBlock): ExportBlock[] {
  return block.runs.length > 0 || block.type === 'figure' ? [block] : block.children.flatMap(cellBlocks);
}

function cellText(block: ExportBlock, notes: NotesAfter): string {
  if (block.type === 'figure') return figure(block);
  if (block.type !== 'code_block') return markdownRuns(block.runs, notes, '<br>');
  const lines = block.runs
    .map((run) => run.text)
    .join('')
    .split('\n');
  return lines.map((line) => escapeMarkdown(line)).join('<br>') + block.runs.map(notes).join('');
}

const delimiters: Readonly<Record<string, string>> = { strong: '**', em: '*', strike: '~~' };
/** Outermost first: a link around emphasis, code innermost. */
const order = ['link', 'strong', 'em', 'strike', 'code'];

interface OpenMark {
  readonly type: string;
  readonly key: string;
  readonly end: string;
}

/** The words of a line with its formatting; marks stay open over runs, so a note inside bold words does not end them. */
export function markdownRuns(runs: readonly ExportRun[], notes: NotesAfter, lineBreak: string): string {
  const writer = new LineWriter(lineBreak === '<br>');
  const pieces = joined(runs, notes);
  pieces.forEach((piece, i) => {
    if (piece.isBreak) writer.raw(i === pieces.length - 1 ? '' : lineBreak);
    else writer.words(piece.text, piece.marks);
    if (piece.after !== '') writer.raw(piece.after);
  });
  return writer.finish();
}

interface Piece {
  readonly text: string;
  readonly isBreak: boolean;
  readonly marks: readonly OpenMark[];
  readonly after: string;
}

/** Runs that only a claim's beginning parts are one again. */
function joined(runs: readonly ExportRun[], notes: NotesAfter): Piece[] {
  const pieces: Piece[] = [];
  for (const run of runs) {
    const last = pieces.at(-1);
    const piece = { text: run.text, isBreak: run.isBreak, marks: wanted(run), after: notes(run) };
    const isSame =
      last?.marks.map((mark) => mark.key).join('\n') === piece.marks.map((mark) => mark.key).join('\n');
    if (last !== undefined && isSame && last.after === '' && !last.isBreak && !run.isBreak) {
      pieces[pieces.length - 1] = { ...piece, text: last.text + piece.text };
    } else pieces.push(piece);
  }
  return pieces;
}

function wanted(run: ExportRun): OpenMark[] {
  const marks: OpenMark[] = [];
  for (const type of order) {
    const mark = run.marks.find((candidate) => candidate.type === type);
    if (mark === undefined) continue;
    const href = String(mark.attrs?.['href'] ?? '');
    if (type === 'link' && isSafeHref(href))
      marks.push({ type, key: `link ${href}`, end: `](${destination(href)})` });
    else if (type !== 'link') marks.push({ type, key: type, end: delimiters[type] ?? '' });
  }
  return marks;
}

/** A link's address between angle brackets, where only a few signs mean anything. */
export function destination(href: string): string {
  return `<${href.trim().replace(/[<>\\\s]/g, (sign) => encodeURIComponent(sign))}>`;
}

class LineWriter {
  private readonly isCell: boolean;
  /** What is written, in pieces: looking at the end of one long string would copy it each time. */
  private readonly out: string[] = [];
  private last = '';
  private open: OpenMark[] = [];
  /** White space that waits until it is known on which side of a delimiter it falls. */
  private space = '';
  /** The sign before a delimiter that was closed last, while nothing else has followed. */
  private closedBy: string | null = null;

  constructor(isCell: boolean) {
    this.isCell = isCell;
  }

  words(text: string, marks: readonly OpenMark[]): void {
    if (text.trim() === '') {
      this.space += text;
      return;
    }
    const body = text.trimStart();
    this.space += text.slice(0, text.length - body.length);
    const kept = body.trimEnd();
    let same = 0;
    while (same < this.open.length && this.open[same]?.key === marks[same]?.key) same += 1;
    this.closeTo(same);
    this.flushSpace();
    const escaped = marks.some((mark) => mark.type === 'code')
      ? this.codeSpan(kept)
      : escapeMarkdown(kept, this.isAtStart);
    const opening = marks.slice(same);
    const begins = opening.map((mark) => (mark.type === 'link' ? '[' : mark.end)).join('');
    if (begins !== '' && begins !== '[') this.separateFrom(kept);
    this.write(begins + (this.closedBy === null ? escaped : separated(this.closedBy, kept, escaped)));
    this.closedBy = null;
    this.open = [...this.open, ...opening];
    this.space = body.slice(kept.length);
  }

  raw(text: string): void {
    // A break ends what is open: delimiters do not reach over it safely.
    if (text.includes('\n') || text === ' ' || text === '<br>') {
      this.closeTo(0);
      this.space = '';
      this.closedBy = null;
    }
    this.write(text);
  }

  finish(): string {
    this.closeTo(0);
    return this.out.join('');
  }

  private write(text: string): void {
    if (text === '') return;
    this.out.push(text);
    this.last = text.at(-1) ?? '';
  }

  private get isAtStart(): boolean {
    return this.last === '' || this.last === '\n';
  }

  private closeTo(count: number): void {
    while (this.open.length > count) {
      const mark = this.open.pop();
      if (mark === undefined || mark.end === '') continue;
      if (mark.type !== 'link') this.closedBy = this.last === '' ? null : this.last;
      this.write(mark.end);
    }
  }

  private flushSpace(): void {
    if (this.space === '') return;
    this.write(this.isAtStart ? spaces(this.space) : this.space.replace(/[\n\r\t]/g, ' '));
    this.space = '';
    this.closedBy = null;
  }

  /** Words as code, but plain right after other code, which would run together with it. */
  private codeSpan(text: string): string {
    if (this.last === '`') return escapeMarkdown(text, false);
    const words = text.replace(/[\r\n]+/g, ' ');
    const fence = '`'.repeat(longestRun(words, '`') + 1);
    const pad = words.startsWith('`') || words.endsWith('`') ? ' ' : '';
    return `${fence}${pad}${this.isCell ? words.replaceAll('|', '\\|') : words}${pad}${fence}`;
  }

  /** Before a delimiter that opens in front of punctuation a letter would make it no opening one. */
  private separateFrom(next: string): void {
    if (!isWordSign(this.last) || isWordSign(next.charAt(0))) return;
    const piece = this.out.pop() ?? '';
    this.write(piece.slice(0, -1) + entity(this.last));
  }
}

/** The same for a closing delimiter: after punctuation, the letter that follows is written as an entity. */
function separated(before: string, words: string, escaped: string): string {
  const first = words.charAt(0);
  return isWordSign(first) && !isWordSign(before) && escaped.startsWith(first)
    ? entity(first) + escaped.slice(first.length)
    : escaped;
}

function isWordSign(sign: string): boolean {
  return /[\p{L}\p{N}]/u.test(sign);
}

function entity(sign: string): string {
  return `&#${sign.codePointAt(0)};`;
}

/** Leading white space would make code of a line. */
function spaces(space: string): string {
  return Array.from(space, () => '&#32;').join('');
}

/** Escapes all that Markdown or HTML could read; at a line's start also what begins a block there. */
export function escapeMarkdown(text: string, isAtStart = true): string {
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[\r\n\t]+/g, ' ');
  // Entities rather than backslashes for what HTML reads: programs that are loose about Markdown keep to these.
  const escaped = clean
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
  if (!isAtStart) return escaped;
  return escaped.replace(/^(\s*)([#+=-]|\d{1,9}(?=[.)]))/, (_, space: string, sign: string) =>
    /^\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`,
  );
}
