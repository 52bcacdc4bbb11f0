/**
 * The margin column: beside the line where a claim begins stands its number with how it was rated, and leads to its
 * note. Numbers of one line stand under each other and push down what follows; where there are more than the
 * page is long, all are set as numbers only, as many to a line as fit.
 */
import { signOf } from '#core/export/html-look.ts';
import type { ExportClaim } from '#core/export/projection.ts';
import type { ExportThread } from '#core/export/thread.ts';
import { headline } from '#core/export/wording.ts';
import type { Annotations } from '../annotations.ts';
import { StructureElement } from '../file/structure.ts';
import { cleanText } from '../file/values.ts';
import {
  barColours,
  column,
  frame,
  marginLine,
  marginLook,
  marginNumberLook,
  toneColours,
  variant,
  type Colour,
} from '../look.ts';
import { placeNames, type Press } from '../press.ts';
import { signOperations, type AnySign } from '../signs.ts';
import { setLines } from '../text/lines.ts';
import type { Styled } from '../text/styled.ts';
import { plainly, type Belonging } from './belonging.ts';
import type { Canvas } from './canvas.ts';

interface Entry {
  /** Among those of one line: claims first, by number. */
  readonly order: number;
  readonly baseline: number;
  readonly element: StructureElement;
  readonly sign: AnySign;
  readonly colour: Colour;
  readonly number: string;
  readonly words: string;
  readonly name: string;
}

const SIGN = 6.4;
const GAP = 3.2;
/** Longer words than fit are cut; no need to set more than could. */
const MAX_WORDS = 60;
const COMPACT_WIDTH = 27;

export class Margin {
  readonly #press: Press;
  readonly #annotations: Annotations;
  #entries: Entry[] = [];

  constructor(press: Press, annotations: Annotations) {
    this.#press = press;
    this.#annotations = annotations;
  }

  addClaim(claim: ExportClaim, element: StructureElement, baseline: number): void {
    const sign = signOf(claim);
    const words = cleanText(headline(claim)).replaceAll('\n', ' ').slice(0, MAX_WORDS);
    const name = placeNames.claimNote(claim);
    this.#entries.push({
      order: claim.number,
      baseline,
      element,
      sign,
      colour: toneColours[sign],
      number: String(claim.number),
      words,
      name,
    });
  }

  addThread(thread: ExportThread, element: StructureElement, baseline: number): void {
    const number = this.#press.threadNumbers.get(thread) ?? 0;
    const words = thread.state === 'resolved' ? 'Comment, resolved' : 'Comment';
    const name = placeNames.threadNote(number);
    const [sign, colour] = ['comment', toneColours.comment] as const;
    this.#entries.push({
      order: 1e6 + number,
      baseline,
      element,
      sign,
      colour,
      number: String(number),
      words,
      name,
    });
  }

  draw(canvas: Canvas): void {
    // A line from right to left is drawn from its end: numbers stand in the order of the text.
    const entries = this.#entries.sort(
      (one, other) => one.baseline - other.baseline || one.order - other.order,
    );
    this.#entries = [];
    const room = frame.bottom - frame.top;
    const perLine = Math.floor((column.right - column.left) / COMPACT_WIDTH);
    if (entries.length * marginLine <= room)
      this.#drawRows(
        canvas,
        entries.map((entry) => [entry]),
        false,
      );
    else this.#drawRows(canvas, inRows(entries, perLine), true);
  }

  #drawRows(canvas: Canvas, rows: readonly (readonly Entry[])[], isCompact: boolean): void {
    const line = Math.min(marginLine, (frame.bottom - frame.top) / Math.max(rows.length, 1));
    const baselines = spread(
      rows.map((row) => row[0]?.baseline ?? 0),
      line,
    );
    rows.forEach((row, i) => {
      row.forEach((entry, at) => {
        const x = column.left + (isCompact ? at * COMPACT_WIDTH : 0);
        this.#drawEntry(canvas, entry, { x, baseline: baselines[i] ?? entry.baseline, isCompact });
      });
    });
  }

  #drawEntry(
    canvas: Canvas,
    entry: Entry,
    {
      x,
      baseline,
      isCompact,
    }: { readonly x: number; readonly baseline: number; readonly isCompact: boolean },
  ): void {
    const link = new StructureElement('Link', new StructureElement('Reference', entry.element));
    const about = plainly(link);
    const parts: Styled<Belonging>[] = [
      { text: entry.number, look: variant(marginNumberLook, { colour: entry.colour }), about },
    ];
    if (!isCompact) parts.push({ text: `  ${entry.words}`, look: marginLook, about });
    const left = x + SIGN + GAP;
    const width = (isCompact ? x + COMPACT_WIDTH : column.right) - left;
    const { words } = this.#press;
    const [first, more] = setLines(parts, { words, width: Math.max(width, SIGN), base: 'ltr' });
    const signColour = entry.sign === 'open' ? barColours.open : entry.colour;
    canvas.artifact(() => canvas.at(x, baseline - SIGN * 0.86, signOperations(entry.sign, SIGN, signColour)));
    if (more !== undefined) this.#ellipsis(canvas, left + (first?.width ?? 0), baseline);
    // Not among the words of its paragraph: readers hear the link's own description.
    canvas.artifact(() => canvas.runs(first?.runs ?? [], left, baseline));
    const box = { left: x, right: left + (first?.width ?? 0), top: baseline - 7, bottom: baseline + 2.4 };
    const kind = entry.sign === 'comment' ? 'Comment' : 'Claim';
    this.#annotations.link(
      canvas,
      link,
      box,
      { name: entry.name },
      `${kind} ${entry.number}: ${entry.words}`,
    );
  }

  #ellipsis(canvas: Canvas, x: number, baseline: number): void {
    const { words } = this.#press;
    const [line] = setLines([{ text: '\u2009…', look: marginLook, about: null }], {
      words,
      width: 20,
      base: 'ltr',
    });
    canvas.artifact(() => canvas.runs(line?.runs ?? [], x, baseline));
  }
}

function inRows(entries: readonly Entry[], perLine: number): Entry[][] {
  const rows: Entry[][] = [];
  for (const entry of entries) {
    const last = rows.at(-1);
    const isFull = last === undefined || last.length >= perLine;
    // A row may be shared by claims of two lines of the text.
    if (isFull || Math.abs((last[0]?.baseline ?? 0) - entry.baseline) > 2 * marginLine) rows.push([entry]);
    else last.push(entry);
  }
  return rows;
}

/** Where each wants to be, pushed down by those before it, and back up where the page ends. */
function spread(wanted: readonly number[], line: number): number[] {
  const placed: number[] = [];
  for (const each of wanted) placed.push(Math.max(each, (placed.at(-1) ?? -Infinity) + line));
  let limit = frame.bottom - 2;
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i] = Math.min(placed[i] ?? limit, limit);
    limit = (placed[i] ?? limit) - line;
  }
  return placed;
}
