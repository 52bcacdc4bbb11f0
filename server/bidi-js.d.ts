/** The package bidi-js comes without types. Indices are UTF-16 units; ranges include their end. */
declare module 'bidi-js' {
  export interface Levels {
    readonly levels: Uint8Array;
    readonly paragraphs: readonly { readonly start: number; readonly end: number; readonly level: number }[];
  }

  export interface Bidi {
    getEmbeddingLevels(text: string, base?: 'ltr' | 'rtl' | 'auto'): Levels;
    getReorderSegments(text: string, levels: Levels, start?: number, end?: number): [number, number][];
    /** Takes the levels themselves, whatever the package's own text says. */
    getMirroredCharactersMap(
      text: string,
      levels: Uint8Array,
      start?: number,
      end?: number,
    ): Map<number, string>;
  }

  export default function bidiFactory(): Bidi;
}
