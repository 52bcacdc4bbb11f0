/**
 * Writes words into the document: with their marks, as kept, deleted or inserted, and not at all inside the code of a
 * field. A paragraph is begun only by its first words, so that empty ones leave no trace and one that somebody
 * proposes to insert is not in the text.
 */
import type { DocBuilder, MarkName } from '../doc-builder.ts';
import type { Change, Changes } from './changes.ts';
import { Fields } from './fields.ts';
import type { Losses } from './losses.ts';

export interface Marks {
  readonly names: readonly MarkName[];
  readonly href: string | null;
}

export const NO_MARKS: Marks = { names: [], href: null };

export class Pen {
  fields = new Fields();
  /** Blocks that wait for the end of the paragraph that they were met in. */
  private waiting: (() => void)[] = [];
  private beginParagraph: (() => void) | null = null;
  private hasWordsInLine = false;
  private keepsSpaces = false;
  /** How often something was written: tells whether a stretch left anything. */
  written = 0;

  constructor(
    readonly builder: DocBuilder,
    readonly changes: Changes,
    private readonly losses: Losses,
  ) {}

  /** `begin` is called before the first words; `end` says whether it was. In code, white space is words. */
  begin(begin: () => void, isCode = false): void {
    this.beginParagraph = begin;
    this.keepsSpaces = isCode;
    this.hasWordsInLine = false;
  }

  /** Ends the paragraph's line; true when it had been begun. */
  end(): boolean {
    const isBegun = this.beginParagraph === null;
    this.beginParagraph = null;
    this.builder.endLine();
    this.hasWordsInLine = false;
    return isBegun;
  }

  /** Whether the paragraph has anything in the text so far. */
  get isBegun(): boolean {
    return this.beginParagraph === null;
  }

  words(words: string, marks: Marks, change: Change | null): void {
    if (words === '' || this.fields.isInCode) return;
    if (change === null) {
      // White space at the start of a line is layout; but next to an insertion it parts two words.
      const isInLine = this.hasWordsInLine || this.keepsSpaces || this.changes.isOpen;
      const shown = isInLine ? words : words.replace(/^[ \t]+/, '');
      this.changes.kept(words);
      this.write(shown, marks);
    } else if (change.kind === 'insert') this.changes.inserted(change, words);
    else if (change.kind === 'delete') this.changes.deleted(change, words, () => this.write(words, marks));
    else this.losses.add('withdrawn', words);
  }

  lineBreak(change: Change | null): void {
    if (this.fields.isInCode) return;
    if (change?.kind === 'insert') return this.changes.inserted(change, '\n');
    if (change?.kind === 'withdrawn') return;
    if (change?.kind === 'delete') this.changes.deleted(change, '\n', () => this.builder.break());
    else {
      this.changes.kept('\n');
      this.builder.break();
    }
    this.hasWordsInLine = false;
  }

  /** A page or column break parts what is around it. */
  pageBreak(change: Change | null): void {
    if (change !== null && change.kind !== 'delete') return;
    this.changes.kept('\n');
    this.builder.endLine();
    this.hasWordsInLine = false;
  }

  /** A block met among words: at once when none stand before it, else after the paragraph. */
  block(change: Change | null, write: () => void): void {
    if (change !== null && change.kind !== 'delete') return this.losses.add('insertedThing');
    if (this.hasWordsInLine) {
      this.waiting.push(write);
      return;
    }
    this.openParagraph();
    this.changes.kept('');
    write();
    this.written += 1;
  }

  /** Something that always comes after the paragraph. */
  later(write: () => void): void {
    this.waiting.push(write);
  }

  /** Writes what waited. Call it where the paragraph has ended. */
  flush(): void {
    while (this.waiting.length > 0) {
      const waiting = this.waiting;
      this.waiting = [];
      for (const write of waiting) {
        write();
        this.written += 1;
      }
    }
  }

  point(name: string | null): void {
    if (name !== null) this.builder.point(name);
  }

  private openParagraph(): void {
    const begin = this.beginParagraph;
    this.beginParagraph = null;
    begin?.();
  }

  private write(words: string, { names, href }: Marks): void {
    if (words === '') return;
    this.openParagraph();
    if (href !== null) this.builder.pushMark('link', { href, title: null });
    for (const name of names) this.builder.pushMark(name);
    this.builder.text(words);
    for (let i = names.length + (href === null ? 0 : 1); i > 0; i--) this.builder.popMark();
    if (/\S/.test(words)) this.hasWordsInLine = true;
    this.written += 1;
  }
}
