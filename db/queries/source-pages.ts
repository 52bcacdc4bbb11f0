/** Where the pages of a report's source begin. */
import { and, asc, eq } from 'drizzle-orm';
import type { DbOrTx, Tx } from '#db/open.ts';
import { sourcePages } from '#db/schema.ts';

export interface StoredPage {
  /** From 1. */
  readonly page: number;
  /** An encoded relative position. */
  readonly position: Uint8Array;
}

interface ReportRef {
  readonly workspaceId: string;
  readonly reportId: string;
}

export async function insertPages(
  tx: Tx,
  { workspaceId, reportId }: ReportRef,
  pages: readonly StoredPage[],
): Promise<void> {
  if (pages.length === 0) return;
  await tx.insert(sourcePages).values(pages.map((each) => ({ ...each, workspaceId, reportId })));
}

/** In the order of the pages. */
export async function loadPages(db: DbOrTx, { workspaceId, reportId }: ReportRef): Promise<StoredPage[]> {
  return db
    .select({ page: sourcePages.page, position: sourcePages.position })
    .from(sourcePages)
    .where(and(eq(sourcePages.workspaceId, workspaceId), eq(sourcePages.reportId, reportId)))
    .orderBy(asc(sourcePages.page));
}
