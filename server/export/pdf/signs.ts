/**
 * The product's signs as PDF drawing operations, 16 units high from the point where they are drawn downwards: the
 * same shapes as on the screen. A verdict is told by sign and word; colour comes third.
 */
import type { Sign } from '#core/export/html-look.ts';
import type { Stance } from '#core/domain/words.ts';
import { rgb } from './page/canvas.ts';
import type { Colour } from './look.ts';

export type AnySign = Sign | Stance | 'comment';

/** A circle of four curves, its control points at this part of the radius. */
const CURVE = 0.5523;
const ring = circle(8, 8, 6.5);
const tick = '5 -8.2 m 7.1 -10.3 l 11 -6 l S';
const cross = '5.8 -5.8 m 10.2 -10.2 l S 10.2 -5.8 m 5.8 -10.2 l S';
const bar = '5 -8 m 11 -8 l S';
const open = '[31 10] 0 d';

const shapes: Readonly<Record<AnySign, string>> = {
  true: `${ring} S ${tick}`,
  'mostly-true': `${open} ${ring} S [] 0 d ${tick}`,
  half: `${ring} S 8 -1.5 m ${halfCircle()} h f`,
  'mostly-false': `${open} ${ring} S [] 0 d ${cross}`,
  false: `${ring} S ${cross}`,
  other: `${ring} S 8 -4.8 m 8 -8.6 l S 8 -11.1 m 8 -11.2 l S`,
  open: '2.5 -13.5 11 11 re f',
  proposed: `[2.2 2.2] 0 d ${ring} S [] 0 d`,
  stale: `13.5 -8 m 13.5 -11.04 11.04 -13.5 8 -13.5 c 4.96 -13.5 2.5 -11.04 2.5 -8 c 2.5 -4.96 4.96 -2.5 8 -2.5 c 9.54 -2.5 10.9 -3.1 11.9 -4.1 c S 13.5 -1.8 m 13.5 -4.8 l 10.5 -4.8 l S`,
  dismissed: `${ring} S ${bar}`,
  comment: '2.5 -3 m 13.5 -3 l 13.5 -11 l 7 -11 l 4 -13.5 l 4 -11 l 2.5 -11 l h S',
  supports: `${ring} S ${bar} 8 -5 m 8 -11 l S`,
  refutes: `${ring} S ${bar}`,
  context: `${ring} S 8 -7.2 m 8 -11.1 l S 8 -4.9 m 8 -5 l S`,
};

/** For Canvas.at: the sign, `size` high. */
export function signOperations(sign: AnySign, size: number, colour: Colour): string {
  const scale = Math.round((size / 16) * 10_000) / 10_000;
  return `${scale} 0 0 ${scale} 0 0 cm ${rgb(colour)} RG ${rgb(colour)} rg 1.6 w 1 J 1 j ${shapes[sign]}`;
}

function circle(x: number, y: number, radius: number): string {
  const c = radius * CURVE;
  const at = (dx: number, dy: number): string => `${round(x + dx)} ${round(-y + dy)}`;
  return [
    `${at(radius, 0)} m`,
    `${at(radius, c)} ${at(c, radius)} ${at(0, radius)} c`,
    `${at(-c, radius)} ${at(-radius, c)} ${at(-radius, 0)} c`,
    `${at(-radius, -c)} ${at(-c, -radius)} ${at(0, -radius)} c`,
    `${at(c, -radius)} ${at(radius, -c)} ${at(radius, 0)} c h`,
  ].join(' ');
}

function halfCircle(): string {
  const c = round(6.5 * CURVE);
  return `${8 + c} -1.5 14.5 ${round(-8 + c)} 14.5 -8 c 14.5 ${round(-8 - c)} ${8 + c} -14.5 8 -14.5 c`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
