/** In place of lib0/dom in the browser (next.config.ts): y-prosemirror takes the document from it, and 8 KB came along. */
export const doc = typeof document === 'undefined' ? {} : document;
