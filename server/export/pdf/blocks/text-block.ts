/** A paragraph, a heading or any other text as items of the flow, one for each line. */
import type { Belonging } from '../page/belonging.ts';
import type { FlowItem } from '../page/flow.ts';
import type { Pages } from '../page/pages.ts';
import type { Colour } from '../look.ts';
import type { Press } from '../press.ts';
import { baseDirection, type Direction } from '../text/direction.ts';
import { setLines } from '../text/lines.ts';
import type { Styled } from '../text/styled.ts';

/** A rule beside a quotation, an answer or a warning: from its first line to its last. */
export interface Bar {
  readonly x: number;
  readonly width: number;
  readonly colour: Colour;
  /** Set when its first line is drawn: from then on it goes through the gaps. */
  isBegun: boolean;
}

/** Where blocks are set. */
export interface Place {
  readonly left: number;
  readonly right: number;
  readonly bars: readonly Bar[];
}

export interface TextBlock {
  readonly parts: readonly Styled<Belonging>[];
  readonly place: Place;
  /** From baseline to baseline. */
  readonly line: number;
  readonly gap: number;
  /** Stays with what is before it. */
  readonly isGlued: boolean;
  /** No page ends inside it. */
  readonly isWhole?: boolean;
  readonly base?: Direction;
  /** Behind it, as wide as its place. */
  readonly panel?: Colour;
  /** Is told where the first line is. */
  onFirstLine?(top: number): void;
}

/** Baselines stand a third of the letters' size below the middle of their line. */
const BELOW_MIDDLE = 0.335;

export function baselineIn(top: number, line: number, size: number): number {
  return top + line / 2 + size * BELOW_MIDDLE;
}

export function textItems(press: Press, pages: Pages, block: TextBlock): FlowItem[] {
  const { parts, place, line, panel } = block;
  const base = block.base ?? baseDirection(parts.map((part) => part.text).join(''));
  const setting = { words: press.words, width: place.right - place.left, base };
  const lines = setLines(parts, setting);
  const size = parts.reduce((most, part) => Math.max(most, part.look.size), 0);
  const last = lines.length - 1;
  return lines.map((each, i) => ({
    height: line,
    gap: i === 0 ? block.gap : 0,
    // Two lines at least stay together, at the start and at the end.
    isGlued: i === 0 ? block.isGlued : block.isWhole === true || i === 1 || i === last,
    draw: (top, gap) => {
      drawBars(pages, place.bars, { top, gap, height: line });
      if (panel !== undefined)
        drawPanel(pages, place, { top, height: line, isFirst: i === 0, isLast: i === last }, panel);
      if (i === 0) block.onFirstLine?.(top);
      pages.line(each, { left: place.left, right: place.right, baseline: baselineIn(top, line, size) });
    },
  }));
}

interface Extent {
  readonly top: number;
  readonly height: number;
}

export function drawBars(
  pages: Pages,
  bars: readonly Bar[],
  { top, height, gap }: Extent & { readonly gap: number },
): void {
  for (const bar of bars) {
    const from = bar.isBegun ? top - gap : top;
    bar.isBegun = true;
    pages.canvas.artifact(() =>
      pages.canvas.rectangle(bar.x, from, bar.width, top + height - from, bar.colour),
    );
  }
}

const PANEL_PADDING = 8;

function drawPanel(
  pages: Pages,
  place: Place,
  { top, height, isFirst, isLast }: Extent & { readonly isFirst: boolean; readonly isLast: boolean },
  colour: Colour,
): void {
  const above = isFirst ? PANEL_PADDING * 0.7 : 0.2;
  const below = isLast ? PANEL_PADDING * 0.7 : 0.2;
  const width = place.right - place.left + 2 * PANEL_PADDING;
  pages.canvas.artifact(() =>
    pages.canvas.rectangle(place.left - PANEL_PADDING, top - above, width, height + above + below, colour),
  );
}
