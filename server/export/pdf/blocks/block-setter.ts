/**
 * Blocks as they nest (core/export/runs.ts) as items of the flow: paragraphs, headings, lists with their numbers,
 * quotations with a rule beside them, code on a panel, tables, figures. Each also gets its element of the
 * structure, in the order of the text.
 */
import type { ExportBlock } from '#core/export/runs.ts';
import { StructureElement, type StructureType } from '../file/structure.ts';
import { cleanText } from '../file/values.ts';
import { faintInk, hairline, panel, softInk, strongLine, variant } from '../look.ts';
import { plainly, type Belonging } from '../page/belonging.ts';
import type { FlowItem } from '../page/flow.ts';
import type { Pages } from '../page/pages.ts';
import type { Press } from '../press.ts';
import { baseDirection } from '../text/direction.ts';
import { setLines } from '../text/lines.ts';
import type { Styled, TextLook } from '../text/styled.ts';
import { figureItems, type FigureImages } from './figure.ts';
import { styledRuns, type ThreadSpans } from './runs-styled.ts';
import { tableItems } from './table.ts';
import { baselineIn, drawBars, textItems, type Place } from './text-block.ts';
import { cellTheme, type Theme } from './theme.ts';

export interface Setting {
  readonly theme: Theme;
  readonly place: Place;
  readonly parent: StructureElement;
  /** Instead of the theme's, for what is not a heading or code. */
  readonly look?: TextLook;
}

/** No page is narrow enough for more; deeper lists are set at the last depth. */
const LEAST_WIDTH = 90;
const QUOTE_INDENT = 14;

export class BlockSetter {
  readonly #press: Press;
  readonly #pages: Pages;
  readonly #images: FigureImages;
  readonly #threads: ThreadSpans | null;
  #headings = 0;
  /** The last block was a heading: the next stays with it. */
  #isGlued = false;

  constructor(press: Press, pages: Pages, images: FigureImages, threads: ThreadSpans | null) {
    this.#press = press;
    this.#pages = pages;
    this.#images = images;
    this.#threads = threads;
  }

  items(blocks: readonly ExportBlock[], setting: Setting): FlowItem[] {
    const items: FlowItem[] = [];
    for (const block of blocks) for (const item of this.item(block, setting)) items.push(item);
    return items;
  }

  item(block: ExportBlock, setting: Setting): FlowItem[] {
    const isGlued = this.#isGlued;
    this.#isGlued = false;
    switch (block.type) {
      case 'heading':
        return this.#heading(block, setting, isGlued);
      case 'code_block':
        return this.#code(block, setting, isGlued);
      case 'blockquote':
        return this.#quote(block, setting, isGlued);
      case 'bullet_list':
      case 'ordered_list':
        return this.#list(block, setting, isGlued);
      case 'horizontal_rule':
        return [this.#rule(setting)];
      case 'figure':
        return figureItems(this.#press, this.#pages, this.#images, { block, setting, isGlued });
      case 'table':
        return tableItems(this.#press, this.#pages, {
          table: block,
          setting,
          isGlued,
          cell: (blocks, parent, place, look) =>
            this.items(blocks, { theme: cellTheme(setting.theme), place, parent, look }),
        });
      default:
        if (block.children.length > 0) {
          this.#isGlued = isGlued;
          return this.items(block.children, setting);
        }
        return this.#paragraph(block, setting, isGlued);
    }
  }

  #paragraph(block: ExportBlock, setting: Setting, isGlued: boolean): FlowItem[] {
    const { theme, place, parent } = setting;
    const element = new StructureElement('P', parent);
    const parts = this.#parts(block, setting, element, setting.look ?? theme.look);
    if (parts.length === 0) return [];
    return textItems(this.#press, this.#pages, { parts, place, line: theme.line, gap: theme.gap, isGlued });
  }

  #heading(block: ExportBlock, setting: Setting, isGlued: boolean): FlowItem[] {
    const { theme, place, parent } = setting;
    const wanted = (Math.trunc(Number(block.attrs['level'])) || 2) + theme.headingShift;
    const level = Math.min(Math.max(wanted, 2), 6);
    const heading = theme.headings[Math.min(level, theme.headings.length) - 1] ?? theme.headings.at(-1);
    if (heading === undefined) return [];
    const element = new StructureElement(headingType(level), parent);
    const parts = this.#parts(block, setting, element, heading.look);
    if (parts.length === 0) return [];
    this.#headings += 1;
    const name = `heading-${this.#headings}`;
    const title = parts
      .map((part) => part.text)
      .join('')
      .replaceAll('\n', ' ')
      .trim();
    if (this.#threads !== null) this.#press.destinations.bookmark({ title, level, name });
    this.#isGlued = true;
    return textItems(this.#press, this.#pages, {
      parts,
      place,
      line: heading.line,
      gap: heading.gap,
      isGlued,
      isWhole: true,
      onFirstLine: (top) => this.#pages.place(name, top - 12),
    });
  }

  #code(block: ExportBlock, setting: Setting, isGlued: boolean): FlowItem[] {
    const { theme, place, parent } = setting;
    const element = new StructureElement('Code', new StructureElement('P', parent));
    const parts = this.#parts(block, setting, element, theme.code);
    const narrow = { ...place, left: place.left + 8, right: place.right - 8 };
    const items = textItems(this.#press, this.#pages, {
      parts: parts.length === 0 ? [{ text: ' ', look: theme.code, about: plainly(element) }] : parts,
      place: narrow,
      line: theme.codeLine,
      gap: theme.gap + 8,
      isGlued,
      panel,
    });
    return [...items, space(8)];
  }

  #quote(block: ExportBlock, setting: Setting, isGlued: boolean): FlowItem[] {
    const { place, theme } = setting;
    const isRight = baseDirection(wordsIn(block)) === 'rtl';
    const indent = place.right - place.left > LEAST_WIDTH + QUOTE_INDENT ? QUOTE_INDENT : 0;
    const x = isRight ? place.right - 1.6 : place.left;
    const bar = { x, width: 1.6, colour: strongLine, isBegun: false };
    const inner: Place = {
      left: place.left + (isRight ? 0 : indent),
      right: place.right - (isRight ? indent : 0),
      bars: [...place.bars, bar],
    };
    const parent = new StructureElement('BlockQuote', setting.parent);
    const look = variant(setting.look ?? theme.look, { colour: softInk });
    this.#isGlued = isGlued;
    return this.items(block.children, { ...setting, place: inner, parent, look });
  }

  #list(block: ExportBlock, setting: Setting, isGlued: boolean): FlowItem[] {
    const isNumbered = block.type === 'ordered_list';
    const parent = new StructureElement('L', setting.parent, { isNumbered });
    const start = Math.trunc(Number(block.attrs['order'] ?? 1));
    const first = Number.isSafeInteger(start) ? start : 1;
    const last = first + block.children.length - 1;
    const digits = Math.max(String(first).length, String(last).length);
    const indent = isNumbered ? Math.max(setting.theme.indent, 7 + 5.6 * digits) : setting.theme.indent;
    this.#isGlued = isGlued;
    return block.children.flatMap((child, i) => {
      const label = isNumbered ? `${first + i}.` : '•';
      const items = this.#listItem(child, { ...setting, parent }, { label, indent });
      return items.map((item, at) =>
        i > 0 && at === 0 ? { ...item, gap: Math.min(item.gap, setting.theme.gap * 0.5) } : item,
      );
    });
  }

  #listItem(
    block: ExportBlock,
    setting: Setting,
    { label, indent }: { readonly label: string; readonly indent: number },
  ): FlowItem[] {
    const { place, theme } = setting;
    const isRight = baseDirection(wordsIn(block)) === 'rtl';
    const room = place.right - place.left > LEAST_WIDTH + indent ? indent : 0;
    const item = new StructureElement('LI', setting.parent);
    const labelElement = new StructureElement('Lbl', item);
    const inner: Place = {
      ...place,
      left: place.left + (isRight ? 0 : room),
      right: place.right - (isRight ? room : 0),
    };
    const items = this.items(block.children, {
      ...setting,
      place: inner,
      parent: new StructureElement('LBody', item),
    });
    const [first = space(theme.line), ...rest] = items;
    const look = variant(theme.look, { colour: label === '•' ? faintInk : softInk });
    const part: Styled<Belonging> = { text: label, look, about: plainly(labelElement) };
    const { words } = this.#press;
    const [line] = setLines([part], { words, width: 200, base: 'ltr' });
    const draw = (top: number, gap: number): void => {
      const width = line?.width ?? 0;
      const left = isRight
        ? place.right - width
        : room === 0
          ? place.left - width - 4
          : place.left + room - width - 6;
      const baseline = baselineIn(top, theme.line, theme.look.size);
      if (line !== undefined) this.#pages.line(line, { left, right: left + width, baseline });
      first.draw(top, gap);
    };
    return [{ ...first, draw }, ...rest];
  }

  #rule({ place, theme }: Setting): FlowItem {
    const middle = (place.left + place.right) / 2;
    return {
      height: 1,
      gap: theme.line,
      isGlued: false,
      draw: (top, gap) => {
        drawBars(this.#pages, place.bars, { top, gap, height: 1 });
        const { canvas } = this.#pages;
        canvas.artifact(() => canvas.rectangle(middle - 32, top, 64, 0.8, hairline));
      },
    };
  }

  #parts(
    block: ExportBlock,
    { theme }: Setting,
    element: StructureElement,
    look: TextLook,
  ): Styled<Belonging>[] {
    return styledRuns(block.runs, { theme, look, element, threads: this.#threads });
  }
}

function headingType(level: number): StructureType {
  return (['H1', 'H2', 'H3', 'H4', 'H5', 'H6'] as const)[level - 1] ?? 'H6';
}

/** Free space that is nothing at a page's end. */
export function space(height: number): FlowItem {
  return { height: 0, gap: height, isGlued: true, draw: () => undefined };
}

/** The first words of a block, to tell its direction. */
export function wordsIn(block: ExportBlock): string {
  const waiting = [block];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const words = cleanText(next.runs.map((run) => run.text).join('')).trim();
    if (words !== '') return words;
    waiting.unshift(...next.children);
  }
  return '';
}

/** By how much the text's headings move so that its highest is of the second level, under the title. */
export function headingShift(blocks: readonly ExportBlock[]): number {
  let highest = 6;
  const waiting = [...blocks];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type === 'heading') highest = Math.min(highest, Math.trunc(Number(next.attrs['level'])) || 2);
    waiting.push(...next.children);
  }
  return 2 - highest;
}
