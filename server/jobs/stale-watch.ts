/**
 * Keeps what the database says of the text in step with the text: where each claim is now, the words that search
 * finds, and verdicts whose words were edited after they were made, which become stale, with what changed and by whom.
 * Runs soon after a commit that changed a report's body; several commits in a row make one run.
 */
import { and, eq, isNull } from 'drizzle-orm';
import { resolvePlace } from '#core/anchor/place.ts';
import type { AnchorRecord } from '#core/records.ts';
import { findEntry } from '#core/text/claim-entry.ts';
import { countWords } from '#core/text/count-words.ts';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT } from '#core/text/schema.ts';
import { getClaim, quoteOf } from '#db/queries/claims.ts';
import { loadPeople } from '#db/queries/people.ts';
import { storePlaces, type StoredPlace } from '#db/queries/stored-places.ts';
import { placeOfThread } from '#db/queries/threads.ts';
import { claims, reports, threads } from '#db/schema.ts';
import { runCommand, type Actor, type Change } from '#server/commands/command.ts';
import { searchable } from '#server/commands/reports.ts';
import { markStale } from '#server/commands/stale.ts';
import type { Runtime } from '#server/runtime.ts';
import type { DocRef } from '#server/sync/rooms.ts';

/** Soon enough to be seen "within a second", late enough to take a burst of typing in one go. */
const SETTLE_MILLISECONDS = 250;
/**
 * What costs as much as fifty keystrokes, which wait for it, is done with the first edit and then, while somebody
 * types on, as often as this: the words that search finds, and the new offsets of claims that were merely shifted
 * (whoever shows claims places them in the text of the moment).
 */
const REST_MILLISECONDS = 5_000;

/** What is needed of a claim to follow it; the rest of the row, its search index above all, stays in the database. */
const followed = {
  id: claims.id,
  reportId: claims.reportId,
  exact: claims.exact,
  prefix: claims.prefix,
  suffix: claims.suffix,
  copies: claims.copies,
  anchorStart: claims.anchorStart,
  anchorEnd: claims.anchorEnd,
  anchorExact: claims.anchorExact,
  anchorState: claims.anchorState,
};
type FollowedClaim = Pick<typeof claims.$inferSelect, keyof typeof followed>;
interface Resolved {
  claim: FollowedClaim;
  anchor: AnchorRecord;
}

export interface StaleWatch {
  /** Waits for the runs under way and starts no more. */
  drain(): Promise<void>;
}

interface Waiting {
  ref: DocRef;
  memberId: string | null;
  timer: NodeJS.Timeout;
}

/** A report that was stored a moment ago, and whether its text has changed since. */
interface Resting {
  ref: DocRef;
  memberId: string | null;
  isStale: boolean;
  timer: NodeJS.Timeout;
}

export function startStaleWatch(runtime: Runtime): StaleWatch {
  const waiting = new Map<string, Waiting>();
  const resting = new Map<string, Resting>();
  const running = new Map<string, Promise<void>>();
  let stopped = false;

  /** After what runs for this report already. */
  const inTurn = ({ reportId }: DocRef, work: () => Promise<void>): void => {
    const before = running.get(reportId) ?? Promise.resolve();
    const done = before
      .then(work)
      .catch((error: unknown) =>
        runtime.log.error({ err: error, reportId }, 'could not follow the text of a report'),
      )
      .finally(() => {
        if (running.get(reportId) === done) running.delete(reportId);
      });
    running.set(reportId, done);
  };
  const rest = (ref: DocRef, memberId: string | null): void => {
    const timer = setTimeout(() => wake(ref.reportId), REST_MILLISECONDS);
    timer.unref();
    resting.set(ref.reportId, { ref, memberId, isStale: false, timer });
  };
  const wake = (reportId: string): void => {
    const rested = resting.get(reportId);
    resting.delete(reportId);
    if (rested?.isStale !== true) return;
    const { ref, memberId } = rested;
    if (!stopped) rest(ref, memberId);
    inTurn(ref, () => followText(runtime, ref, memberId));
  };
  const run = (reportId: string): void => {
    const next = waiting.get(reportId);
    if (next === undefined) return;
    waiting.delete(reportId);
    const { ref, memberId } = next;
    const rested = resting.get(reportId);
    if (rested !== undefined) Object.assign(rested, { memberId, isStale: true });
    else if (!stopped) rest(ref, memberId);
    inTurn(ref, () => followText(runtime, ref, memberId, { onlyWords: rested !== undefined }));
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
      for (const [reportId, { timer }] of resting) {
        clearTimeout(timer);
        wake(reportId);
      }
      await Promise.allSettled(running.values());
    },
  };
}

/** One run: resolve every place against the committed text, then store what differs; `onlyWords`: what cannot wait. */
export async function followText(
  runtime: Runtime,
  ref: DocRef,
  memberId: string | null,
  { onlyWords = false }: { onlyWords?: boolean } = {},
): Promise<void> {
  const { db } = runtime.database;
  const { text, resolved, placed } = await resolveAll(runtime, ref);
  const moved = resolved.filter(({ claim, anchor }) => !samePlace(claim, anchor));
  const changed = moved.filter(({ claim, anchor }) => !sameWords(claim, anchor));
  if (!onlyWords) {
    await storeText(runtime, ref, memberId, text);
    await storePlaces(db, claims, moved.filter(({ claim, anchor }) => sameWords(claim, anchor)).map(placeOf));
  }
  await storePlaces(
    db,
    threads,
    placed.filter(({ claim, anchor }) => !samePlace(claim, anchor)).map(placeOf),
  );
  if (changed.length === 0) return;
  const person = memberId === null ? null : (await loadPeople(db, ref.workspaceId)).person(memberId);
  const actor: Actor = { workspaceId: ref.workspaceId, memberId, name: person?.name ?? '' };
  await runCommand(runtime, actor, async (change) => {
    await storePlaces(change.tx, claims, changed.map(placeOf));
    for (const { claim, anchor } of changed) await sayChanged(change, claim, anchor);
  });
}

async function resolveAll(runtime: Runtime, ref: DocRef) {
  const { db } = runtime.database;
  const rows = await db
    .select(followed)
    .from(claims)
    .where(and(eq(claims.reportId, ref.reportId), isNull(claims.deletedAt)));
  const talk = await db
    .select()
    .from(threads)
    .where(and(eq(threads.reportId, ref.reportId), isNull(threads.claimId)));
  return runtime.rooms.read(ref, (doc) => {
    const flat = flatten(doc.getXmlFragment(BODY_ROOT));
    const resolved: Resolved[] = rows.flatMap((claim) => {
      const entry = findEntry(doc, claim.id);
      return entry === null ? [] : [{ claim, anchor: resolvePlace(flat, doc, entry.place, quoteOf(claim)) }];
    });
    const placed = talk.flatMap((thread) => {
      const place = placeOfThread(thread);
      return place === null ? [] : [{ claim: thread, anchor: resolvePlace(flat, doc, place, place.quote) }];
    });
    return { text: flat.text, resolved, placed };
  });
}

/** What search and the list of reports show: the words, how many, and that somebody wrote. */
async function storeText(
  { database, now }: Runtime,
  { reportId }: DocRef,
  memberId: string | null,
  text: string,
): Promise<void> {
  const found = { plainText: searchable(text), wordCount: countWords(text) };
  const touched = memberId === null ? {} : { updatedBy: memberId, updatedAt: now() };
  await database.db
    .update(reports)
    .set({ ...found, ...touched })
    .where(eq(reports.id, reportId));
}

async function sayChanged(change: Change, claim: FollowedClaim, anchor: AnchorRecord): Promise<void> {
  await markStale(change, claim, anchor.exact ?? '');
  const record = await getClaim(change.tx, change.actor.workspaceId, claim.id);
  change.emit('claim.changed', { claim: record }, { reportId: claim.reportId });
}

interface Place {
  anchorStart: number | null;
  anchorEnd: number | null;
  anchorExact: string | null;
  anchorState: string | null;
}

function samePlace(row: Place, anchor: AnchorRecord): boolean {
  return row.anchorStart === anchor.start && row.anchorEnd === anchor.end && sameWords(row, anchor);
}

function sameWords(row: Place, anchor: AnchorRecord): boolean {
  return (row.anchorExact ?? '') === (anchor.exact ?? '') && row.anchorState === anchor.state;
}

function placeOf({ claim, anchor }: { claim: { id: string }; anchor: AnchorRecord }): StoredPlace {
  return { id: claim.id, anchor };
}
