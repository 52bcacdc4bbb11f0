/**
 * The report's text as Word's paragraphs and tables. Blocks nest in ours and lie flat in Word: what surrounds a
 * paragraph (lists, quotations, a cell) is carried down to it and becomes its style, its number and its indent. The
 * first paragraph of a list item has its bullet or number, the others stand below it.
 */
import type { ExportBlock, ExportRun } from '#core/export/runs.ts';
import { linked } from './links.ts';
import { gridOf, type Slot } from './grid.ts';
import { lookUnder, type RemarkMarks } from './marks.ts';
import { HANGING, LAST_LEVEL, LEVEL_INDENT, type Numbering } from './numbering.ts';
import { runsRightToLeft } from './script.ts';
import { CODE_FONT } from './styles.ts';
import { equalWidths, tableXml } from './table.ts';
import { settingOf, wordRuns, type Look, type Setting } from './words.ts';
import type { Relations } from '../office/package.ts';

export interface Tools {
  readonly relations: Relations;
  readonly numbering: Numbering;
  readonly marks: RemarkMarks;
  /** A run with the figure's image or with its words, no wider than the column. */
  readonly figure: (attrs: Readonly<Record<string, unknown>>, column: number) => string;
}

export interface Around {
  /** Lists around the block. */
  readonly lists: number;
  readonly quotes: number;
  readonly cell: 'none' | 'plain' | 'header';
  /** Twentieths of a point. */
  readonly column: number;
  /** What the next paragraph is the first of. */
  readonly item: { readonly list: number; readonly level: number; readonly style: string } | null;
  /** Directly under a table or a list, which keep no distance of their own. */
  readonly isUnder: boolean;
}

const QUOTE_INDENT = 480;
/** As between two paragraphs. */
const DISTANCE_UNDER = 140;
/** Deeper structure stays within the page. */
const MAX_INDENT = 5_600;
/** A column that is narrower breaks every word. */
const MIN_COLUMN = 600;
const HEADER_FILL = 'F6F4EF';

export function blocksXml(blocks: readonly ExportBlock[], around: Around, tools: Tools): string {
  let previous: ExportBlock | null = null;
  let written = '';
  for (const block of blocks) {
    // Word joins tables that touch.
    if (block.type === 'table' && previous?.type === 'table') written += '<w:p/>';
    const here = previous === null ? around : { ...around, item: null, isUnder: keepsNoDistance(previous) };
    written += blockXml(block, here, tools);
    previous = block;
  }
  return written;
}

function keepsNoDistance(block: ExportBlock): boolean {
  return ['table', 'bullet_list', 'ordered_list'].includes(block.type);
}

function blockXml(block: ExportBlock, around: Around, tools: Tools): string {
  switch (block.type) {
    case 'heading':
      return paragraph(`Heading${headingLevel(block)}`, around, inlineXml(block, tools));
    case 'code_block':
      return paragraph('Code', around, inlineXml(block, tools));
    case 'horizontal_rule':
      return paragraph('HorizontalRule', around, { xml: '', isRight: false });
    case 'figure':
      return paragraph(null, around, { xml: tools.figure(block.attrs, around.column), isRight: false });
    case 'blockquote':
      return blocksXml(block.children, { ...around, quotes: around.quotes + 1 }, tools);
    case 'bullet_list':
    case 'ordered_list':
      return listXml(block, around, tools);
    case 'table':
      return `${lonelyItem(around)}${tableOf(block, around, tools)}`;
    case 'paragraph':
      return paragraph(null, around, inlineXml(block, tools));
    default:
      return block.runs.length > 0
        ? paragraph(null, around, inlineXml(block, tools))
        : blocksXml(block.children, around, tools);
  }
}

function headingLevel(block: ExportBlock): number {
  const level = Math.trunc(Number(block.attrs['level']));
  return level >= 1 && level <= 6 ? level : 2;
}

function listXml(list: ExportBlock, around: Around, tools: Tools): string {
  const level = Math.min(around.lists, LAST_LEVEL);
  const isNumbered = list.type === 'ordered_list';
  const start = Math.trunc(Number(list.attrs['order'] ?? 1));
  const id = isNumbered
    ? tools.numbering.numberedList(level, Number.isSafeInteger(start) ? start : 1)
    : tools.numbering.bulletList;
  const item = { list: id, level, style: isNumbered ? 'ListNumber' : 'ListBullet' };
  const inside = { ...around, lists: around.lists + 1, item };
  const items = list.children.map((child) =>
    child.children.length === 0
      ? paragraph(null, inside, { xml: '', isRight: false })
      : blocksXml(child.children, inside, tools),
  );
  return lonelyItem(around) + items.join('');
}

/** A bullet with nothing beside it, where an item begins with what cannot have one. */
function lonelyItem(around: Around): string {
  return around.item === null ? '' : paragraph(null, around, { xml: '', isRight: false });
}

interface Inline {
  readonly xml: string;
  readonly isRight: boolean;
}

function paragraph(style: string | null, around: Around, { xml, isRight }: Inline): string {
  const { item, lists, quotes, isUnder } = around;
  const number =
    item === null ? '' : `<w:numPr><w:ilvl w:val="${item.level}"/><w:numId w:val="${item.list}"/></w:numPr>`;
  const named = style ?? styleIn(around);
  const left = Math.min(LEVEL_INDENT * lists + QUOTE_INDENT * quotes, MAX_INDENT);
  // A quotation alone has its indent from its style, an item alone from its list.
  const isIndented = lists > 0 ? item === null || quotes > 0 || lists > LAST_LEVEL + 1 : left > 0;
  const indent = isIndented
    ? `<w:ind w:left="${left}"${item === null ? '' : ` w:hanging="${HANGING}"`}/>`
    : '';
  const distance =
    isUnder && ['', 'Quote'].includes(named) ? `<w:spacing w:before="${DISTANCE_UNDER}"/>` : '';
  const properties = `${named === '' ? '' : `<w:pStyle w:val="${named}"/>`}${number}${isRight ? '<w:bidi/>' : ''}${distance}${indent}`;
  return `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${xml}</w:p>`;
}

function styleIn({ item, lists, quotes, cell }: Around): string {
  if (quotes > 0) return 'Quote';
  if (item !== null) return item.style;
  if (lists > 0) return 'ListContinue';
  if (cell === 'none') return '';
  return cell === 'header' ? 'TableHeader' : 'TableText';
}

function tableOf(table: ExportBlock, around: Around, tools: Tools): string {
  const { columns, rows } = gridOf(table);
  if (rows.length === 0) return '';
  const widths = equalWidths(columns, around.column);
  let areHeaders = true;
  const written = rows.map((slots) => {
    areHeaders &&= slots.every((slot) => slot.isHeader);
    return { isHeader: areHeaders, cells: slots.map((slot) => cellOf(slot, widths[0] ?? 0, tools)) };
  });
  return tableXml(widths, written);
}

function cellOf(slot: Slot, columnWidth: number, tools: Tools) {
  const { span, merge, isHeader, blocks } = slot;
  const around: Around = {
    lists: 0,
    quotes: 0,
    cell: isHeader ? 'header' : 'plain',
    column: Math.max(columnWidth * span - 216, MIN_COLUMN),
    item: null,
    isUnder: false,
  };
  const content = blocksXml(blocks, around, tools);
  // Word wants a paragraph at the end of every cell.
  const xml = content.endsWith('</w:p>') ? content : `${content}<w:p/>`;
  return { xml, span, merge, fill: isHeader ? HEADER_FILL : undefined };
}

function inlineXml(block: ExportBlock, tools: Tools): Inline {
  const text = block.runs.map((run) => run.text).join('');
  const isRight = block.type !== 'code_block' && runsRightToLeft(text);
  const setting = block.type === 'code_block' ? { isRight, language: '' } : settingOf(text, isRight);
  return { xml: block.runs.map((run) => runXml(run, setting, tools)).join(''), isRight };
}

function runXml(run: ExportRun, setting: Setting, { relations, marks }: Tools): string {
  const href = run.marks.find((mark) => mark.type === 'link')?.attrs?.['href'];
  const has = (type: string): boolean => run.marks.some((mark) => mark.type === type);
  const isLink = typeof href === 'string';
  const look: Look = {
    style: isLink ? 'Hyperlink' : has('code') ? 'CodeCharacters' : undefined,
    font: isLink && has('code') ? CODE_FONT : undefined,
    isBold: has('strong'),
    isItalic: has('em'),
    isStruck: has('strike'),
    isUnderlined: has('underline'),
    ...lookUnder(run.claims),
  };
  const runs = wordRuns(run.text, look, setting);
  return marks.before(run) + (isLink ? linked(runs, href, relations) : runs) + marks.after(run);
}
