/** The pages of a report's source, where their words are in its text now. */
import type * as Y from 'yjs';
import type { SourcePageRecord } from '#core/records.ts';
import { offsetNow } from '#core/anchor/place.ts';
import { flatten, type FlatText } from '#core/text/flatten.ts';
import { BODY_ROOT } from '#core/text/schema.ts';
import { loadPages, type StoredPage } from '#db/queries/source-pages.ts';
import type { Runtime } from '#server/runtime.ts';
import type { DocRef } from '#server/sync/rooms.ts';

/** In their order. A page whose words are gone begins where they stood. */
export async function readSourcePages(runtime: Runtime, ref: DocRef): Promise<SourcePageRecord[]> {
  const pages = await loadPages(runtime.database.db, ref);
  if (pages.length === 0) return [];
  return runtime.rooms.read(ref, (doc) => placePages(pages, flatten(doc.getXmlFragment(BODY_ROOT)), doc));
}

export function placePages(pages: readonly StoredPage[], flat: FlatText, doc: Y.Doc): SourcePageRecord[] {
  return pages.flatMap(({ page, position }) => {
    const start = offsetNow(flat, doc, position);
    return start === null ? [] : [{ page, start }];
  });
}
