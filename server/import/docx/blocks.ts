/** Blocks in the order of the text: paragraphs, tables, and what only wraps them. */
import { chosenBranch } from './choice.ts';
import { Fields } from './fields.ts';
import { BlockFlow } from './numbering.ts';
import { ParagraphReader } from './paragraph.ts';
import { plainText } from './plain.ts';
import { readCommentMark, readCommentMarksInside, type Story } from './story.ts';
import { rowsOf, type Cell, type Row } from './table-rows.ts';
import { childOf, elementsOf, valueOf, type XmlElement } from './xml.ts';

export class BlockReader {
  private paragraphs: ParagraphReader;

  constructor(private readonly story: Story) {
    this.paragraphs = new ParagraphReader(story);
  }

  /** One block of the place that `flow` stands for. */
  read(element: XmlElement, flow: BlockFlow): void {
    if (readCommentMark(this.story, element)) return;
    switch (element.name) {
      case 'w:p':
        return this.paragraphs.read(element, flow);
      case 'w:tbl':
        return this.table(element, flow);
      case 'w:altChunk':
      case 'w:subDoc':
        return this.story.losses.add('otherFormat');
      case 'w:sectPr':
      case 'w:tcPr':
      case 'w:sdtPr':
        return;
      case 'w:r':
      case 'm:oMath':
      case 'm:oMathPara':
        // Runs belong into paragraphs; words outside of one are words all the same.
        return this.paragraphs.read({ name: 'w:p', attributes: {}, children: [element] }, flow);
      case 'mc:AlternateContent': {
        const branch = chosenBranch(element);
        return branch === null ? undefined : this.inside(branch, flow);
      }
      default:
        return this.inside(element, flow);
    }
  }

  /** A block that is ours, not the report's: its title tells what the report is called. */
  passOver(element: XmlElement): void {
    const { story } = this;
    const words = plainText(element, 'before').replace(/\s+/g, ' ');
    if (words === '') return;
    const style = story.styles.paragraph(valueOf(childOf(element, 'w:pPr'), 'w:pStyle'));
    if (element.name === 'w:p' && style.role === 'title') story.title ??= words;
    else story.losses.add('aroundText');
  }

  /** Ends what is still open at the end of a place. */
  end(flow: BlockFlow): void {
    this.paragraphs.finish();
    flow.move(null, false);
  }

  /** Blocks of a place of their own: a cell, a text box, a note. */
  place(parts: readonly XmlElement[]): void {
    const { pen } = this.story;
    const flow = new BlockFlow(pen.builder);
    const outside = { fields: pen.fields, paragraphs: this.paragraphs };
    pen.fields = new Fields();
    this.paragraphs = new ParagraphReader(this.story);
    for (const part of parts) if (!readCommentMark(this.story, part)) this.inside(part, flow);
    this.end(flow);
    pen.fields = outside.fields;
    this.paragraphs = outside.paragraphs;
  }

  private inside(parent: XmlElement, flow: BlockFlow): void {
    for (const child of elementsOf(parent)) this.read(child, flow);
  }

  private table(element: XmlElement, flow: BlockFlow): void {
    const { builder, changes } = this.story.pen;
    this.end(flow);
    changes.kept('\n');
    builder.open('table');
    for (const row of rowsOf(element)) {
      if ('cells' in row) this.row(row);
      else readCommentMark(this.story, row);
    }
    builder.close();
    changes.kept('\n');
  }

  private row(row: Row): void {
    const { losses, pen } = this.story;
    if (row.changes > 0) losses.add('tableChange', null, row.changes);
    if (row.isInserted) {
      losses.add('insertedRow', plainText(row.element, 'after').replaceAll('\n', ' | '));
      readCommentMarksInside(this.story, row.element);
      return;
    }
    pen.builder.open('table_row');
    for (const cell of row.cells) this.cell(cell);
    pen.builder.close();
  }

  private cell({ parts, isHeader, colspan, rowspan }: Cell): void {
    const { builder, changes } = this.story.pen;
    builder.open(isHeader ? 'table_header' : 'table_cell', { colspan, rowspan });
    this.place(parts);
    changes.kept('\n');
    builder.close();
  }
}
