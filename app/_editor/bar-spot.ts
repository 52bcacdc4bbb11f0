/** Where the bar of a selection goes: under its last line, else above its first, always inside the viewport. */
import type { SelectionBox } from './marks.ts';

export interface BarSpot {
  readonly left: number;
  readonly top: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const EDGE = 8;
const GAP = 8;
/** The handles of a touch selection hang about 24 px under its last line, at both ends. */
const TOUCH_GAP = 34;
const TOUCH_MENU = 60;

export function placeBar({ first, last }: SelectionBox, bar: Size, view: Size, isTouch: boolean): BarSpot {
  const gap = isTouch ? TOUCH_GAP : GAP;
  const centre = (last.left + last.right) / 2;
  const left = clamp(centre - bar.width / 2, EDGE, view.width - bar.width - EDGE);
  const below = last.bottom + gap;
  const lowest = view.height - bar.height - EDGE;
  if (below <= lowest) return { left, top: Math.max(EDGE, below) };
  // On touch screens the browser's own menu stands right above the selection.
  const above = first.top - (isTouch ? TOUCH_MENU : GAP) - bar.height;
  if (above >= EDGE) return { left, top: Math.min(above, lowest) };
  return { left, top: first.top > view.height / 2 ? EDGE : lowest };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
