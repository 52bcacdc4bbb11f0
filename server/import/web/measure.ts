/**
 * How much of each part of a page is prose and how much is links: the figures by which an article is told from
 * what stands around it. One walk; a text belongs to the nearest block around it, and a block of text that is long
 * enough and not mostly links is prose. Pages without paragraphs (words between line breaks, in bare divs) count too.
 */

export interface Measured {
  /** Characters without white space, in the element and all in it. */
  readonly chars: number;
  readonly linkChars: number;
  readonly links: number;
  readonly proseChars: number;
  /** Fields and buttons' fields. */
  readonly inputs: number;
  readonly headings: number;
  /** Characters that stand right in this block, and in no block inside it. */
  readonly ownChars: number;
  /** The same when they are prose, else 0. */
  readonly ownProse: number;
}

export const NOTHING: Measured = {
  chars: 0,
  linkChars: 0,
  links: 0,
  proseChars: 0,
  inputs: 0,
  headings: 0,
  ownChars: 0,
  ownProse: 0,
};

type Sums = { -readonly [K in keyof Measured]: Measured[K] };

/** A block of this many characters is a sentence or more. East Asian scripts say as much in a third. */
const PROSE_LENGTH = 60;
const WIDE_WEIGHT = 2.5;
/** Of a block of prose at most this share is links. */
const PROSE_LINK_SHARE = 0.5;

const inlines = new Set(
  'a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr q rb ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

export function isInline(element: Element): boolean {
  return inlines.has(element.localName);
}

export function linkShare({ chars, linkChars }: Measured): number {
  return chars === 0 ? 0 : linkChars / chars;
}

export type Measures = ReadonlyMap<Element, Measured>;

export function measure(root: Element): Measures {
  const sums = new Map<Element, Sums>();
  /** What stands right in each block: its characters, and those in links. */
  const own = new Map<Element, { chars: number; linkChars: number }>();
  const order: Element[] = [];
  const waiting: { element: Element; block: Element; inLink: boolean }[] = [
    { element: root, block: root, inLink: false },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { element } = next;
    const block = isInline(element) ? next.block : element;
    const inLink = next.inLink || element.localName === 'a';
    order.push(element);
    const sum: Sums = { ...NOTHING };
    sums.set(element, sum);
    if (element.localName === 'a') sum.links = 1;
    if (element.localName === 'input') sum.inputs = 1;
    if (/^h[1-6]$/.test(element.localName)) sum.headings = 1;
    for (let child = element.firstChild; child !== null; child = child.nextSibling) {
      if (child.nodeType === 3) {
        const chars = weight(child.nodeValue ?? '');
        const line = own.get(block) ?? { chars: 0, linkChars: 0 };
        own.set(block, {
          chars: line.chars + chars,
          linkChars: line.linkChars + (inLink ? chars : 0),
        });
        sum.chars += chars;
        if (inLink) sum.linkChars += chars;
      } else if (child.nodeType === 1) {
        // What linkedom gives for node type 1 is an element.
        waiting.push({ element: child as Element, block, inLink });
      }
    }
  }
  for (const [block, { chars, linkChars }] of own) {
    const sum = sums.get(block);
    if (sum === undefined) continue;
    sum.ownChars = chars;
    if (chars >= PROSE_LENGTH && linkChars / chars < PROSE_LINK_SHARE) sum.ownProse = chars;
    sum.proseChars += sum.ownProse;
  }
  addUp(order, sums, root);
  return sums;
}

/** Children come after their parents in `order`, so backwards each is complete when it is added. */
function addUp(order: readonly Element[], sums: ReadonlyMap<Element, Sums>, root: Element): void {
  for (const element of order.toReversed()) {
    const sum = sums.get(element);
    const parent = element === root ? null : element.parentElement;
    const whole = parent === null ? undefined : sums.get(parent);
    if (sum === undefined || whole === undefined) continue;
    whole.chars += sum.chars;
    whole.linkChars += sum.linkChars;
    whole.links += sum.links;
    whole.proseChars += sum.proseChars;
    whole.inputs += sum.inputs;
    whole.headings += sum.headings;
  }
}

function weight(text: string): number {
  const wide = text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/g)?.length ?? 0;
  const blank = text.match(/\s/g)?.length ?? 0;
  return text.length - blank + wide * (WIDE_WEIGHT - 1);
}
