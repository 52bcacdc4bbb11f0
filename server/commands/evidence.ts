/** Evidence for or against a claim. */
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { AddEvidence, changeEvidence as changeEvidenceSchema } from '#core/commands.ts';
import { AppError } from '#core/errors.ts';
import type { EvidenceRecord } from '#core/records.ts';
import { claimIsThere, reportOfClaim, toEvidence } from '#db/queries/claims.ts';
import { loadPeople } from '#db/queries/people.ts';
import { touchReport } from '#db/queries/reports.ts';
import { evidence } from '#db/schema.ts';
import type { DbOrTx } from '#db/open.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demand } from './access.ts';
import { runCommand, type Change } from './command.ts';

export async function addEvidence(
  runtime: Runtime,
  principal: Principal,
  claimId: string,
  input: AddEvidence,
): Promise<EvidenceRecord> {
  const reportId = await reportOfClaim(runtime.database.db, principal.workspaceId, claimId);
  await demand(runtime, principal, reportId, 'evidence.write');
  return runCommand(runtime, principal, async (change) => {
    const id = input.id ?? runtime.newId();
    const inserted = await change.tx
      .insert(evidence)
      .values({
        id,
        workspaceId: principal.workspaceId,
        reportId,
        claimId,
        title: input.title,
        url: input.url ?? null,
        publisher: input.publisher ?? null,
        publishedAt: input.publishedAt ?? null,
        kind: input.kind ?? 'other',
        quote: input.quote ?? null,
        stance: input.stance,
        deskOnly: input.deskOnly ?? false,
        addedBy: principal.memberId,
        addedAt: change.at,
        updatedAt: change.at,
      })
      .onConflictDoNothing()
      .returning({ id: evidence.id });
    if (inserted.length === 0) return retried(change, principal, claimId, id);
    return say(change, await getEvidence(change.tx, principal.workspaceId, id), 'evidence.added');
  });
}

/** The same request again answers the same; an id of anything else, removed or elsewhere, is taken. */
async function retried(
  change: Change,
  principal: Principal,
  claimId: string,
  id: string,
): Promise<EvidenceRecord> {
  const own = and(
    eq(evidence.id, id),
    eq(evidence.claimId, claimId),
    eq(evidence.addedBy, principal.memberId),
    isNull(evidence.importedAuthor),
    isNull(evidence.deletedAt),
  );
  const [row] = await change.tx.select().from(evidence).where(own);
  if (row === undefined) throw new AppError('id_taken', `id: ${id} is used already`);
  return toEvidence(row, await loadPeople(change.tx, principal.workspaceId));
}

export async function changeEvidence(
  runtime: Runtime,
  principal: Principal,
  evidenceId: string,
  input: z.infer<typeof changeEvidenceSchema>,
): Promise<EvidenceRecord> {
  const before = await getEvidence(runtime.database.db, principal.workspaceId, evidenceId);
  await demand(runtime, principal, before.reportId, 'evidence.write');
  const set = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return runCommand(runtime, principal, async (change) => {
    await change.tx
      .update(evidence)
      .set({ ...set, updatedAt: change.at })
      .where(eq(evidence.id, evidenceId));
    return say(
      change,
      await getEvidence(change.tx, principal.workspaceId, evidenceId),
      'evidence.changed',
      before,
    );
  });
}

export async function removeEvidence(
  runtime: Runtime,
  principal: Principal,
  evidenceId: string,
): Promise<void> {
  const before = await getEvidence(runtime.database.db, principal.workspaceId, evidenceId);
  await demand(runtime, principal, before.reportId, 'evidence.write');
  await runCommand(runtime, principal, async (change) => {
    const removed = await change.tx
      .update(evidence)
      .set({ deletedAt: change.at })
      .where(and(eq(evidence.id, evidenceId), isNull(evidence.deletedAt)))
      .returning({ id: evidence.id });
    if (removed.length === 0) throw new AppError('not_found', 'There is no such evidence');
    await touchReport(change.tx, before.reportId, principal.memberId, change.at);
    change.emit('evidence.removed', { evidenceId, claimId: before.claimId }, { reportId: before.reportId });
    change.audit(
      'evidence.removed',
      { type: 'evidence', id: evidenceId },
      { reportId: before.reportId, before },
    );
  });
}

/** Throws not_found, also for what was removed or whose claim was. */
export async function getEvidence(
  db: DbOrTx,
  workspaceId: string,
  evidenceId: string,
): Promise<EvidenceRecord> {
  const [row] = await db
    .select()
    .from(evidence)
    .where(
      and(
        eq(evidence.id, evidenceId),
        eq(evidence.workspaceId, workspaceId),
        isNull(evidence.deletedAt),
        claimIsThere(evidence.claimId),
      ),
    );
  if (row === undefined) throw new AppError('not_found', 'There is no such evidence');
  return toEvidence(row, await loadPeople(db, workspaceId));
}

async function say(
  change: Change,
  record: EvidenceRecord,
  name: 'evidence.added' | 'evidence.changed',
  before: EvidenceRecord | null = null,
): Promise<EvidenceRecord> {
  if (change.actor.memberId !== null)
    await touchReport(change.tx, record.reportId, change.actor.memberId, change.at);
  change.emit(name, { evidence: record }, { reportId: record.reportId });
  change.audit(
    name,
    { type: 'evidence', id: record.id },
    { reportId: record.reportId, before, after: record },
  );
  return record;
}
