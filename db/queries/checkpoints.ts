/** Checkpoints: moments of a report's history that have a name or a reason. */
import { and, desc, eq, sql } from 'drizzle-orm';
import type { CheckpointKind } from '#core/domain/words.ts';
import type { CheckpointRecord } from '#core/records.ts';
import type { DbOrTx, Tx } from '#db/open.ts';
import { checkpoints } from '#db/schema.ts';
import { loadPeople, type People } from './people.ts';

export interface NewCheckpoint {
  readonly id: string;
  readonly workspaceId: string;
  readonly reportId: string;
  readonly seq: number;
  readonly kind: CheckpointKind;
  readonly name: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** False: the id is used already. */
export async function insertCheckpoint(tx: Tx, checkpoint: NewCheckpoint): Promise<boolean> {
  const inserted = await tx
    .insert(checkpoints)
    .values(checkpoint)
    .onConflictDoNothing()
    .returning({ id: checkpoints.id });
  return inserted.length > 0;
}

/** Null: no such checkpoint of this report. */
export async function findCheckpoint(
  db: DbOrTx,
  workspaceId: string,
  reportId: string,
  id: string,
): Promise<CheckpointRecord | null> {
  const [row] = await db
    .select()
    .from(checkpoints)
    .where(
      and(
        eq(checkpoints.id, id),
        eq(checkpoints.reportId, reportId),
        eq(checkpoints.workspaceId, workspaceId),
      ),
    );
  return row === undefined ? null : toRecord(row, await loadPeople(db, workspaceId));
}

/** Newest moment first; `after`: the id of the last one of the page before. */
export async function listCheckpoints(
  db: DbOrTx,
  workspaceId: string,
  reportId: string,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<CheckpointRecord[]> {
  const older = sql`(${checkpoints.seq}, ${checkpoints.createdAt}, ${checkpoints.id}) < (
    SELECT a.seq, a.created_at, a.id FROM checkpoints a WHERE a.id = ${after} AND a.report_id = ${reportId})`;
  const rows = await db
    .select()
    .from(checkpoints)
    .where(
      and(
        eq(checkpoints.reportId, reportId),
        eq(checkpoints.workspaceId, workspaceId),
        after === undefined ? undefined : older,
      ),
    )
    .orderBy(desc(checkpoints.seq), desc(checkpoints.createdAt), desc(checkpoints.id))
    .limit(limit);
  const people = await loadPeople(db, workspaceId);
  return rows.map((row) => toRecord(row, people));
}

function toRecord(row: typeof checkpoints.$inferSelect, people: People): CheckpointRecord {
  return {
    id: row.id,
    reportId: row.reportId,
    seq: row.seq,
    kind: row.kind,
    name: row.name,
    by: people.person(row.createdBy),
    at: row.createdAt.toISOString(),
  };
}
