/** Who checks and who reviews a claim. */
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { addAssignment, changeAssignment as changeAssignmentSchema } from '#core/commands.ts';
import { can } from '#core/domain/roles.ts';
import type { Role } from '#core/domain/words.ts';
import { AppError } from '#core/errors.ts';
import type { AssignmentRecord } from '#core/records.ts';
import { claimIsThere, getClaim, toAssignment } from '#db/queries/claims.ts';
import { loadPeople, missingMembers } from '#db/queries/people.ts';
import { assignments } from '#db/schema.ts';
import type { DbOrTx } from '#db/open.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demand } from './access.ts';
import { runCommand, type Change } from './command.ts';
import { notify } from './notify.ts';

/** Assigns once: the same member in the same role again answers the assignment that is there. */
export async function assign(
  runtime: Runtime,
  principal: Principal,
  claimId: string,
  input: z.infer<typeof addAssignment>,
): Promise<AssignmentRecord> {
  const claim = await getClaim(runtime.database.db, principal.workspaceId, claimId);
  await demand(runtime, principal, claim.reportId, 'claim.assign');
  const role = input.role ?? 'checker';
  return runCommand(runtime, principal, async (change) => {
    const [stranger] = await missingMembers(change.tx, principal.workspaceId, [input.memberId]);
    if (stranger !== undefined) throw new AppError('invalid_input', `memberId: ${stranger} is no member`);
    const inserted = await change.tx
      .insert(assignments)
      .values({
        id: input.id ?? runtime.newId(),
        workspaceId: principal.workspaceId,
        reportId: claim.reportId,
        claimId,
        memberId: input.memberId,
        role,
        status: 'assigned',
        dueAt: input.dueAt == null ? null : new Date(input.dueAt),
        assignedBy: principal.memberId,
        at: change.at,
      })
      .onConflictDoNothing()
      .returning({ id: assignments.id });
    const [row] = await change.tx
      .select()
      .from(assignments)
      .where(
        and(
          eq(assignments.claimId, claimId),
          eq(assignments.memberId, input.memberId),
          eq(assignments.role, role),
          isNull(assignments.removedAt),
        ),
      );
    if (row === undefined) throw new AppError('id_taken', `id: ${input.id ?? ''} is used already`);
    const record = toAssignment(row, await loadPeople(change.tx, principal.workspaceId));
    if (inserted.length === 0) return record;
    await notify(change, {
      kind: role === 'reviewer' ? 'review_requested' : 'assignment',
      memberIds: [input.memberId],
      reportId: claim.reportId,
      claimId,
      excerpt: claim.quote.exact,
    });
    return say(change, record, 'assignment.added');
  });
}

/** An editor changes any; the assigned member their own status. */
export async function changeAssignment(
  runtime: Runtime,
  principal: Principal,
  assignmentId: string,
  input: z.infer<typeof changeAssignmentSchema>,
): Promise<AssignmentRecord> {
  const { before, role } = await demandOwn(runtime, principal, assignmentId);
  if (input.dueAt !== undefined && !can(role, 'claim.assign'))
    throw new AppError('forbidden', 'dueAt: only an editor says when it is due');
  return runCommand(runtime, principal, async (change) => {
    await change.tx
      .update(assignments)
      .set({
        ...(input.status === undefined ? {} : { status: input.status }),
        ...(input.dueAt === undefined ? {} : { dueAt: input.dueAt === null ? null : new Date(input.dueAt) }),
      })
      .where(eq(assignments.id, before.id));
    return say(
      change,
      await getAssignment(change.tx, principal.workspaceId, before.id),
      'assignment.changed',
      before,
    );
  });
}

export async function removeAssignment(
  runtime: Runtime,
  principal: Principal,
  assignmentId: string,
): Promise<void> {
  const { before } = await demandOwn(runtime, principal, assignmentId);
  await runCommand(runtime, principal, async (change) => {
    const removed = await change.tx
      .update(assignments)
      .set({ removedAt: change.at })
      .where(and(eq(assignments.id, before.id), isNull(assignments.removedAt)))
      .returning({ id: assignments.id });
    if (removed.length === 0) throw new AppError('not_found', 'There is no such assignment');
    change.emit(
      'assignment.removed',
      { assignmentId: before.id, claimId: before.claimId },
      { reportId: before.reportId },
    );
    change.audit(
      'assignment.removed',
      { type: 'assignment', id: before.id },
      { reportId: before.reportId, before },
    );
  });
}

async function demandOwn(
  runtime: Runtime,
  principal: Principal,
  assignmentId: string,
): Promise<{ before: AssignmentRecord; role: Role }> {
  const before = await getAssignment(runtime.database.db, principal.workspaceId, assignmentId);
  const role = await demand(runtime, principal, before.reportId, 'report.read');
  if (can(role, 'claim.assign') || before.member.id === principal.memberId) return { before, role };
  throw new AppError('forbidden', 'Only an editor or the assigned member changes an assignment');
}

async function getAssignment(
  db: DbOrTx,
  workspaceId: string,
  assignmentId: string,
): Promise<AssignmentRecord> {
  const [row] = await db
    .select()
    .from(assignments)
    .where(
      and(
        eq(assignments.id, assignmentId),
        eq(assignments.workspaceId, workspaceId),
        isNull(assignments.removedAt),
        claimIsThere(assignments.claimId),
      ),
    );
  if (row === undefined) throw new AppError('not_found', 'There is no such assignment');
  return toAssignment(row, await loadPeople(db, workspaceId));
}

function say(
  change: Change,
  record: AssignmentRecord,
  name: 'assignment.added' | 'assignment.changed',
  before: AssignmentRecord | null = null,
): AssignmentRecord {
  change.emit(name, { assignment: record }, { reportId: record.reportId });
  change.audit(
    name,
    { type: 'assignment', id: record.id },
    { reportId: record.reportId, before, after: record },
  );
  return record;
}
