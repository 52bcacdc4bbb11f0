/** What the reader of PDF files takes at most. Each bound ends a hostile file early and is far above honest ones. */

/** Everything that is not an image, unpacked: a 500-page book has about 30 MB. Bytes. */
export const MAX_UNPACKED_BYTES = 128 * 1024 * 1024;
/** One packed part that is not an image: the largest are fonts for Chinese, of 20 MB. Bytes. */
export const MAX_PART_BYTES = 32 * 1024 * 1024;
/** The drawing operators of a page: a map has up to 10 MB of them, a page of text 0.05. Bytes. */
export const MAX_CONTENT_BYTES = 16 * 1024 * 1024;
/** Filters on filters; honest files have one or two. */
export const MAX_FILTERS = 4;
/** Letters of one page: a page of a newspaper has 15,000. */
export const MAX_PAGE_GLYPHS = 100_000;
/** Letters of a document: what its text may have (2,000,000 characters) and some for what is left out. */
export const MAX_GLYPHS = 2_200_000;
/** Drawing operators of a document; a page of a map has 100,000. */
export const MAX_OPERATORS = 6_000_000;
/** Notes of a document; the largest reviewed one that was seen had 3,000. */
export const MAX_ANNOTATIONS = 10_000;
/** Rectangles of one note: a paragraph of 60 lines has 60. */
export const MAX_QUADS = 2_000;
/** Levels of a structure tree. */
export const MAX_TAG_DEPTH = 60;
