/** What the reader of Word files takes at most. Each keeps hostile files bounded and is far above honest ones. */

/** A file with 500 pictures has about 600 parts. */
export const MAX_PARTS = 4_000;
/** All parts unpacked: the largest honest text is about 40 MB of XML, and pictures hardly shrink. Bytes. */
export const MAX_UNPACKED_BYTES = 160 * 1024 * 1024;
/** One part of XML unpacked: 2,000,000 characters in short runs are about 40 MB. Bytes. */
export const MAX_XML_BYTES = 64 * 1024 * 1024;
/** Elements of all parts together: 300,000 words, each a run of its own with its formatting, are about 1,500,000. */
export const MAX_ELEMENTS = 2_000_000;
/** Elements held at once, such as those of one table: about 120 bytes each. */
export const MAX_HELD_ELEMENTS = 600_000;
/** Elements inside one another: 30 tables in tables need about 150. */
export const MAX_XML_DEPTH = 400;
/** Attributes of one element: the root of a document has about 40. */
export const MAX_ATTRIBUTES = 250;
/** Comments and replies of a file; a newsroom's heaviest has about 2,000. */
export const MAX_COMMENTS = 20_000;
/** Styles that are based on one another; Word allows 10. */
export const MAX_STYLE_CHAIN = 40;
/** Fields inside one another; more are read as words. */
export const MAX_FIELD_DEPTH = 40;
/** Levels of a list; Word has nine. */
export const MAX_LIST_LEVEL = 8;
/** A field's code: an address and a few switches. Characters. */
export const MAX_FIELD_CODE = 10_000;
