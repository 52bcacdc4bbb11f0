/**
 * The claims, verdicts, evidence and threads of a bundle, put into a report that is being imported. Ids are new,
 * people are names and never members, verdicts are marked `imported` and sign nothing off here.
 */
import type { Bundle, BundleThread } from '#core/export/bundle.ts';
import { MAX_REPLY_DEPTH } from '#core/limits.ts';
import type { QuoteRecord } from '#core/records.ts';
import type { EncodedPlace, NewEntry } from '#core/text/claim-entry.ts';
import { importedClaimStatus, importedVerdictState } from '#server/import/bundle.ts';
import type { Principal } from '#server/principal.ts';
import type { DocRef } from '#server/sync/rooms.ts';
import { bodyText, type BroughtRows, type PlaceMaker } from './brought-rows.ts';
import type { Change } from './command.ts';
import { anchorColumns } from './places.ts';

type BundleClaim = Bundle['claims'][number];

interface BundleTarget {
  readonly change: Change;
  readonly principal: Principal;
  readonly ref: DocRef;
  readonly places: PlaceMaker;
  readonly rows: BroughtRows;
}

interface Target extends BundleTarget {
  /** The new id of each old one. */
  readonly ids: Map<string, string>;
}

/** Adds the rows of a bundle; answers its claims' entries for the report's document. */
export function takeBundle(bare: BundleTarget, bundle: Bundle): NewEntry[] {
  const target: Target = { ...bare, ids: idsFor(bundle, bare.change.runtime.newId) };
  for (const claim of bundle.claims) takeClaim(target, claim);
  for (const thread of bundle.threads) takeThread(target, thread, null);
  return bundle.claims.map((claim) => ({
    claimId: newId(target, claim.id),
    place: placeOf(target.places, claim.anchor),
    rationale: claim.rationale.text === '' ? null : claim.rationale.doc,
  }));
}

function newId(target: Target, old: string): string {
  const known = target.ids.get(old);
  if (known !== undefined) return known;
  const id = target.change.runtime.newId();
  target.ids.set(old, id);
  return id;
}

/** New ids that sort as the bundle is written: what is of one moment is listed by id, and shall stay in its order. */
function idsFor({ claims, threads }: Bundle, fresh: () => string): Map<string, string> {
  const talks = [...claims.flatMap(({ thread }) => thread ?? []), ...threads];
  const old = [
    ...claims.map(({ id }) => id),
    ...claims.flatMap(({ verdicts }) =>
      verdicts.flatMap(({ id, reviews }) => [id, ...reviews.map((one) => one.id)]),
    ),
    ...claims.flatMap(({ evidence }) => evidence.map(({ id }) => id)),
    ...talks.flatMap(({ id, comments }) => [id, ...comments.map((one) => one.id)]),
  ];
  const names = [...new Set(old)];
  const sorted = names.map(() => fresh()).toSorted();
  return new Map(names.map((name, i) => [name, sorted[i] ?? fresh()]));
}

/** A quotation that was not found has no words to stand on; its place is empty, and the search may find it later. */
function placeOf(places: PlaceMaker, anchor: { start: number | null; end: number | null }): EncodedPlace {
  return places.encoded(anchor.start ?? 0, anchor.end ?? 0);
}

function copiesIn(
  places: PlaceMaker,
  quote: QuoteRecord,
  { start, end }: { start: number | null; end: number | null },
): number {
  if (start === null || end === null || start >= end) return 1;
  return places.text.slice(start, end) === quote.exact ? places.copies(start, end) : 1;
}

function takeClaim(target: Target, claim: BundleClaim): void {
  const { principal, ref, rows } = target;
  const claimId = newId(target, claim.id);
  rows.claims.push({
    id: claimId,
    ...ref,
    ...claim.quote,
    copies: copiesIn(target.places, claim.quote, claim.anchor),
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
  for (const verdict of claim.verdicts) takeVerdict(target, claimId, verdict);
  for (const item of claim.evidence) {
    const { addedBy, addedAt, id, ...fields } = item;
    rows.evidence.push({
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
  if (claim.thread !== null) takeThread(target, claim.thread, claimId);
}

function takeVerdict(target: Target, claimId: string, verdict: BundleClaim['verdicts'][number]): void {
  const { principal, ref, rows } = target;
  const verdictId = newId(target, verdict.id);
  rows.verdicts.push({
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
    rows.reviews.push({
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

function takeThread(target: Target, thread: BundleThread, claimId: string | null): void {
  const { principal, ref, places, rows } = target;
  const threadId = newId(target, thread.id);
  const { anchor, quote, suggestion } = thread;
  const place = claimId === null && anchor !== null ? placeOf(places, anchor) : null;
  rows.threads.push({
    id: threadId,
    ...ref,
    claimId,
    ...(place === null || anchor === null || quote === null
      ? {}
      : {
          ...quote,
          copies: copiesIn(places, quote, anchor),
          // The words of a suggestion that was carried out are gone.
          ...(suggestion?.state === 'accepted' ? {} : { startPosition: place.start, endPosition: place.end }),
          ...anchorColumns(anchor),
        }),
    state: thread.state,
    importedResolver: thread.resolvedBy,
    ...(suggestion == null
      ? {}
      : {
          suggestionKind: suggestion.kind,
          suggestionText: suggestion.text,
          suggestionState: suggestion.state,
        }),
    deskOnly: false,
    createdBy: principal.memberId,
    createdAt: new Date(thread.createdAt),
  });
  const parents = parentsIn(thread);
  for (const comment of thread.comments) {
    const parentId = parents.get(comment.id) ?? null;
    rows.comments.push({
      id: newId(target, comment.id),
      ...ref,
      threadId,
      claimId,
      parentId: parentId === null ? null : newId(target, parentId),
      body: bodyText(comment.body),
      authorId: principal.memberId,
      importedAuthor: comment.author,
      at: new Date(comment.at),
      editedAt: comment.editedAt === null ? null : new Date(comment.editedAt),
      deletedAt: comment.deleted ? new Date(comment.at) : null,
    });
    takeReactions(target, comment);
  }
}

/**
 * What each comment answers here. As with every import, an answer deeper than answers go here stands beside the one
 * that it answered: nothing that was said is lost.
 */
function parentsIn({ comments }: BundleThread): Map<string, string | null> {
  const taken = new Map<string, { readonly parentId: string | null; readonly depth: number }>();
  for (const { id, parentId } of comments) {
    const parent = parentId === null ? undefined : taken.get(parentId);
    if (parent === undefined) taken.set(id, { parentId: null, depth: 0 });
    else if (parent.depth >= MAX_REPLY_DEPTH) taken.set(id, parent);
    else taken.set(id, { parentId, depth: parent.depth + 1 });
  }
  return new Map([...taken].map(([id, { parentId }]) => [id, parentId]));
}

function takeReactions(target: Target, comment: BundleThread['comments'][number]): void {
  const { principal, ref, rows } = target;
  for (const { name, by } of comment.reactions) {
    for (const importedAuthor of by) {
      rows.reactions.push({
        workspaceId: ref.workspaceId,
        commentId: newId(target, comment.id),
        memberId: principal.memberId,
        name,
        importedAuthor,
        at: new Date(comment.at),
      });
    }
  }
}

function importedStale({ by, ...words }: NonNullable<BundleClaim['verdicts'][number]['stale']>) {
  return { ...words, by: null, ...(by === null ? {} : { importedBy: by }) };
}
