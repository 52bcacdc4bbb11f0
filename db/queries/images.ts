/** Images of reports: kept once a report, found by the SHA-256 of their bytes. */
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '#db/open.ts';
import { images, reports } from '#db/schema.ts';

export interface StoredImage {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** One by one: together they can be as large as a whole import. */
export async function insertImages(
  tx: Tx,
  ref: { readonly workspaceId: string; readonly reportId: string },
  some: readonly StoredImage[],
): Promise<void> {
  const { workspaceId, reportId } = ref;
  for (const { sha256, mediaType, bytes } of some)
    await tx.insert(images).values({ workspaceId, reportId, sha256, mediaType, bytes }).onConflictDoNothing();
}

export interface ImagePlace {
  readonly sha256: string;
  readonly reportId: string;
  readonly size: number;
}

/** Which reports of the workspace have images of these names, without their bytes; not those that are deleted. */
export async function findImages(
  db: DbOrTx,
  workspaceId: string,
  names: readonly string[],
): Promise<ImagePlace[]> {
  return db
    .select({
      sha256: images.sha256,
      reportId: images.reportId,
      size: sql<number>`octet_length(${images.bytes})`,
    })
    .from(images)
    .innerJoin(reports, eq(reports.id, images.reportId))
    .where(
      and(eq(images.workspaceId, workspaceId), inArray(images.sha256, [...names]), isNull(reports.deletedAt)),
    )
    .orderBy(asc(images.sha256), asc(images.reportId));
}

export async function loadImage(
  db: DbOrTx,
  { reportId, sha256 }: Pick<ImagePlace, 'reportId' | 'sha256'>,
): Promise<StoredImage | null> {
  const [row] = await db
    .select({ sha256: images.sha256, mediaType: images.mediaType, bytes: images.bytes })
    .from(images)
    .where(and(eq(images.reportId, reportId), eq(images.sha256, sha256)));
  return row ?? null;
}
