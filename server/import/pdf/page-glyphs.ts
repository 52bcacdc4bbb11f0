/**
 * Follows a page's drawing operators and gives the letters that can be seen, with their places. Letters outside
 * of the sheet or of what is clipped, and those of hidden layers, are left out; letters drawn in no colour are
 * kept, since recognised text under a scan is drawn so. What annotations show is left out, but for the values of
 * form fields.
 */
import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AppError } from '#core/errors.ts';
import { readable } from './characters.ts';
import type { Glyph } from './glyph.ts';
import { MAX_PAGE_GLYPHS } from './limits.ts';
import {
  boxAfter,
  common,
  IDENTITY,
  moved,
  Pen,
  placeGlyphs,
  startGraphics,
  times,
  type DrawnGlyph,
  type Graphics,
  type LoadedFont,
  type Matrix,
  type Placed,
  type Rectangle,
} from './text-state.ts';

export interface OperatorList {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly (readonly unknown[] | null)[];
}

export interface PageSurroundings {
  readonly page: number;
  /** What is shown of the sheet, in its own coordinates. */
  readonly view: Rectangle;
  /** From the sheet's coordinates to those of the page as it is shown, y downwards. */
  readonly shown: Matrix;
  readonly font: (name: string) => LoadedFont | null;
  readonly isLayerVisible: (layer: unknown) => boolean;
  /** Form fields of the page, by the names that operators call them. */
  readonly fields: ReadonlySet<string>;
}

/** A letter with the direction it runs in, in degrees as the page is shown. */
export interface DirectedGlyph {
  readonly glyph: Glyph;
  readonly angle: number;
}

interface Content {
  readonly tag: string | null;
  readonly isArtifact: boolean;
  readonly isHidden: boolean;
}

const PLAIN: Content = { tag: null, isArtifact: false, isHidden: false };
/** Saved states; ISO 32000 asks for 28, and broken files never give theirs back. */
const MAX_SAVED = 10_000;

export function readPageGlyphs(list: OperatorList, around: PageSurroundings): DirectedGlyph[] {
  const reader = new PageReader(around);
  list.fnArray.forEach((operator, i) => reader.apply(operator, list.argsArray[i] ?? []));
  return reader.glyphs;
}

class PageReader {
  readonly glyphs: DirectedGlyph[] = [];
  private graphics: Graphics;
  private readonly saved: Graphics[] = [];
  private readonly pen = new Pen();
  private readonly contents: Content[] = [];
  private content = PLAIN;
  private clips = false;
  /** Inside of what an annotation shows, unless it is a form field. */
  private isInAnnotation = false;

  constructor(private readonly around: PageSurroundings) {
    this.graphics = startGraphics(around.view);
  }

  apply(operator: number, args: readonly unknown[]): void {
    if (this.applyText(operator, args)) return;
    switch (operator) {
      case OPS.save:
        return this.save();
      case OPS.restore:
        return this.restore();
      case OPS.transform:
        return this.transform(matrixOf(args));
      case OPS.paintFormXObjectBegin:
        return this.beginForm(args);
      case OPS.paintFormXObjectEnd:
        return this.restore();
      case OPS.clip:
      case OPS.eoClip:
        this.clips = true;
        return;
      case OPS.constructPath:
        return this.endPath(args);
      case OPS.beginMarkedContent:
      case OPS.beginMarkedContentProps:
        return this.beginContent(args);
      case OPS.endMarkedContent:
        this.content = this.contents.pop() ?? PLAIN;
        return;
      case OPS.beginAnnotation:
        return this.beginAnnotation(args);
      case OPS.endAnnotation:
        this.isInAnnotation = false;
        return this.restore();
    }
  }

  private applyText(operator: number, args: readonly unknown[]): boolean {
    const n = (at: number): number => numberOf(args[at]);
    switch (operator) {
      case OPS.showText:
        this.show(glyphsOf(args[0]));
        return true;
      case OPS.beginText:
        this.pen.begin(IDENTITY);
        return true;
      case OPS.setTextMatrix:
        this.pen.begin(matrixOf(args[0]));
        return true;
      case OPS.moveText:
        this.pen.nextLine(n(0), n(1));
        return true;
      case OPS.setLeadingMoveText:
        this.change({ leading: n(1) });
        this.pen.nextLine(n(0), n(1));
        return true;
      case OPS.nextLine:
        this.pen.nextLine(0, this.graphics.leading);
        return true;
      case OPS.setFont:
        this.setFont(args[0], n(1));
        return true;
      case OPS.setGState:
        this.setState(args[0]);
        return true;
      default:
        return this.applySpacing(operator, n(0));
    }
  }

  private applySpacing(operator: number, value: number): boolean {
    switch (operator) {
      case OPS.setLeading:
        this.change({ leading: -value });
        return true;
      case OPS.setCharSpacing:
        this.change({ charSpacing: value });
        return true;
      case OPS.setWordSpacing:
        this.change({ wordSpacing: value });
        return true;
      case OPS.setHScale:
        this.change({ stretch: value / 100 });
        return true;
      case OPS.setTextRise:
        this.change({ rise: value });
        return true;
      default:
        return false;
    }
  }

  private change(part: Partial<Graphics>): void {
    this.graphics = { ...this.graphics, ...part };
  }

  private save(): void {
    if (this.saved.length < MAX_SAVED) this.saved.push(this.graphics);
  }

  private restore(): void {
    this.graphics = this.saved.pop() ?? this.graphics;
  }

  private transform(matrix: Matrix): void {
    this.change({ matrix: times(this.graphics.matrix, matrix) });
  }

  private setFont(name: unknown, size: number): void {
    this.change({ font: typeof name === 'string' ? this.around.font(name) : null, size });
  }

  /** A graphics state may set the font, too. */
  private setState(entries: unknown): void {
    if (!Array.isArray(entries)) return;
    for (const entry of entries) {
      if (Array.isArray(entry) && entry[0] === 'Font' && Array.isArray(entry[1]))
        this.setFont(entry[1][0], numberOf(entry[1][1]));
    }
  }

  private beginForm([matrix, box]: readonly unknown[]): void {
    this.save();
    if (isList(matrix)) this.transform(matrixOf(matrix));
    if (isList(box)) this.clipTo(box);
  }

  private endPath([, , box]: readonly unknown[]): void {
    if (this.clips && isList(box)) this.clipTo(box);
    this.clips = false;
  }

  private clipTo(box: ArrayLike<unknown>): void {
    const [x0, y0, x1, y1] = [0, 1, 2, 3].map((at) => numberOf(box[at]));
    const clip = boxAfter(this.graphics.matrix, [x0 ?? 0, y0 ?? 0, x1 ?? 0, y1 ?? 0]);
    this.change({ clip: common(this.graphics.clip, clip) });
  }

  private beginContent([name, properties]: readonly unknown[]): void {
    if (this.contents.length < MAX_SAVED) this.contents.push(this.content);
    const { tag, isArtifact, isHidden } = this.content;
    const called = typeof name === 'string' ? name : nameOf(name);
    this.content = {
      tag: typeof properties === 'number' ? String(properties) : tag,
      isArtifact: isArtifact || called === 'Artifact',
      isHidden: isHidden || (called === 'OC' && !this.around.isLayerVisible(properties)),
    };
  }

  private beginAnnotation([id, , transform, matrix]: readonly unknown[]): void {
    this.isInAnnotation = typeof id !== 'string' || !this.around.fields.has(id);
    this.save();
    this.graphics = startGraphics(this.around.view);
    this.contents.length = 0;
    this.content = PLAIN;
    if (isList(transform)) this.transform(matrixOf(transform));
    if (isList(matrix)) this.transform(matrixOf(matrix));
  }

  private show(items: readonly (DrawnGlyph | number)[]): void {
    const isHidden = this.content.isHidden || this.isInAnnotation;
    for (const placed of placeGlyphs(items, this.graphics, this.pen)) {
      if (isHidden) continue;
      const text = placed.glyph.unicode === '' ? '' : readable(placed.glyph.unicode);
      if (text !== '') this.add(text, placed);
    }
  }

  private add(text: string, placed: Placed): void {
    const { page, shown, view } = this.around;
    const { ux, uy, width, size } = placed;
    const up = size * 0.3;
    const centreX = placed.x + (ux * width) / 2 - uy * up;
    const centreY = placed.y + (uy * width) / 2 + ux * up;
    const [x, y] = moved(shown, placed.x, placed.y);
    if (!Number.isFinite(x + y + width + size) || size <= 0) return;
    if (!isInside(centreX, centreY, view, 0) || !isInside(centreX, centreY, this.graphics.clip, size / 2))
      return;
    const angle = Math.atan2(shown[1] * ux + shown[3] * uy, shown[0] * ux + shown[2] * uy);
    if (this.glyphs.length >= MAX_PAGE_GLYPHS) throw tooMany(page);
    const { tag, isArtifact } = this.content;
    const style = this.graphics.font?.style ?? { isBold: false, isItalic: false, isMono: false };
    const glyph: Glyph = { text, x, y, width, size, style, tag, isArtifact, page, centreX, centreY };
    this.glyphs.push({ glyph, angle: (Math.round((angle * 180) / Math.PI) + 360) % 360 });
  }
}

function tooMany(page: number): AppError {
  return new AppError(
    'too_large',
    `Page ${page} has more than ${MAX_PAGE_GLYPHS.toLocaleString('en')} letters, the most that are taken.`,
  );
}

function isInside(x: number, y: number, box: Rectangle, more: number): boolean {
  return x >= box[0] - more && x <= box[2] + more && y >= box[1] - more && y <= box[3] + more;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function matrixOf(value: unknown): Matrix {
  if (!isList(value)) return IDENTITY;
  const n = (at: number): number => numberOf(value[at]);
  return [n(0), n(1), n(2), n(3), n(4), n(5)];
}

function nameOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : '';
}

/** As pdf.js makes them: objects with these members, and numbers. */
function glyphsOf(value: unknown): readonly (DrawnGlyph | number)[] {
  return Array.isArray(value) ? (value as readonly (DrawnGlyph | number)[]) : [];
}
