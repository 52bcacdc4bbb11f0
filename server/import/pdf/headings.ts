/**
 * Headings by how they are set, against the text of the whole document: larger letters, or a short line of its own
 * in bold. Levels go by size, bold ones of the text's size below. Notes at the foot are known by small letters
 * and a mark at their start.
 */
import type { Block, TextBlock } from './block.ts';
import { mostOf, textOf, type Line } from './lines.ts';
import { isBold, tableLines } from './rows.ts';

/** Longer ones are paragraphs in large letters. */
const MAX_HEADING_LENGTH = 250;
const MAX_BOLD_LENGTH = 120;

interface Setting {
  readonly body: number;
  readonly isBodyBold: boolean;
  /** Sizes of headings, from the largest; index + first level is the level. */
  readonly sizes: readonly number[];
  readonly firstLevel: number;
}

/** Flows of all pages in; the same with headings and notes told apart. */
export function withHeadings(flows: readonly (readonly Block[])[]): Block[][] {
  const setting = settingOf(flows.flat());
  return flows.map((blocks) => withNotes(blocks, setting).map((block) => asHeading(block, setting)));
}

function settingOf(blocks: readonly Block[]): Setting {
  const sizes = new Map<number, number>();
  let [bold, all] = [0, 0];
  for (const line of blocks.flatMap(linesOf)) {
    const size = rounded(line.size);
    sizes.set(size, (sizes.get(size) ?? 0) + line.glyphs.length);
    all += line.glyphs.length;
    if (isBold(line)) bold += line.glyphs.length;
  }
  const body = mostOf(sizes) ?? 10;
  const large = new Map<number, number>();
  for (const block of blocks) {
    if (block.kind !== 'paragraph' && block.kind !== 'item') continue;
    const size = sizeOf(block);
    if (isLarge(block, body)) large.set(size, (large.get(size) ?? 0) + 1);
  }
  const order = [...large.keys()].sort((a, b) => b - a);
  const isTitle = order[0] !== undefined && large.get(order[0]) === 1;
  return { body, isBodyBold: bold * 2 > all, sizes: order, firstLevel: isTitle ? 1 : 2 };
}

export function linesOf(block: Block): readonly Line[] {
  return block.kind === 'table' ? tableLines(block) : block.lines;
}

function rounded(size: number): number {
  return Math.round(size * 2) / 2;
}

function sizeOf(block: TextBlock): number {
  return rounded(block.lines[0]?.size ?? 0);
}

function isLarge(block: TextBlock, body: number): boolean {
  const size = sizeOf(block);
  return size >= body * 1.12 && lengthOf(block) <= MAX_HEADING_LENGTH && hasWords(block);
}

function lengthOf(block: TextBlock): number {
  return block.lines.reduce((sum, line) => sum + textOf(line).length + 1, 0);
}

function hasWords(block: TextBlock): boolean {
  return block.lines.some((line) => /\p{L}/u.test(textOf(line)));
}

function asHeading(block: Block, setting: Setting): Block {
  if (block.kind !== 'paragraph' && block.kind !== 'item') return block;
  if (isLarge(block, setting.body) && block.kind === 'paragraph') {
    const level = setting.firstLevel + setting.sizes.indexOf(sizeOf(block));
    return { ...block, kind: 'heading', level: Math.min(Math.max(level, 1), 6) };
  }
  if (block.kind !== 'paragraph' || setting.isBodyBold || !isBoldHeading(block, setting)) return block;
  return { ...block, kind: 'heading', level: Math.min(setting.firstLevel + setting.sizes.length, 6) };
}

function isBoldHeading(block: TextBlock, { body }: Setting): boolean {
  if (block.lines.length > 2 || lengthOf(block) > MAX_BOLD_LENGTH || !hasWords(block)) return false;
  if (!block.lines.every(isBold) || sizeOf(block) < body * 0.95) return false;
  const text = block.lines.map(textOf).join(' ').trim();
  return !/[.,;:]$/.test(text) && !block.endsFlow;
}

/** From the first small block with a mark at its start on, what ends a flow is notes. */
function withNotes(blocks: readonly Block[], { body }: Setting): Block[] {
  const isSmall = (block: Block): boolean =>
    block.kind !== 'table' && sizeOf(block) <= body * 0.93 && block.kind !== 'footnote';
  const start = blocks.findLastIndex((block) => !isSmall(block)) + 1;
  const first = blocks.findIndex((block, i) => i >= start && block.kind !== 'table' && startsLikeNote(block));
  // A flow of nothing but small print is a text of its own.
  if (first <= 0) return [...blocks];
  return blocks.map((block, i) => {
    if (block.kind === 'table' || i < first) {
      const isLast = i === first - 1 && block.kind !== 'table';
      return isLast ? { ...block, endsFlow: true } : block;
    }
    return { ...block, kind: 'footnote', endsFlow: false };
  });
}

function startsLikeNote(block: TextBlock): boolean {
  if (block.kind === 'item' && block.number !== null) return true;
  return block.lines.slice(0, 1).some((line) => /^(\d{1,3}|[*†‡§¶]+)\s?\S/.test(textOf(line)));
}
