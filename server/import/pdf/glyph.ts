/**
 * A letter on a page, and what the rest of the reader knows of it. Two systems of coordinates: `centre` is in the
 * page's own (where annotations lie); `x`, `y` are those of a reader who turned the sheet so that the words run to
 * the right, with y growing downwards.
 */
export interface FontStyle {
  readonly isBold: boolean;
  readonly isItalic: boolean;
  readonly isMono: boolean;
}

export interface Glyph {
  /** One or several characters (a ligature), in logical order; a space for a space. */
  readonly text: string;
  readonly x: number;
  /** Of the base line. */
  readonly y: number;
  readonly width: number;
  /** Points; the height of the letters' body. */
  readonly size: number;
  readonly style: FontStyle;
  /** What the structure tree calls the content that it is part of. */
  readonly tag: string | null;
  /** The file says that it is furniture of the page: header, footer, page number. */
  readonly isArtifact: boolean;
  readonly page: number;
  readonly centreX: number;
  readonly centreY: number;
}

/** The letters of a page that run in one direction. */
export interface Frame {
  /** Degrees, as the page is shown: 0 for ordinary text. */
  readonly angle: number;
  readonly glyphs: readonly Glyph[];
  /** What the sheet measures for someone who reads in this direction. */
  readonly width: number;
  readonly height: number;
}

export function endOf(glyph: Glyph): number {
  return glyph.x + glyph.width;
}
