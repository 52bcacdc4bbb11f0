/** What the PDF export uses of packages that bring no types; of pdfkit also parts of its inside (see packed-document.ts). */
declare module 'fontkit' {
  interface PathCommand {
    readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath';
    readonly args: readonly number[];
  }
  interface Glyph {
    readonly id: number;
    readonly codePoints: readonly number[];
    readonly advanceWidth: number;
    readonly path: { readonly commands: readonly PathCommand[] };
  }
  interface GlyphPosition {
    readonly xAdvance: number;
    readonly xOffset: number;
    readonly yOffset: number;
  }
  interface GlyphRun {
    readonly glyphs: readonly Glyph[];
    readonly positions: readonly GlyphPosition[];
  }
  export interface Font {
    readonly postscriptName: string | null;
    readonly unitsPerEm: number;
    readonly ascent: number;
    readonly descent: number;
    readonly capHeight: number;
    readonly xHeight: number;
    readonly italicAngle: number;
    readonly variationAxes: Readonly<Record<string, { readonly min: number; readonly max: number }>>;
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): Glyph;
    getGlyph(id: number): Glyph;
    getVariation(settings: Readonly<Record<string, number>>): Font;
    layout(
      text: string,
      /** Turned on or off against the script's own. */
      features?: Readonly<Record<string, boolean>>,
      script?: string,
      language?: string,
      direction?: 'ltr' | 'rtl',
    ): GlyphRun;
  }
  export function create(bytes: Uint8Array): Font;
}

declare module 'linebreak' {
  export default class LineBreaker {
    constructor(text: string);
    /** Places where a line may end (`required`: must), ascending; the last is the end of the text. */
    nextBreak(): { readonly position: number; readonly required: boolean } | null;
  }
}

declare module 'pdfkit' {
  import type { Readable } from 'node:stream';

  export interface PdfReference {
    readonly id: number;
    readonly data: Record<string, unknown>;
    write(chunk: string | Uint8Array): void;
    end(chunk?: string | Uint8Array): void;
    toString(): string;
  }
  export interface PdfPage {
    readonly width: number;
    readonly height: number;
    readonly dictionary: PdfReference;
    readonly fonts: Record<string, PdfReference>;
    readonly xobjects: Record<string, PdfReference>;
    readonly annotations: PdfReference[];
    write(chunk: Uint8Array): void;
  }
  export default class PDFDocument extends Readable {
    constructor(options: Readonly<Record<string, unknown>>);
    page: PdfPage;
    addPage(): this;
    ref(data?: Record<string, unknown>): PdfReference;
    end(): void;
    protected readonly _root: PdfReference & { readonly data: { readonly Names: PdfReference } };
    protected readonly _info: PdfReference;
    protected readonly _id: Uint8Array;
    protected _offset: number;
    protected _offsets: (number | null)[];
    protected _ended: boolean;
    protected _write(data: string | Uint8Array): void;
    protected _finalize(): void;
  }
}
