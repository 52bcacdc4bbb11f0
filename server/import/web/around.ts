/**
 * What stands around the place of an article: the introduction between its heading and its first paragraph, which
 * belongs to it, and everything else, which is told as left out.
 */
import type { Cutter } from './cutter.ts';
import { linkShare, NOTHING } from './measure.ts';
import type { Place } from './place.ts';
import { isDateOrName } from './small-parts.ts';

/** An introduction is a sentence; what is shorter is a kicker or a date. */
const LEAST_INTRODUCTION = 40;
const LEAST_SUBTITLE = 12;
const MAX_INTRODUCTION = 5;

/** Markup of the sentences after the heading and before the place; empty when the heading is in the place. */
export function introduction(
  { element: root, measures }: Place,
  heading: Element | null,
  cutter: Cutter,
): string {
  if (heading === null || root.contains(heading)) return '';
  const kept: string[] = [];
  for (const part of partsBetween(heading, root)) {
    for (const block of [part, ...part.querySelectorAll('*')]) {
      const { ownChars, linkChars } = measures.get(block) ?? NOTHING;
      if (ownChars === 0) continue;
      const least = isSubtitle(block) ? LEAST_SUBTITLE : LEAST_INTRODUCTION;
      const isSentence = ownChars >= least && linkChars < ownChars / 2 && !isDateOrName(block);
      if (isSentence && kept.length < MAX_INTRODUCTION) kept.push(`<p>${block.innerHTML}</p>`);
      else cutter.leftOut.addOther(block.textContent ?? '');
    }
  }
  return kept.join('');
}

function isSubtitle(block: Element): boolean {
  return (
    /^h[2-4]$/.test(block.localName) ||
    /(^|[\s_-])(sub-?title|sub-?head(line)?|standfirst|dek|lead|lede|teaser|intro|summary)([\s_-]|$)/i.test(
      block.getAttribute('class') ?? '',
    )
  );
}

export function tellOutside(
  { element: root, measures }: Place,
  heading: Element | null,
  cutter: Cutter,
): void {
  const told = new Set(heading === null || root.contains(heading) ? [] : partsBetween(heading, root));
  for (let at: Element = root; at.parentElement !== null && at.localName !== 'body'; at = at.parentElement) {
    for (const part of at.parentElement.children) {
      const measured = measures.get(part) ?? NOTHING;
      if (part === at || part === heading || told.has(part) || measured.chars === 0) continue;
      if (heading !== null && part.contains(heading)) continue;
      if (measured.links > 0 && linkShare(measured) > 0.5) cutter.leftOut.add('related', measured.links);
      else cutter.leftOut.addOther(part.textContent ?? '');
    }
  }
}

/** Elements after the heading and before the place, the largest that hold neither. */
function partsBetween(heading: Element, root: Element): Element[] {
  const parts: Element[] = [];
  for (let at: Element | null = heading; at !== null && !at.contains(root); at = at.parentElement) {
    for (let next = at.nextElementSibling; next !== null; next = next.nextElementSibling) {
      if (next.contains(root)) return [...parts, ...before(next, root)];
      parts.push(next);
    }
  }
  return parts;
}

/** Inside `holder`, what stands before `root`. */
function before(holder: Element, root: Element): Element[] {
  const parts: Element[] = [];
  let at = holder;
  while (at !== root) {
    const next = [...at.children].find((child) => child.contains(root));
    if (next === undefined) return parts;
    for (const child of at.children) {
      if (child === next) break;
      parts.push(child);
    }
    at = next;
  }
  return parts;
}
