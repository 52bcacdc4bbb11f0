/**
 * Takes parts out of a page and keeps count. A heading right before a part that goes ("Related articles") goes too,
 * at the end, when nothing stands under it any more.
 */
import type { FurnitureKind } from './furniture.ts';
import { LeftOut } from './left-out.ts';

export class Cutter {
  readonly leftOut = new LeftOut();
  private readonly doubtful = new Set<Element>();

  /** `kind` null: something small without a name, whose words are told. */
  cut(element: Element, kind: FurnitureKind | null, links = 0): void {
    if (kind === null) this.leftOut.addOther(element.textContent ?? '');
    else this.leftOut.add(kind, kind === 'related' ? Math.max(links, 1) : 1);
    const before = headingBefore(element);
    if (before !== null) this.doubtful.add(before);
    element.remove();
  }

  /** Takes out the headings of what went. `kept` stays whatever is under it. */
  cutOrphans(root: Element, kept: Element | null): void {
    for (const heading of this.doubtful) {
      // What stands beside the page's own heading is its second line.
      const isSecondLine =
        kept !== null && heading.parentElement?.contains(kept) === true && heading.parentElement !== root;
      if (heading === kept || isSecondLine || !root.contains(heading) || hasWordsUnder(heading, root))
        continue;
      this.leftOut.addOther(heading.textContent ?? '');
      heading.remove();
    }
  }
}

function isHeading(element: Element): boolean {
  return /^h[2-6]$/.test(element.localName);
}

/** The heading that stands directly before an element, or before the parts that it begins. */
function headingBefore(element: Element): Element | null {
  for (let at: Element | null = element; at !== null && at.localName !== 'body'; at = at.parentElement) {
    const before: Element | null = at.previousElementSibling;
    if (before === null) continue;
    return isHeading(before) ? before : lastHeading(before);
  }
  return null;
}

/** Of a header or a div that has nothing but a heading. */
function lastHeading(element: Element): Element | null {
  const inner = element.querySelector('h2, h3, h4, h5, h6');
  return inner !== null && inner.textContent?.trim() === element.textContent?.trim() ? inner : null;
}

/** Whether words follow before the next heading of its rank, or before the end of what it stands in. */
function hasWordsUnder(heading: Element, root: Element): boolean {
  for (let at: Element = heading; at !== root;) {
    for (let next = at.nextSibling; next !== null; next = next.nextSibling) {
      if (next.nodeType === 1 && isHeading(next as Element) && rank(next as Element) <= rank(heading))
        return false; // node type 1 is an element
      if ((next.textContent ?? '').trim() !== '') return true;
    }
    const parent: Element | null = at.parentElement;
    if (parent === null || (parent.textContent ?? '').trim() !== (heading.textContent ?? '').trim())
      return false;
    at = parent;
  }
  return false;
}

function rank(heading: Element): number {
  return Number(heading.localName[1]);
}
