/** Every limit of what people and programs may send, each with its reason. Sync has its own (server/sync/limits.ts). */

/** A long book is 1 MB of text; more is a mistake or an attack. Characters (UTF-16 units) of the flattened text. */
export const MAX_TEXT_LENGTH = 2_000_000;
/** Largest file taken for import: an hour's read is 0.1 MB, a big saved web page 5 MB. Bytes. */
export const MAX_IMPORT_BYTES = 20 * 1024 * 1024;
/** Images of one report. A picture on every page of a long study; past this it is an album. */
export const MAX_IMAGES = 300;
/** Pages of a report's source: the longest laws and budgets; a book of more is better split. */
export const MAX_SOURCE_PAGES = 2_000;
/** One image: a photograph as a camera makes it is 4 to 6 MB. Bytes. */
export const MAX_IMAGE_BYTES = 8 * 1024 * 1024;
/** The images of one report together. A bundle has them as base64, a third more, and must fit into an import. Bytes. */
export const MAX_IMAGES_BYTES = 12 * 1024 * 1024;
/** JSON bodies other than imports: the largest honest one is a long comment. Bytes. */
export const MAX_JSON_BYTES = 1024 * 1024;
/** A title must fit a line of a list and a file name. */
export const MAX_TITLE_LENGTH = 300;
/** A line in a list: "Before the lawyer's changes". */
export const MAX_CHECKPOINT_NAME_LENGTH = 120;
/** Ten pages; whoever needs more writes a report. */
export const MAX_COMMENT_LENGTH = 20_000;
/** The rationale given with a new claim; later it is written together in the document. */
export const MAX_RATIONALE_LENGTH = 20_000;
/** A verdict's summary is what a reader sees first: a paragraph. */
export const MAX_SUMMARY_LENGTH = 5_000;
/** A claim is a sentence or a few; a page at most. Keeps quotation searches fast. */
export const MAX_QUOTE_LENGTH = 10_000;
/** Enough to tell two copies apart. */
export const MAX_CONTEXT_LENGTH = 1_000;
export const MAX_NAME_LENGTH = 200;
export const MAX_URL_LENGTH = 4_000;
export const MAX_TAGS = 30;
export const MAX_TAG_LENGTH = 60;
/** Rows of one page of a list. */
export const MAX_PAGE = 200;
export const DEFAULT_PAGE = 50;
/** A newsroom's report has up to 1,000 claims; past this a list of cards is no longer usable. */
export const MAX_CLAIMS_PER_REPORT = 5_000;
/** Talk past this is no longer read by anybody; a bundle holds as much. */
export const MAX_THREADS_PER_REPORT = 5_000;
/** Comments of one thread, likewise. */
export const MAX_COMMENTS_PER_THREAD = 5_000;
/** Comments that one source brings: a long report with four for each of its 5,000 threads. */
export const MAX_COMMENTS_BROUGHT = 20_000;
/** Answers to answers: the screen indents a few, and what reads a thread follows them down. */
export const MAX_REPLY_DEPTH = 50;
/** Annotations of one request: what a report can hold of claims or of threads. */
export const MAX_ANNOTATIONS = 5_000;
/** NIST SP 800-63B asks for 8 at least; attempts are limited by failures. */
export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 200;
/** A search phrase, not a document. */
export const MAX_QUERY_LENGTH = 300;
