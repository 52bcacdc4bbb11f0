/** A report's document and its view, as one script: neither is of use without the other. */
import { openDocument } from './document-session.ts';
import { TextView } from './text-view.ts';

export const editor = { openDocument, TextView };
