/**
 * The pages as they are made: begins and ends each, gathers what its lines say of claims, threads and links, and puts
 * margin and annotations on it when it is complete. Running titles and page numbers come last, when it is
 * known how many pages there are.
 */
import type { ExportClaim } from '#core/export/projection.ts';
import { signOf, type Sign } from '#core/export/html-look.ts';
import { Annotations } from '../annotations.ts';
import { StructureElement } from '../file/structure.ts';
import { frame, linkLine, toneColours } from '../look.ts';
import { placeNames, type Press } from '../press.ts';
import type { Line, LineRun } from '../text/lines.ts';
import type { Belonging } from './belonging.ts';
import { Canvas, type Point, type Stroke } from './canvas.ts';
import type { FlowFrame } from './flow.ts';
import { Highlights, type Box } from './highlights.ts';
import { Margin } from './margin.ts';

export interface LinePlace {
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
}

/** The lines below words: claims that overlap have one each, up to four. */
const LANE = { first: 2.5, step: 1.9 };

export class Pages implements FlowFrame {
  readonly top = frame.top;
  readonly bottom = frame.bottom;
  readonly all: Canvas[] = [];
  readonly #press: Press;
  readonly #annotations: Annotations;
  readonly #margin: Margin;
  readonly #links = new Map<Belonging, StructureElement>();
  #isRepeating = false;
  #highlights = new Highlights();
  #canvas: Canvas | null = null;

  constructor(press: Press) {
    this.#press = press;
    this.#annotations = new Annotations(press);
    this.#margin = new Margin(press, this.#annotations);
  }

  get canvas(): Canvas {
    if (this.#canvas === null) throw new Error('no page is being drawn');
    return this.#canvas;
  }

  beginPage(): void {
    const { document, structure, fonts } = this.#press;
    document.addPage();
    this.#canvas = new Canvas(document.page, structure.addPage(document.page), fonts);
    this.all.push(this.#canvas);
  }

  endPage(): void {
    this.#margin.draw(this.canvas);
    const byNumber = this.#highlights.claims().sort((one, other) => one.thing.number - other.thing.number);
    for (const marked of byNumber) this.#annotations.claim(this.canvas, marked);
    for (const marked of this.#highlights.threads()) this.#annotations.thread(this.canvas, marked);
    this.#highlights = new Highlights();
    this.canvas.flush();
  }

  finish(): void {
    for (const canvas of this.all) canvas.flush();
    this.#annotations.write();
  }

  /** A place that links lead to, on the page that is being drawn. */
  place(name: string, top: number): void {
    this.#press.destinations.add(name, this.canvas.page, this.canvas.up(top));
  }

  /** Draws a line and notes what is on it. */
  line(line: Line<Belonging>, { left, right, baseline }: LinePlace): void {
    const x = line.base === 'rtl' ? right - line.width : left;
    for (const runs of byBelonging(line.runs)) {
      const about = runs[0]?.styled.about;
      if (about === undefined) continue;
      if (this.#isRepeating) {
        this.canvas.artifact(() => this.canvas.runs(runs, x, baseline));
        continue;
      }
      const isApart = about.claims.length > 0 || about.threads.length > 0;
      this.canvas.inside(this.#elementOf(about), () => this.canvas.runs(runs, x, baseline), isApart);
      this.#decorate(runs, about, { line, x, baseline });
    }
  }

  /** What is drawn again, like a table's header: it is read, highlighted and linked once only. */
  withoutStructure(draw: () => void): void {
    this.#isRepeating = true;
    draw();
    this.#isRepeating = false;
  }

  #elementOf(about: Belonging): StructureElement {
    if (about.link === null) return about.element;
    let element = this.#links.get(about);
    if (element === undefined) {
      element = new StructureElement('Link', about.element);
      this.#links.set(about, element);
    }
    return element;
  }

  /** Draws lines and notes places for what is beside each other on one line and belongs to the same. */
  #decorate(
    runs: readonly LineRun<Belonging>[],
    about: Belonging,
    { line, x, baseline }: { readonly line: Line<Belonging>; readonly x: number; readonly baseline: number },
  ): void {
    const [first, last] = [runs[0], runs.at(-1)];
    const [from, to] = [
      Math.max(first?.x ?? 0, 0),
      Math.min((last?.x ?? 0) + (last?.width ?? 0), line.width),
    ];
    if (to <= from) return;
    const size = runs.reduce((most, run) => Math.max(most, run.styled.look.size), 0);
    const box: Box = {
      left: x + from,
      right: x + to,
      top: baseline - size * 0.8,
      bottom: baseline + size * 0.26,
    };
    for (const run of runs) this.#lookLines(run, x, baseline);
    if (about.link !== null) {
      const element = this.#elementOf(about);
      if (about.claims.length === 0) this.#rule(box, baseline + 1.8, { colour: linkLine, width: 0.5 });
      this.#annotations.link(this.canvas, element, box, about.link, first?.styled.text ?? '');
    }
    this.#claims(about, box, baseline);
    for (const thread of about.threads) this.#highlights.addThread(thread, about.element, box);
    if (runs.some((run) => run.begins)) this.#begin(about, baseline);
  }

  #lookLines(run: LineRun<Belonging>, x: number, baseline: number): void {
    const { look } = run.styled;
    const box = { left: x + run.x, right: x + run.x + run.width, top: baseline, bottom: baseline };
    if (look.isUnderlined === true) this.#rule(box, baseline + 1.8, { colour: look.colour, width: 0.5 });
    if (look.isStruck === true)
      this.#rule(box, baseline - look.size * 0.26, { colour: look.colour, width: 0.6 });
  }

  #begin({ begins, threadBegins, element }: Belonging, baseline: number): void {
    const top = baseline - 40;
    for (const claim of begins) {
      this.place(placeNames.claimWords(claim), top);
      this.#margin.addClaim(claim, element, baseline);
    }
    for (const thread of threadBegins) {
      this.place(placeNames.threadWords(this.#press.threadNumbers.get(thread) ?? 0), top);
      this.#margin.addThread(thread, element, baseline);
    }
  }

  #claims({ claims, element }: Belonging, box: Box, baseline: number): void {
    if (claims.length === 0) return;
    for (const claim of claims) this.#highlights.addClaim(claim, element, box);
    this.canvas.artifact(() => {
      for (const claim of claims) this.#underline(claim, box, baseline);
    });
  }

  #underline(claim: ExportClaim, box: Box, baseline: number): void {
    const lane = this.#press.lanes.get(claim) ?? 0;
    const y = baseline + LANE.first + LANE.step * lane;
    const sign = signOf(claim);
    const tone = sign === 'proposed' && claim.verdict !== null ? claim.verdict.tone : sign;
    const path = sign === 'stale' ? wave(box, y) : [[box.left, y] as const, [box.right, y] as const];
    this.canvas.stroke([path], { colour: toneColours[tone], ...lineOf(sign) });
  }

  #rule(box: Box, y: number, stroke: Stroke): void {
    this.canvas.artifact(() =>
      this.canvas.stroke(
        [
          [
            [box.left, y],
            [box.right, y],
          ],
        ],
        stroke,
      ),
    );
  }
}

/** Solid when signed off, dots while it is not, thin when dismissed; a stale one is a wave. */
function lineOf(sign: Sign): Omit<Stroke, 'colour'> {
  if (sign === 'open' || sign === 'proposed') return { width: 1.1, dash: [0, 2.1] };
  if (sign === 'dismissed') return { width: 0.6 };
  return sign === 'stale' ? { width: 0.7 } : { width: 1.1 };
}

function wave({ left, right }: Box, y: number): Point[] {
  const points: Point[] = [];
  for (let x = left, i = 0; x < right; x += 1.6, i++) points.push([x, y + (i % 2 === 0 ? 0.6 : -0.6)]);
  return points;
}

/** Runs that belong to the same, in the order in which they are drawn. */
function byBelonging(runs: readonly LineRun<Belonging>[]): LineRun<Belonging>[][] {
  const groups: LineRun<Belonging>[][] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    const before = last?.[0]?.styled.about;
    if (last !== undefined && before !== undefined && isSame(before, run.styled.about)) last.push(run);
    else groups.push([run]);
  }
  return groups;
}

function isSame(one: Belonging, other: Belonging): boolean {
  const isPlain = (about: Belonging): boolean =>
    about.link === null && about.claims.length === 0 && about.threads.length === 0;
  return one === other || (one.element === other.element && isPlain(one) && isPlain(other));
}
