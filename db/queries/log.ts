/**
 * What happened, written at the end of a command's transaction under the workspace's row lock, which lasts to the
 * commit: so event versions and audit numbers are gapless and in the order of commits, on every node.
 */
import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import type { EventName } from '#core/events.ts';
import type { Tx, DbOrTx } from '#db/open.ts';
import { audit, events, workspaces } from '#db/schema.ts';

export interface NewEvent {
  name: EventName;
  data: Record<string, unknown>;
  reportId: string | null;
  onlyMemberId: string | null;
}

export interface NewAudit {
  verb: string;
  subjectType: string;
  subjectId: string;
  reportId: string | null;
  before: unknown;
  after: unknown;
}

interface Happening {
  workspaceId: string;
  actorId: string | null;
  at: Date;
  events: readonly NewEvent[];
  audit: readonly NewAudit[];
}

/** First hash of a workspace's audit chain. */
export const AUDIT_GENESIS = '0'.repeat(64);

/** Stores both in the caller's transaction, last of all. Answers the version of the first event. */
export async function writeHappening(tx: Tx, happening: Happening): Promise<number> {
  const { workspaceId, actorId, at } = happening;
  const [head] = await tx
    .update(workspaces)
    .set({ eventHead: sql`${workspaces.eventHead} + ${happening.events.length}` })
    .where(eq(workspaces.id, workspaceId))
    .returning({ eventHead: workspaces.eventHead });
  if (head === undefined) throw new Error(`no workspace ${workspaceId}`);
  const first = head.eventHead - happening.events.length + 1;
  if (happening.events.length > 0) {
    await tx
      .insert(events)
      .values(
        happening.events.map((event, i) => ({ ...event, workspaceId, actorId, at, version: first + i })),
      );
  }
  if (happening.audit.length > 0) await appendAudit(tx, workspaceId, actorId, at, happening.audit);
  return first;
}

async function appendAudit(
  tx: Tx,
  workspaceId: string,
  actorId: string | null,
  at: Date,
  entries: readonly NewAudit[],
): Promise<void> {
  const [last] = await tx
    .select({ seq: audit.seq, hash: audit.hash })
    .from(audit)
    .where(eq(audit.workspaceId, workspaceId))
    .orderBy(desc(audit.seq))
    .limit(1);
  let seq = last?.seq ?? 0;
  let previousHash = last?.hash ?? AUDIT_GENESIS;
  const rows = entries.map((entry) => {
    seq += 1;
    const row = { ...entry, workspaceId, actorId, at, seq, previousHash };
    previousHash = auditHash(row);
    return { ...row, hash: previousHash };
  });
  await tx.insert(audit).values(rows);
}

type AuditContent = NewAudit & {
  workspaceId: string;
  actorId: string | null;
  at: Date;
  seq: number;
  previousHash: string;
};

/** SHA-256 over the row's content and the hash before it, keys sorted: a changed or missing row breaks the chain. */
export function auditHash(row: AuditContent): string {
  const content = [
    row.workspaceId,
    row.seq,
    row.actorId,
    row.verb,
    row.subjectType,
    row.subjectId,
    row.reportId,
    sorted(row.before),
    sorted(row.after),
    row.at.toISOString(),
    row.previousHash,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** jsonb keeps no order of keys, so the hash is taken over a fixed one. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

/** Rows of the audit log, oldest first, after `after`; of one report or of the whole workspace. */
export async function readAudit(
  db: DbOrTx,
  workspaceId: string,
  options: { reportId?: string; after?: number; limit: number },
) {
  const conditions = [eq(audit.workspaceId, workspaceId), gt(audit.seq, options.after ?? 0)];
  if (options.reportId !== undefined) conditions.push(eq(audit.reportId, options.reportId));
  return db
    .select()
    .from(audit)
    .where(and(...conditions))
    .orderBy(asc(audit.seq))
    .limit(options.limit);
}

export async function eventHeadOf(db: DbOrTx, workspaceId: string): Promise<number> {
  const [row] = await db
    .select({ eventHead: workspaces.eventHead })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  return row?.eventHead ?? 0;
}

/** Whether an entry of this verb names the file with this SHA-256 (`after.sha256`). */
export async function wasAudited(
  tx: Tx,
  { workspaceId, reportId }: { readonly workspaceId: string; readonly reportId: string },
  verb: string,
  sha256: string,
): Promise<boolean> {
  const ofReport = and(eq(audit.workspaceId, workspaceId), eq(audit.reportId, reportId));
  const named = and(eq(audit.verb, verb), sql`${audit.after}->>'sha256' = ${sha256}`);
  return (await tx.$count(audit, and(ofReport, named))) > 0;
}
