'use client';
/** What the claim asks of me, first in its card: a rating, a sign-off, a re-check, a disagreement to settle. */
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import type { ClaimRecord, VerdictRecord } from '#core/records.ts';
import type { Refusal } from '../_data/desk-store.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { Button } from '../_ui/button.tsx';
import { RelativeTime } from '../_ui/clock.tsx';
import { toneOf, VerdictChip } from '../_ui/verdict.tsx';
import { useDesk, useDeskData } from './desk-context.tsx';
import { RatingPicker } from './rating-picker.tsx';
import { RefusedReview, ReviewActions, SignAlone } from './review-actions.tsx';
import { askOf } from './verdict-ask.ts';

const Difference = lazy(() => import('./difference.tsx'));

export function VerdictBlock({ claim }: { claim: ClaimRecord }) {
  const { viewer } = useDesk();
  const refusal = useReviewRefusal(claim.id);
  const asked = askOf(claim, viewer);
  return (
    <section aria-label={words.verdict} className="flex flex-col items-start gap-2 pt-0.5 pb-3">
      {claim.disputes.length > 0 ? (
        <Disagreement claim={claim} canSettle={asked === 'settle'} />
      ) : (
        <Standing claim={claim} />
      )}
      {refusal === null ? <Asked claim={claim} /> : <RefusedReview claim={claim} refusal={refusal} />}
    </section>
  );
}

/** The last refused review of this claim. */
function useReviewRefusal(claimId: string): Refusal | null {
  const refusals = useDeskData((data) => data.refusals);
  return useMemo(
    () =>
      refusals.findLast(
        ({ given: { command } }) => command.kind === 'review' && command.claimId === claimId,
      ) ?? null,
    [refusals, claimId],
  );
}

function Standing({ claim }: { claim: ClaimRecord }) {
  const { verdict } = claim;
  if (verdict === null) return null;
  const isStale = verdict.state === 'stale' || (verdict.state === 'final' && claim.status !== 'decided');
  return (
    <>
      <VerdictLine verdict={verdict} struck={isStale} />
      {isStale && verdict.stale !== null ? <WhyStale verdict={verdict} /> : null}
      {verdict.summary === '' ? null : (
        <p dir="auto" className="break-words text-ink">
          {verdict.summary}
        </p>
      )}
      {verdict.aloneReason === null ? null : (
        <p className="text-xs text-ink-3">{words.aloneReason(verdict.aloneReason)}</p>
      )}
      {verdict.reviews
        .filter((review) => review.comment !== null && !review.alone)
        .map((review) => (
          <p key={review.id} className="text-ink-2">
            <b className="font-semibold text-ink">{review.reviewer.name}</b>{' '}
            {words.reviewDid[review.decision]}: <span dir="auto">{review.comment}</span>
          </p>
        ))}
    </>
  );
}

function VerdictLine({ verdict, struck = false }: { verdict: VerdictRecord; struck?: boolean }) {
  const { ratings } = useDesk();
  const signer = verdict.reviews.findLast((review) => review.decision === 'approve');
  return (
    <VerdictChip
      tone={toneOf(ratings, verdict.rating)}
      label={verdict.label}
      struck={struck}
      note={
        verdict.state === 'final' && signer !== undefined ? (
          <>
            {words.signedBy(firstName(signer.reviewer.name))} <RelativeTime at={signer.at} />
          </>
        ) : (
          <>
            {words.verdictBy(verdict.state, firstName(verdict.proposedBy.name))}{' '}
            <RelativeTime at={verdict.proposedAt} />
          </>
        )
      }
    />
  );
}

/** A chip has room for one word of a name; the whole one is in the history. */
function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

function WhyStale({ verdict }: { verdict: VerdictRecord }) {
  const { stale } = verdict;
  if (stale === null) return null;
  return (
    <div className="w-full rounded-1 bg-hover px-2.5 py-2">
      <p className="mb-0.5 text-xs text-ink-3">
        {words.wordsChanged(stale.by?.name ?? null)} <RelativeTime at={stale.at} />
      </p>
      <div className="font-text text-[14px]">
        <Suspense fallback={stale.after}>
          <Difference before={stale.before} after={stale.after} />
        </Suspense>
      </div>
    </div>
  );
}

function Asked({ claim }: { claim: ClaimRecord }): ReactNode {
  const { actions, viewer, store } = useDesk();
  const [isRating, setRating] = useState(false);
  const asked = askOf(claim, viewer);
  const basis = basisOf(claim);
  const again = (
    <Button variant="ghost" size="sm" className="-ml-2" onClick={() => setRating(true)}>
      {words.rateAnew}
    </Button>
  );
  if (isRating && asked !== 'rate')
    return <RatingPicker claim={claim} basis={basis} onDone={() => setRating(false)} />;
  switch (asked) {
    case 'accept':
      return (
        <>
          <p className="text-ink-2">{words.suggestedBy(claim.createdBy.name)}</p>
          <div className="flex gap-1.5">
            <Button variant="primary" size="sm" onClick={() => setStatus('open')}>
              {words.accept}
            </Button>
            <Button size="sm" onClick={() => setStatus('dismissed')}>
              {words.dismissSuggestion}
            </Button>
          </div>
        </>
      );
    case 'rate':
      return <RatingPicker key={basis ?? 'first'} claim={claim} basis={basis} />;
    case 'review':
      return <ReviewActions claim={claim} onRateAnew={() => setRating(true)} />;
    case 'own':
      return (
        <>
          <p className="text-ink-2">{words.ownVerdict}</p>
          {again}
        </>
      );
    case 'own_alone':
      return <SignAlone claim={claim}>{again}</SignAlone>;
    case 'changes_asked':
      return (
        <>
          <p className="text-ink-2">{words.yourTurnIsOver(claim.verdict?.proposedBy.name ?? '')}</p>
          {again}
        </>
      );
    case 'stale':
      return (
        <div className="flex flex-wrap gap-1.5">
          <Button variant="primary" size="sm" kbd="H" onClick={() => actions.stillHolds(claim)}>
            {words.stillHolds}
          </Button>
          <Button size="sm" kbd="R" onClick={() => actions.checkAgain(claim)}>
            {words.checkAgain}
          </Button>
        </div>
      );
    case 'settle':
    case 'decided':
    case 'none':
      return null;
    case 'dismissed':
      return (
        <p className="text-ink-2">
          {words.dismissedAs(claim.dismissReason === null ? null : words.dismissReasons[claim.dismissReason])}
        </p>
      );
  }

  function setStatus(status: 'open' | 'dismissed'): void {
    const dismissReason = status === 'dismissed' ? ({ dismissReason: 'not_a_claim' } as const) : {};
    store.do({ kind: 'change_claim', claimId: claim.id, changes: { status, ...dismissReason } });
  }
}

/** Two verdicts by two people: both shown, one is chosen by proposing it on top. */
function Disagreement({ claim, canSettle }: { claim: ClaimRecord; canSettle: boolean }) {
  const { actions } = useDesk();
  const all = claim.verdict === null ? claim.disputes : [...claim.disputes, claim.verdict];
  return (
    <div className="w-full">
      <p className="mb-1.5 font-semibold">{words.disagree(all.length)}</p>
      <ul className="flex flex-col gap-2">
        {all.map((verdict) => (
          <li
            key={verdict.id}
            className="flex flex-col items-start gap-1.5 rounded-1 border border-line px-2.5 py-2"
          >
            <VerdictLine verdict={verdict} />
            {verdict.summary === '' ? null : <p dir="auto">{verdict.summary}</p>}
            {canSettle ? (
              <Button
                size="sm"
                onClick={() =>
                  actions.propose(
                    claim,
                    { value: verdict.rating, label: verdict.label },
                    verdict.summary,
                    claim.verdict?.id ?? null,
                  )
                }
              >
                {words.settleOn(verdict.label)}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The verdict that a new one replaces; one that is still on its way has no id of the server's yet. */
function basisOf({ verdict }: ClaimRecord): string | null {
  return verdict === null || verdict.id.startsWith('pending-') ? null : verdict.id;
}
