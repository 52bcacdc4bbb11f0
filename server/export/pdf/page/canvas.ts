/**
 * One page being drawn: marks on the paper, measured from its top left corner in points, and which of them belong to
 * which element of the structure. What belongs to none (lines, signs, page numbers) is an artifact, so that it
 * is not read aloud. Everything is kept as text and written when the page is complete.
 */
import type { PdfPage } from 'pdfkit';
import type { PageMarks, StructureElement } from '../file/structure.ts';
import { number, numbers } from '../file/values.ts';
import type { FontNames } from '../fonts/font-names.ts';
import type { Colour } from '../look.ts';
import type { LineRun } from '../text/lines.ts';

export type Point = readonly [x: number, y: number];

export interface Stroke {
  readonly colour: Colour;
  readonly width: number;
  readonly dash?: readonly number[];
}

export class Canvas {
  readonly page: PdfPage;
  readonly marks: PageMarks;
  readonly #fonts: FontNames;
  /** Whose marked content is not ended yet. */
  #open: StructureElement | null = null;
  #operations: string[] = [];
  #font = '';
  #fill = '';
  #rise = 0;

  constructor(page: PdfPage, marks: PageMarks, fonts: FontNames) {
    this.page = page;
    this.marks = marks;
    this.#fonts = fonts;
    // pdfkit has turned the page upside down; text is easier upright.
    this.#operations.push(`1 0 0 -1 0 ${number(page.height)} cm`);
  }

  /** Draws what belongs to `element`; what follows of the same goes on in the same marked content unless it is `apart`. */
  inside(element: StructureElement, draw: () => void, isApart = false): void {
    if (isApart || this.#open !== element) {
      this.#close();
      this.#operations.push(`/${element.type} <</MCID ${this.marks.mark(element)}>> BDC`);
      this.#open = element;
    }
    draw();
    if (isApart) this.#close();
  }

  artifact(draw: () => void, kind = ''): void {
    this.#close();
    this.#operations.push(kind === '' ? '/Artifact BMC' : `/Artifact <</Type /${kind}>> BDC`);
    draw();
    this.#operations.push('EMC');
  }

  #close(): void {
    if (this.#open !== null) this.#operations.push('EMC');
    this.#open = null;
  }

  /** Runs of one line; `x` is the line's left end, `baseline` is measured from the top. */
  runs(runs: readonly LineRun<unknown>[], x: number, baseline: number): void {
    if (runs.length === 0) return;
    const out = this.#operations;
    out.push('BT');
    for (const run of runs) {
      this.#setFont(this.#fonts.nameOf(run.font, this.page), run.size);
      this.fill(run.styled.look.colour);
      out.push(`1 0 0 1 ${numbers(x + run.x, this.#up(baseline))} Tm`);
      for (const part of run.parts) {
        this.#setRise((part.rise * run.size) / 1000);
        // Strings that follow each other are one.
        out.push(`[${part.array.replaceAll(')(', '')}]TJ`);
      }
      this.#setRise(0);
    }
    out.push('ET');
  }

  fill(colour: Colour): void {
    if (this.#fill === colour) return;
    this.#fill = colour;
    this.#operations.push(`${rgb(colour)} rg`);
  }

  rectangle(x: number, top: number, width: number, height: number, colour: Colour): void {
    this.fill(colour);
    this.#operations.push(`${numbers(x, this.#up(top + height), width, height)} re f`);
  }

  /** Lines through points; each of `paths` on its own. */
  stroke(paths: readonly (readonly Point[])[], { colour, width, dash = [] }: Stroke): void {
    const lines = paths.map((points) =>
      points.map(([x, y], i) => `${numbers(x, this.#up(y))} ${i === 0 ? 'm' : 'l'}`).join(' '),
    );
    const cap = dash[0] === 0 || dash.length === 0 ? 1 : 0;
    this.#operations.push(
      `q ${rgb(colour)} RG ${number(width)} w ${cap} J 1 j [${dash.map(number).join(' ')}] 0 d ${lines.join(' ')} S Q`,
    );
  }

  /** Operations in the upright space of the page, its origin moved to a point that is measured from the top. */
  at(x: number, top: number, operations: string): void {
    this.#operations.push(`q 1 0 0 1 ${numbers(x, this.#up(top))} cm ${operations} Q`);
  }

  /** From the paper's bottom, as annotations count. */
  up(top: number): number {
    return this.#up(top);
  }

  /** Writes what is drawn so far: as bytes it takes a fraction of the memory. */
  flush(): void {
    this.#close();
    this.page.write(Buffer.from(`${this.#operations.join('\n')}\n`, 'latin1'));
    this.#operations = [];
  }

  #up(top: number): number {
    return this.page.height - top;
  }

  #setFont(name: string, size: number): void {
    const font = `/${name} ${number(size)} Tf`;
    if (font === this.#font) return;
    this.#font = font;
    this.#operations.push(font);
  }

  #setRise(rise: number): void {
    if (rise === this.#rise) return;
    this.#rise = rise;
    this.#operations.push(`${number(rise)} Ts`);
  }
}

const channels = new Map<Colour, string>();

/** "0.1 0.2 0.3". */
export function rgb(colour: Colour): string {
  let known = channels.get(colour);
  if (known === undefined) {
    known = [1, 3, 5]
      .map((at) => Math.round((Number.parseInt(colour.slice(at, at + 2), 16) / 255) * 1000) / 1000)
      .join(' ');
    channels.set(colour, known);
  }
  return known;
}
