/**
 * The claims, verdicts, evidence and threads of a bundle, put into a report that is being imported. Ids are new,
 * people are names and never members, verdicts are marked `imported` and sign nothing off here.
 */
import type * as Y from 'yjs';
import { makePlace } from '#core/anchor/place.ts';
import { describeQuote } from '#core/anchor/quote.ts';
import type { Bundle, BundleThread } from '#core/export/bundle.ts';
import type { QuoteRecord } from '#core/records.ts';
import { addEntries, type EncodedPlace } from '#core/text/claim-entry.ts';
import { flatten, type FlatText } from '#core/text/flatten.ts';
import { BODY_ROOT } from '#core/text/schema.ts';
import { claims, comments, evidence, reactions, reviews, threads, verdicts } from '#db/schema.ts';
import { importedClaimStatus, importedVerdictState } from '#server/import/bundle.ts';
import type { Principal } from '#server/principal.ts';
import type { DocRef } from '#server/sync/rooms.ts';
import type { Change } from './command.ts';
import { anchorColumns } from './places.ts';

type BundleClaim = Bundle['claims'][number];

interface Target {
  change: Change;
  principal: Principal;
  ref: DocRef;
  flat: FlatText;
  /** The new id of each old one. */
  ids: Map<string, string>;
}

/**
 * Adds the claims' entries to the document that the caller is about to store; `insertRows` then stores the rows.
 * Both happen in the caller's transaction.
 */
export function restoreBundle(
  change: Change,
  principal: Principal,
  ref: DocRef,
  doc: Y.Doc,
  bundle: Bundle,
): { insertRows(): Promise<void> } {
  const flat = flatten(doc.getXmlFragment(BODY_ROOT));
  const target: Target = { change, principal, ref, flat, ids: new Map() };
  const entries = bundle.claims.map((claim) => ({
    claimId: newId(target, claim.id),
    place: placeOf(flat, claim.anchor),
    rationale: claim.rationale.text === '' ? null : claim.rationale.doc,
  }));
  addEntries(doc, entries);
  return {
    insertRows: async () => {
      for (const claim of bundle.claims) await insertClaim(target, claim);
      for (const thread of bundle.threads) await insertThread(target, thread, null);
    },
  };
}

function newId(target: Target, old: string): string {
  const known = target.ids.get(old);
  if (known !== undefined) return known;
  const id = target.change.runtime.newId();
  target.ids.set(old, id);
  return id;
}

/** A quotation that was not found has no words to stand on; its place is empty, and the search may find it later. */
function placeOf(flat: FlatText, anchor: { start: number | null; end: number | null }): EncodedPlace {
  return makePlace(flat, anchor.start ?? 0, anchor.end ?? 0);
}

function copiesIn(
  flat: FlatText,
  quote: QuoteRecord,
  anchor: { start: number | null; end: number | null },
): number {
  if (anchor.start === null || anchor.end === null || anchor.start >= anchor.end) return 1;
  const described = describeQuote(flat.text, anchor.start, anchor.end);
  return described.exact === quote.exact ? described.copies : 1;
}

async function insertClaim(target: Target, claim: BundleClaim): Promise<void> {
  const { change, principal, ref } = target;
  const claimId = newId(target, claim.id);
  await change.tx.insert(claims).values({
    id: claimId,
    ...ref,
    ...claim.quote,
    copies: copiesIn(target.flat, claim.quote, claim.anchor),
    ...anchorColumns(claim.anchor),
    type: claim.type,
    claimant: claim.claimant,
    claimantRole: claim.claimantRole,
    claimDate: claim.claimDate,
    place: claim.place,
    priority: claim.priority,
    status: importedClaimStatus(claim.status),
    dismissReason: claim.dismissReason,
    tags: claim.tags,
    attributionState: claim.attribution.state,
    attributionNote: claim.attribution.note,
    createdBy: principal.memberId,
    importedAuthor: claim.createdBy,
    createdAt: new Date(claim.createdAt),
    updatedAt: new Date(claim.updatedAt),
  });
  for (const verdict of claim.verdicts) await insertVerdict(target, claimId, verdict);
  for (const item of claim.evidence) {
    const { addedBy, addedAt, id, ...fields } = item;
    await change.tx.insert(evidence).values({
      ...fields,
      ...ref,
      id: newId(target, id),
      claimId,
      deskOnly: false,
      addedBy: principal.memberId,
      importedAuthor: addedBy,
      addedAt: new Date(addedAt),
      updatedAt: new Date(addedAt),
    });
  }
  if (claim.thread !== null) await insertThread(target, claim.thread, claimId);
}

async function insertVerdict(
  target: Target,
  claimId: string,
  verdict: BundleClaim['verdicts'][number],
): Promise<void> {
  const { change, principal, ref } = target;
  const verdictId = newId(target, verdict.id);
  await change.tx.insert(verdicts).values({
    id: verdictId,
    ...ref,
    claimId,
    rating: verdict.rating,
    label: verdict.label,
    summary: verdict.summary,
    rationale: verdict.rationale,
    rationaleAuthors: [],
    words: verdict.words,
    state: importedVerdictState(verdict.state),
    basis: verdict.basis === null ? null : newId(target, verdict.basis),
    proposedBy: principal.memberId,
    importedAuthor: verdict.proposedBy,
    proposedAt: new Date(verdict.proposedAt),
    decidedAt: verdict.decidedAt === null ? null : new Date(verdict.decidedAt),
    goodUntil: verdict.goodUntil === null ? null : new Date(verdict.goodUntil),
    aloneReason: verdict.aloneReason,
    stale: verdict.stale === null ? null : importedStale(verdict.stale),
  });
  for (const review of verdict.reviews) {
    await change.tx.insert(reviews).values({
      id: newId(target, review.id),
      workspaceId: ref.workspaceId,
      verdictId,
      claimId,
      reviewerId: principal.memberId,
      importedAuthor: review.reviewer,
      decision: review.decision,
      comment: review.comment,
      alone: review.alone,
      at: new Date(review.at),
    });
  }
}

async function insertThread(target: Target, thread: BundleThread, claimId: string | null): Promise<void> {
  const { change, principal, ref, flat } = target;
  const threadId = newId(target, thread.id);
  const { anchor, quote } = thread;
  const place = claimId === null && anchor !== null ? placeOf(flat, anchor) : null;
  await change.tx.insert(threads).values({
    id: threadId,
    ...ref,
    claimId,
    ...(place === null || anchor === null || quote === null
      ? {}
      : {
          ...quote,
          copies: copiesIn(flat, quote, anchor),
          startPosition: place.start,
          endPosition: place.end,
          ...anchorColumns(anchor),
        }),
    state: thread.state,
    importedResolver: thread.resolvedBy,
    deskOnly: false,
    createdBy: principal.memberId,
    createdAt: new Date(thread.createdAt),
  });
  for (const comment of thread.comments) {
    await change.tx.insert(comments).values({
      id: newId(target, comment.id),
      ...ref,
      threadId,
      claimId,
      parentId: comment.parentId === null ? null : newId(target, comment.parentId),
      body: comment.body,
      authorId: principal.memberId,
      importedAuthor: comment.author,
      at: new Date(comment.at),
      editedAt: comment.editedAt === null ? null : new Date(comment.editedAt),
      deletedAt: comment.deleted ? new Date(comment.at) : null,
    });
    await insertReactions(target, comment);
  }
}

async function insertReactions(target: Target, comment: BundleThread['comments'][number]): Promise<void> {
  const { change, principal, ref } = target;
  const rows = comment.reactions.flatMap(({ name, by }) =>
    by.map((importedAuthor) => ({
      workspaceId: ref.workspaceId,
      commentId: newId(target, comment.id),
      memberId: principal.memberId,
      name,
      importedAuthor,
      at: new Date(comment.at),
    })),
  );
  if (rows.length > 0) await change.tx.insert(reactions).values(rows).onConflictDoNothing();
}

function importedStale({ by, ...words }: NonNullable<BundleClaim['verdicts'][number]['stale']>) {
  return { ...words, by: null, ...(by === null ? {} : { importedBy: by }) };
}
