/**
 * Keeps what the database says of the text in step with the text: where each claim is now, the words that search
 * finds, and verdicts whose words were edited after they were made, which become stale, with what changed and by whom.
 * Runs soon after a commit that changed a report's body; several commits in a row make one run.
 */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { resolvePlace } from '#core/anchor/place.ts';
import { isOpenForReview } from '#core/domain/verdict.ts';
import type { AnchorRecord } from '#core/records.ts';
import { findEntry } from '#core/text/claim-entry.ts';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT } from '#core/text/schema.ts';
import { getClaim, quoteOf } from '#db/queries/claims.ts';
import { loadPeople } from '#db/queries/people.ts';
import { placeOfThread } from '#db/queries/threads.ts';
import { claims, reports, reviews, threads, verdicts } from '#db/schema.ts';
import { runCommand, type Actor, type Change } from '#server/commands/command.ts';
import { notify } from '#server/commands/notify.ts';
import { countWords, searchable } from '#server/commands/reports.ts';
import type { Runtime } from '#server/runtime.ts';
import type { DocRef } from '#server/sync/rooms.ts';

/** Soon enough to be seen "within a second", late enough to take a burst of typing in one go. */
const SETTLE_MILLISECONDS = 250;

type ClaimRow = typeof claims.$inferSelect;
interface Resolved {
  claim: ClaimRow;
  anchor: AnchorRecord;
}

export interface StaleWatch {
  /** Waits for the runs under way and starts no more. */
  drain(): Promise<void>;
}

export function startStaleWatch(runtime: Runtime): StaleWatch {
  const waiting = new Map<string, { ref: DocRef; memberId: string | null; timer: NodeJS.Timeout }>();
  const running = new Map<string, Promise<void>>();
  let stopped = false;

  const run = (reportId: string): void => {
    const next = waiting.get(reportId);
    if (next === undefined) return;
    waiting.delete(reportId);
    const before = running.get(reportId) ?? Promise.resolve();
    const done = before
      .then(() => followText(runtime, next.ref, next.memberId))
      .catch((error: unknown) =>
        runtime.log.error({ err: error, reportId }, 'could not follow the text of a report'),
      )
      .finally(() => {
        if (running.get(reportId) === done) running.delete(reportId);
      });
    running.set(reportId, done);
  };

  runtime.rooms.onBodyCommitted((ref, memberId) => {
    if (stopped) return;
    const before = waiting.get(ref.reportId);
    if (before !== undefined) {
      before.memberId = memberId ?? before.memberId;
      return;
    }
    const timer = setTimeout(() => run(ref.reportId), SETTLE_MILLISECONDS);
    timer.unref();
    waiting.set(ref.reportId, { ref, memberId, timer });
  });

  return {
    drain: async () => {
      stopped = true;
      for (const [reportId, { timer }] of waiting) {
        clearTimeout(timer);
        run(reportId);
      }
      await Promise.allSettled(running.values());
    },
  };
}

/** One run: resolve every place against the committed text, then store what differs. */
export async function followText(runtime: Runtime, ref: DocRef, memberId: string | null): Promise<void> {
  const { db } = runtime.database;
  const rows = await db
    .select()
    .from(claims)
    .where(and(eq(claims.reportId, ref.reportId), isNull(claims.deletedAt)));
  const talk = await db
    .select()
    .from(threads)
    .where(and(eq(threads.reportId, ref.reportId), isNull(threads.claimId)));
  const now = await runtime.rooms.read(ref, (doc) => {
    const flat = flatten(doc.getXmlFragment(BODY_ROOT));
    const resolved: Resolved[] = rows.flatMap((claim) => {
      const entry = findEntry(doc, claim.id);
      return entry === null ? [] : [{ claim, anchor: resolvePlace(flat, doc, entry.place, quoteOf(claim)) }];
    });
    const placed = talk.flatMap((thread) => {
      const place = placeOfThread(thread);
      return place === null ? [] : [{ thread, anchor: resolvePlace(flat, doc, place, place.quote) }];
    });
    return { text: flat.text, resolved, placed };
  });
  const actor: Actor = { workspaceId: ref.workspaceId, memberId, name: '' };
  const person = memberId === null ? null : (await loadPeople(db, ref.workspaceId)).person(memberId);
  await runCommand(runtime, { ...actor, name: person?.name ?? '' }, async (change) => {
    await change.tx
      .update(reports)
      .set({ plainText: searchable(now.text), wordCount: countWords(now.text) })
      .where(eq(reports.id, ref.reportId));
    for (const { claim, anchor } of now.resolved) await followClaim(change, claim, anchor);
    for (const { thread, anchor } of now.placed) {
      if (samePlace(thread, anchor)) continue;
      await change.tx.update(threads).set(placeColumns(anchor)).where(eq(threads.id, thread.id));
    }
  });
}

async function followClaim(change: Change, claim: ClaimRow, anchor: AnchorRecord): Promise<void> {
  const moved = !samePlace(claim, anchor);
  if (moved) await change.tx.update(claims).set(placeColumns(anchor)).where(eq(claims.id, claim.id));
  const wordsChanged =
    (claim.anchorExact ?? '') !== (anchor.exact ?? '') || claim.anchorState !== anchor.state;
  if (!wordsChanged) return;
  const becameStale = await markStale(change, claim, anchor.exact ?? '');
  const record = await getClaim(change.tx, change.actor.workspaceId, claim.id);
  change.emit('claim.changed', { claim: record }, { reportId: claim.reportId });
  if (becameStale)
    change.audit(
      'claim.became_stale',
      { type: 'claim', id: claim.id },
      { reportId: claim.reportId, after: { words: anchor.exact } },
    );
}

/** Verdicts made on other words than those that stand there now. Answers whether there were any. */
async function markStale(change: Change, claim: ClaimRow, words: string): Promise<boolean> {
  const judged = await change.tx.select().from(verdicts).where(eq(verdicts.claimId, claim.id)).for('update');
  const outdated = judged.filter(
    (one) => (one.state === 'final' || isOpenForReview(one.state)) && one.words !== words,
  );
  if (outdated.length === 0) return false;
  for (const verdict of outdated) {
    const stale = {
      before: verdict.words,
      after: words,
      by: change.actor.memberId,
      at: change.at.toISOString(),
    };
    await change.tx.update(verdicts).set({ state: 'stale', stale }).where(eq(verdicts.id, verdict.id));
  }
  await change.tx
    .update(claims)
    .set({ status: 'needs_recheck', updatedAt: change.at })
    .where(eq(claims.id, claim.id));
  const given = await change.tx
    .select({ reviewerId: reviews.reviewerId })
    .from(reviews)
    .where(
      inArray(
        reviews.verdictId,
        outdated.map((verdict) => verdict.id),
      ),
    );
  const concerned = [
    ...outdated.map((verdict) => verdict.proposedBy),
    ...given.map((review) => review.reviewerId),
  ];
  await notify(change, {
    kind: 'claim_stale',
    memberIds: concerned,
    reportId: claim.reportId,
    claimId: claim.id,
    excerpt: claim.exact,
  });
  return true;
}

interface StoredPlace {
  anchorStart: number | null;
  anchorEnd: number | null;
  anchorExact: string | null;
  anchorState: string | null;
}

function samePlace(row: StoredPlace, anchor: AnchorRecord): boolean {
  return (
    row.anchorStart === anchor.start &&
    row.anchorEnd === anchor.end &&
    row.anchorExact === anchor.exact &&
    row.anchorState === anchor.state
  );
}

function placeColumns(anchor: AnchorRecord) {
  return {
    anchorStart: anchor.start,
    anchorEnd: anchor.end,
    anchorExact: anchor.exact,
    anchorState: anchor.state,
    anchorConfidence: anchor.confidence,
  };
}
