/** Claims: made, changed, moved by hand, removed and brought back. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import * as Y from 'yjs';
import type { AddClaim, ChangeClaim, SelectorInput } from '#core/commands.ts';
import { maySetStatus } from '#core/domain/claim-life.ts';
import { resolvePlace } from '#core/anchor/place.ts';
import { can } from '#core/domain/roles.ts';
import { AppError } from '#core/errors.ts';
import { MAX_CLAIMS_PER_REPORT } from '#core/limits.ts';
import type { ClaimRecord } from '#core/records.ts';
import { entriesUpdate, findEntry, rationaleFromText, type EncodedPlace } from '#core/text/claim-entry.ts';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT, CLAIMS_ROOT } from '#core/text/schema.ts';
import { getClaim, holdClaim, quoteOf } from '#db/queries/claims.ts';
import { touchReport } from '#db/queries/reports.ts';
import { threadsOfClaim } from '#db/queries/threads.ts';
import type { DbOrTx } from '#db/open.ts';
import { claims, verdicts } from '#db/schema.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import type { DocRef } from '#server/sync/rooms.ts';
import { demand } from './access.ts';
import { runCommand, type Change } from './command.ts';
import { anchorColumns, findPlace } from './places.ts';
import { markStale } from './stale.ts';

/** A commenter's claim is `suggested`; an editor's is open at once. Sent again with the same id, it answers the same. */
export async function addClaim(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  input: AddClaim,
): Promise<ClaimRecord> {
  const role = await demand(runtime, principal, reportId, 'claim.propose');
  const made =
    input.id === undefined ? null : await ownClaim(runtime.database.db, principal, reportId, input.id);
  if (made !== null) return made;
  const mayWrite = can(role, 'claim.write');
  const rationale = input.rationale?.trim() ?? '';
  if (rationale !== '' && !can(role, 'rationale.write')) {
    throw new AppError(
      'forbidden',
      'rationale: only an editor writes it; propose the claim without one and add a comment',
    );
  }
  const ref = { workspaceId: principal.workspaceId, reportId };
  const { quote, anchor, place } = await findPlace(runtime, ref, input.selector);
  const claimId = input.id ?? runtime.newId();
  return runCommand(runtime, principal, async (change) => {
    await demandRoom(change, reportId);
    const inserted = await change.tx
      .insert(claims)
      .values({
        id: claimId,
        workspaceId: principal.workspaceId,
        reportId,
        ...quote,
        ...anchorColumns(anchor),
        type: input.type ?? 'other',
        claimant: input.claimant ?? null,
        claimantRole: input.claimantRole ?? null,
        priority: input.priority ?? 'normal',
        status: mayWrite ? 'open' : 'suggested',
        tags: [...new Set(input.tags ?? [])],
        attributionState: 'unchecked',
        createdBy: principal.memberId,
        createdAt: change.at,
        updatedAt: change.at,
      })
      .onConflictDoNothing()
      .returning({ id: claims.id });
    if (inserted.length === 0) return retriedAtOnce(change, principal, reportId, claimId);
    const update = entriesUpdate([{ claimId, place, rationale: rationaleFromText(rationale) }]);
    await change.edit(ref, update, principal.memberId);
    return sayChanged(change, claimId, 'claim.added');
  });
}

/** The same request twice at once: the second insert found the first one's row. */
async function retriedAtOnce(
  change: Change,
  principal: Principal,
  reportId: string,
  claimId: string,
): Promise<ClaimRecord> {
  const claim = await ownClaim(change.tx, principal, reportId, claimId);
  if (claim === null) throw new AppError('id_taken', `id: ${claimId} is used already`);
  return claim;
}

/** The caller's claim with this id; null when there is none. Throws id_taken when it is something else's. */
async function ownClaim(db: DbOrTx, principal: Principal, reportId: string, id: string) {
  const [row] = await db
    .select({ reportId: claims.reportId, createdBy: claims.createdBy })
    .from(claims)
    .where(and(eq(claims.id, id), eq(claims.workspaceId, principal.workspaceId), isNull(claims.deletedAt)));
  if (row === undefined) return null;
  if (row.reportId !== reportId || row.createdBy !== principal.memberId)
    throw new AppError('id_taken', `id: ${id} is used already`);
  return getClaim(db, principal.workspaceId, id);
}

async function demandRoom(change: Change, reportId: string): Promise<void> {
  const [row] = await change.tx
    .select({ n: sql<number>`count(*)::int` })
    .from(claims)
    .where(eq(claims.reportId, reportId));
  if ((row?.n ?? 0) >= MAX_CLAIMS_PER_REPORT) {
    throw new AppError('too_large', `A report holds at most ${MAX_CLAIMS_PER_REPORT} claims`);
  }
}

export async function changeClaim(
  runtime: Runtime,
  principal: Principal,
  claimId: string,
  input: ChangeClaim,
): Promise<ClaimRecord> {
  const before = await getClaim(runtime.database.db, principal.workspaceId, claimId);
  await demand(runtime, principal, before.reportId, 'claim.write');
  return runCommand(runtime, principal, async (change) => {
    const row = await holdClaim(change.tx, principal.workspaceId, claimId);
    const status = input.status ?? row.status;
    if (!maySetStatus(row.status, status)) {
      throw new AppError(
        'wrong_state',
        `status: a claim that is ${row.status} cannot be set to ${status} by hand`,
      );
    }
    const dismissReason = status === 'dismissed' ? (input.dismissReason ?? row.dismissReason) : null;
    if (status === 'dismissed' && dismissReason === null) {
      throw new AppError('invalid_input', 'dismissReason: a dismissed claim needs a reason');
    }
    if (row.status === 'decided' && status === 'needs_recheck') await doubtVerdict(change, claimId);
    const { status: _status, dismissReason: _reason, tags, ...fields } = input;
    const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    await change.tx
      .update(claims)
      .set({
        ...set,
        ...(tags === undefined ? {} : { tags: [...new Set(tags)] }),
        status,
        dismissReason,
        updatedAt: change.at,
      })
      .where(eq(claims.id, claimId));
    return sayChanged(change, claimId, 'claim.changed', pick(before, Object.keys(input)), input);
  });
}

/** "Check again": the final verdict no longer stands, though the words did not change. */
async function doubtVerdict(change: Change, claimId: string): Promise<void> {
  const [final] = await change.tx
    .select({ id: verdicts.id, words: verdicts.words })
    .from(verdicts)
    .where(and(eq(verdicts.claimId, claimId), eq(verdicts.state, 'final')));
  if (final === undefined) return;
  const stale = {
    before: final.words,
    after: final.words,
    by: change.actor.memberId,
    at: change.at.toISOString(),
  };
  await change.tx.update(verdicts).set({ state: 'stale', stale }).where(eq(verdicts.id, final.id));
}

/** Puts a claim back on words by hand: the quotation becomes the words that stand there. */
export async function moveClaim(
  runtime: Runtime,
  principal: Principal,
  claimId: string,
  selector: SelectorInput,
): Promise<ClaimRecord> {
  const before = await getClaim(runtime.database.db, principal.workspaceId, claimId);
  await demand(runtime, principal, before.reportId, 'claim.write');
  const ref = { workspaceId: principal.workspaceId, reportId: before.reportId };
  const { quote, anchor, place } = await findPlace(runtime, ref, selector);
  return runCommand(runtime, principal, async (change) => {
    await holdClaim(change.tx, principal.workspaceId, claimId);
    // Under the lock: of two moves at once, row and entry both keep the later one.
    const update = await entryMoved(change, ref, claimId, place);
    await change.tx
      .update(claims)
      .set({
        ...quote,
        ...anchorColumns(anchor),
        updatedAt: change.at,
      })
      .where(eq(claims.id, claimId));
    await change.edit(ref, update, principal.memberId);
    await markStale(change, { id: claimId, reportId: before.reportId, exact: quote.exact }, anchor.exact);
    return sayChanged(change, claimId, 'claim.changed', { quote: before.quote }, { quote });
  });
}

async function entryMoved(
  change: Change,
  ref: DocRef,
  claimId: string,
  place: EncodedPlace,
): Promise<Uint8Array> {
  const copy = await change.runtime.rooms.fork(ref, change.tx);
  const known = Y.encodeStateVector(copy);
  copy.transact(() => {
    const entry = copy.getMap(CLAIMS_ROOT).get(claimId);
    if (!(entry instanceof Y.Map)) throw new AppError('not_found', 'The claim has no entry in the document');
    entry.set('start', place.start);
    entry.set('end', place.end);
  });
  return Y.encodeStateAsUpdate(copy, known);
}

/** Hides the claim; its entry in the document stays, so bringing it back loses nothing. */
export async function removeClaim(runtime: Runtime, principal: Principal, claimId: string): Promise<void> {
  const claim = await getClaim(runtime.database.db, principal.workspaceId, claimId);
  const ownSuggestion = claim.status === 'suggested' && claim.createdBy.id === principal.memberId;
  await demand(runtime, principal, claim.reportId, ownSuggestion ? 'claim.propose' : 'claim.write');
  await runCommand(runtime, principal, async (change) => {
    const row = await holdClaim(change.tx, principal.workspaceId, claimId);
    if (ownSuggestion && row.status !== 'suggested')
      throw new AppError('conflict', 'The suggestion was taken up meanwhile');
    await change.tx.update(claims).set({ deletedAt: change.at }).where(eq(claims.id, claimId));
    await touchReport(change.tx, claim.reportId, principal.memberId, change.at);
    change.emit('claim.removed', { claimId }, { reportId: claim.reportId });
    change.audit(
      'claim.removed',
      { type: 'claim', id: claimId },
      { reportId: claim.reportId, before: { quote: claim.quote.exact } },
    );
  });
}

/** Brings a removed claim back, on the words that stand there now: the text may have changed while it was away. */
export async function restoreClaim(
  runtime: Runtime,
  principal: Principal,
  claimId: string,
): Promise<ClaimRecord> {
  const { workspaceId } = principal;
  const known = and(eq(claims.id, claimId), eq(claims.workspaceId, workspaceId));
  const [found] = await runtime.database.db.select({ reportId: claims.reportId }).from(claims).where(known);
  if (found === undefined) throw new AppError('not_found', 'There is no such claim');
  const { reportId } = found;
  await demand(runtime, principal, reportId, 'claim.write');
  return runCommand(runtime, principal, async (change) => {
    const [row] = await change.tx.select().from(claims).where(known).for('update');
    if (row === undefined || row.deletedAt === null) return getClaim(change.tx, workspaceId, claimId);
    const anchor = await runtime.rooms.read(
      { workspaceId, reportId },
      (doc) => {
        const entry = findEntry(doc, claimId);
        const flat = flatten(doc.getXmlFragment(BODY_ROOT));
        return entry === null ? null : resolvePlace(flat, doc, entry.place, quoteOf(row));
      },
      change.tx,
    );
    if (anchor === null) throw new AppError('not_found', 'The claim has no entry in the document');
    await change.tx
      .update(claims)
      .set({ ...anchorColumns(anchor), deletedAt: null, updatedAt: change.at })
      .where(eq(claims.id, claimId));
    await markStale(change, row, anchor.exact ?? '');
    const claim = await sayChanged(change, claimId, 'claim.added');
    // Who opened the report while the claim was away does not have its threads.
    for (const thread of await threadsOfClaim(change.tx, workspaceId, claimId))
      change.emit('thread.changed', { thread }, { reportId });
    return claim;
  });
}

/** Says that a claim changed, to sockets and to the audit log; answers its record. */
export async function sayChanged(
  change: Change,
  claimId: string,
  name: 'claim.added' | 'claim.changed' | 'claim.judged' | 'claim.reviewed',
  before: unknown = null,
  after: unknown = null,
): Promise<ClaimRecord> {
  const claim = await getClaim(change.tx, change.actor.workspaceId, claimId);
  if (change.actor.memberId !== null)
    await touchReport(change.tx, claim.reportId, change.actor.memberId, change.at);
  change.emit(name, { claim }, { reportId: claim.reportId });
  change.audit(
    name,
    { type: 'claim', id: claimId },
    { reportId: claim.reportId, before, after: after ?? { quote: claim.quote.exact } },
  );
  return claim;
}

function pick(record: ClaimRecord, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
}

/** Was it said so? Apart from whether it is so. */
export async function setAttribution(
  runtime: Runtime,
  principal: Principal,
  claimId: string,
  input: { state: ClaimRecord['attribution']['state']; note?: string | null | undefined },
): Promise<ClaimRecord> {
  const before = await getClaim(runtime.database.db, principal.workspaceId, claimId);
  await demand(runtime, principal, before.reportId, 'claim.write');
  return runCommand(runtime, principal, async (change) => {
    await holdClaim(change.tx, principal.workspaceId, claimId);
    await change.tx
      .update(claims)
      .set({ attributionState: input.state, attributionNote: input.note ?? null, updatedAt: change.at })
      .where(eq(claims.id, claimId));
    return sayChanged(
      change,
      claimId,
      'claim.changed',
      { attribution: before.attribution },
      { attribution: input },
    );
  });
}
