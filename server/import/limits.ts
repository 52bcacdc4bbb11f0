/** What a reader takes at most, beside core/limits.ts: each keeps reading linear and the result workable. */

/** Quotations in lists in tables: real texts stay under 20. Deeper structure is flattened, its words kept. */
export const MAX_BLOCK_DEPTH = 32;
/** Tags open at once. Browsers stop at 512; a page with more is broken or an attack. */
export const MAX_OPEN_TAGS = 1_000;
/** Blocks, words runs and cells of a document. 2,000,000 characters of ordinary prose make about 20,000. */
export const MAX_NODES = 200_000;
/** Levels of a JSON file: a document of MAX_BLOCK_DEPTH needs two levels for each, and the bundle ten more. */
export const MAX_JSON_DEPTH = 150;
/** Columns that one cell may span. */
export const MAX_SPAN = 100;
/** From this size on a source is read in a thread of its own, so that a long read holds up nobody. Bytes. */
export const THREAD_FROM_BYTES = 128 * 1024;
/** The same for a page: telling its article from the rest takes as long as reading ten times its bytes. */
export const PAGE_THREAD_FROM_BYTES = 48 * 1024;
/** How long a reader may take, from when its code is loaded, however busy the machine is. */
export const READ_TIMEOUT_MS = 14_000;
/**
 * How long the processor may work for a reader (thread-watch.ts says what is counted). The largest honest sources take
 * about six seconds; counted so, a hostile one ends in ten seconds, and an honest one is not refused because others
 * keep the machine busy.
 */
export const READ_WORK_MS = 8_500;
/** Memory of a reading thread for its objects: 20 MB of HTML need about 300. */
export const READ_MEMORY_MB = 448;
/** What the process may grow by for each reading thread: a thread's buffers are not counted as its own. */
export const READ_RESIDENT_MB = 400;
/** Sources read in threads at the same moment: two cores read two; a third would only make all of them slower. */
export const READERS_AT_ONCE = 2;
/** How often at most the page that is being read is told. */
export const PAGE_TOLD_EVERY_MS = 100;
/** How often that is looked at: a reader fills 50 MB in this time. */
export const READ_WATCH_MS = 50;
/** The words that stand for an image; a paragraph is a long one. */
export const MAX_ALT_LENGTH = 1_000;
