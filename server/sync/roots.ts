/** The root types of every document. Yjs learns their kinds from the first who asks, so ask before anything else. */
import type * as Y from 'yjs';
import { BODY_ROOT, CLAIMS_ROOT } from '#core/text/schema.ts';

export function defineRoots(doc: Y.Doc): Y.Doc {
  doc.getXmlFragment(BODY_ROOT);
  doc.getMap(CLAIMS_ROOT);
  return doc;
}
