/**
 * Blocks to a document. First every block's letters are put in a row, so that notes and links find their letters by
 * place; then they are written, with points where notes begin and end and where pages begin.
 */
import type { DocNode } from '#core/text/doc-json.ts';
import { isSafeHref } from '#core/text/schema.ts';
import { DocBuilder, type MarkName } from '../doc-builder.ts';
import type { Block, TableBlock, TextBlock } from './block.ts';
import type { Glyph } from './glyph.ts';
import { wordsOf, type Vocabulary } from './words.ts';

/** The letters of a document, block by block; a table's cells follow each other. */
export interface Written {
  readonly blocks: readonly { readonly block: Block; readonly texts: readonly (readonly Glyph[])[] }[];
  /** All of them in one row. */
  readonly glyphs: readonly Glyph[];
}

export function lettersOf(blocks: readonly Block[], vocabulary: Vocabulary): Written {
  const written = blocks.map((block) => ({
    block,
    texts:
      block.kind === 'table'
        ? block.rows.flatMap((row) => row.map((cell) => wordsOf(cell.lines, vocabulary)))
        : [wordsOf(block.lines, vocabulary)],
  }));
  return { blocks: written, glyphs: written.flatMap(({ texts }) => texts.flat()) };
}

/** What happens at a letter: points before and after it, and where its words lead. */
export interface Places {
  readonly before: ReadonlyMap<number, readonly string[]>;
  readonly after: ReadonlyMap<number, readonly string[]>;
  readonly links: ReadonlyMap<number, string>;
}

export function writeDocument(written: Written, places: Places): { doc: DocNode; dropped: number } {
  const writer = new Writer(places);
  written.blocks.forEach(({ block, texts }) => writer.block(block, texts));
  return writer.finish();
}

class Writer {
  private readonly builder = new DocBuilder();
  /** Of the next letter. */
  private at = 0;
  /** The open lists, and where their markers stand. */
  private readonly lists: { readonly place: number; readonly isOrdered: boolean }[] = [];

  constructor(private readonly places: Places) {}

  block(block: Block, texts: readonly (readonly Glyph[])[]): void {
    if (block.kind === 'item') {
      this.item(block, texts[0] ?? []);
      return;
    }
    this.endLists();
    if (block.kind === 'table') this.table(block, texts);
    else if (block.kind === 'heading') {
      this.builder.openLine('heading', block.level);
      this.words(texts[0] ?? [], true);
      this.builder.close();
    } else if (block.kind === 'quote') {
      this.builder.open('blockquote');
      this.words(texts[0] ?? []);
      this.builder.close();
    } else this.words(texts[0] ?? []);
    this.builder.endLine();
  }

  finish(): { doc: DocNode; dropped: number } {
    this.endLists();
    return { doc: this.builder.finish(), dropped: this.builder.dropped };
  }

  /** Items further to the right go into a list in the last item; where numbers begin anew, so does a list. */
  private item(block: TextBlock, letters: readonly Glyph[]): void {
    const near = (block.lines[0]?.size ?? 10) * 0.6;
    while ((this.lists.at(-1)?.place ?? -Infinity) > block.level + near) this.endList();
    const isOrdered = block.number !== null;
    const isOther = this.lists.at(-1)?.isOrdered !== isOrdered || block.number === 1;
    if (isOther && (this.lists.at(-1)?.place ?? -Infinity) >= block.level - near) this.endList();
    if ((this.lists.at(-1)?.place ?? -Infinity) < block.level - near) {
      this.lists.push({ place: block.level, isOrdered });
      this.builder.open(
        isOrdered ? 'ordered_list' : 'bullet_list',
        isOrdered ? { order: block.number } : undefined,
      );
    } else this.builder.close();
    this.builder.open('list_item');
    this.words(letters);
  }

  private endList(): void {
    this.lists.pop();
    this.builder.close();
    this.builder.close();
  }

  private endLists(): void {
    while (this.lists.length > 0) this.endList();
  }

  private table(table: TableBlock, texts: readonly (readonly Glyph[])[]): void {
    let next = 0;
    this.builder.open('table');
    for (const row of table.rows) {
      this.builder.open('table_row');
      for (const { isHeader, colspan, rowspan } of row) {
        this.builder.open(isHeader ? 'table_header' : 'table_cell', { colspan, rowspan, colwidth: null });
        this.words(texts[next] ?? [], isHeader);
        next += 1;
        this.builder.close();
      }
      this.builder.close();
    }
    this.builder.close();
  }

  private words(letters: readonly Glyph[], isLoud = false): void {
    let run = '';
    let marks = '';
    const flush = (): void => {
      if (run !== '') this.run(run, marks);
      run = '';
    };
    for (const [i, glyph] of letters.entries()) {
      const [before, after] = [this.places.before.get(this.at), this.places.after.get(this.at)];
      const next = this.marksAt(glyph, letters[i + 1], isLoud);
      if (before !== undefined || next !== marks) flush();
      before?.forEach((name) => this.builder.point(name));
      marks = next;
      run += glyph.text;
      if (after !== undefined) {
        flush();
        after.forEach((name) => this.builder.point(name));
      }
      this.at += 1;
    }
    flush();
  }

  /** Headings are loud by themselves; a space is marked only between words that are. */
  private marksAt({ text, style }: Glyph, next: Glyph | undefined, isLoud: boolean): string {
    const isSpace = text === ' ';
    const isBold = style.isBold && !isLoud && (!isSpace || next?.style.isBold === true);
    const isItalic = style.isItalic && (!isSpace || next?.style.isItalic === true);
    return `${isBold ? 'b' : '-'}${isItalic ? 'i' : '-'}${this.places.links.get(this.at) ?? ''}`;
  }

  private run(text: string, marks: string): void {
    const names: MarkName[] = [];
    const href = marks.slice(2);
    if (href !== '' && isSafeHref(href)) {
      this.builder.pushMark('link', { href, title: null });
      names.push('link');
    }
    if (marks.startsWith('b')) names.push('strong');
    if (marks.charAt(1) === 'i') names.push('em');
    names.filter((name) => name !== 'link').forEach((name) => this.builder.pushMark(name));
    this.builder.flowingText(text);
    names.forEach(() => this.builder.popMark());
  }
}
