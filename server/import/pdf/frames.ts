/**
 * Sorts a page's letters by the direction they run in and turns each group upright. The direction most letters
 * have comes first: it is the page's text; others are labels in margins and the like.
 */
import type { Frame, Glyph } from './glyph.ts';
import type { DirectedGlyph } from './page-glyphs.ts';

/** Directions of one page; a text along a circle has a hundred, and is no text that can be put in order. */
const MAX_DIRECTIONS = 36;

export function framesOf(glyphs: readonly DirectedGlyph[], width: number, height: number): Frame[] {
  const groups = new Map<number, Glyph[]>();
  for (const { glyph, angle } of glyphs) {
    // Half a degree askew, as scans are, is straight.
    const near = [0, 90, 180, 270, 360].find((right) => Math.abs(right - angle) <= 2) ?? angle;
    const known = near % 360;
    const key = groups.has(known) || groups.size < MAX_DIRECTIONS ? known : 0;
    const group = groups.get(key) ?? [];
    if (group.length === 0) groups.set(key, group);
    group.push(glyph);
  }
  return [...groups]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([angle, group]) => frame(angle, group, width, height));
}

function frame(angle: number, glyphs: readonly Glyph[], width: number, height: number): Frame {
  const isSideways = angle === 90 || angle === 270;
  const size = { width: isSideways ? height : width, height: isSideways ? width : height };
  if (angle === 0) return { angle, glyphs, ...size };
  const turn = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const left = angle === 180 ? width : angle === 270 ? height : 0;
  const top = angle === 90 ? width : angle === 180 ? height : 0;
  const turned = glyphs.map((glyph) => ({
    ...glyph,
    x: glyph.x * cos + glyph.y * sin + left,
    y: glyph.y * cos - glyph.x * sin + top,
  }));
  return { angle, glyphs: turned, ...size };
}
