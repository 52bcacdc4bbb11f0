'use client';
/** What the claim asks of me, first in its card: a rating, a sign-off, a re-check, a disagreement to settle. */
import { lazy, Suspense, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Ellipsis } from 'lucide-react';
import type { ClaimRecord, VerdictRecord } from '#core/records.ts';
import type { Refusal } from '../_data/desk-store.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { Button, IconButton } from '../_ui/button.tsx';
import { RelativeTime } from '../_ui/clock.tsx';
import { TextArea } from '../_ui/field.tsx';
import { Menu, MenuItem } from '../_ui/menu.tsx';
import { toneOf, VerdictChip } from '../_ui/verdict.tsx';
import { useDesk, useDeskData, useDeskUi } from './desk-context.tsx';
import { RatingPicker } from './rating-picker.tsx';
import { useFormKeys } from './use-form-keys.ts';
import { askOf } from './verdict-ask.ts';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';

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
  const basis = claim.verdict?.id ?? null;
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

function ReviewActions({ claim, onRateAnew }: { claim: ClaimRecord; onRateAnew: () => void }) {
  const { actions } = useDesk();
  const [mode, setMode] = useState<'choose' | 'request_changes' | 'reject'>('choose');
  const wish = useDeskUi((ui) =>
    ui.wish?.part === 'changes' && ui.wish.claimId === claim.id ? ui.wish.turn : 0,
  );
  useEffect(() => {
    if (wish > 0) setMode('request_changes');
  }, [wish]);
  if (mode !== 'choose') {
    return (
      <ReasonForm
        label={mode === 'reject' ? words.whyReject : words.whyChanges}
        confirm={mode === 'reject' ? words.reject : words.askForChanges}
        onSend={(reason) => {
          actions.review(claim, mode, reason);
          setMode('choose');
        }}
        onCancel={() => setMode('choose')}
      />
    );
  }
  return (
    <div className="flex flex-wrap gap-1.5">
      <Button variant="primary" size="sm" kbd="Y" onClick={() => actions.signOff(claim)}>
        {words.signOff}
      </Button>
      <Button size="sm" kbd="N" onClick={() => setMode('request_changes')}>
        {words.askForChanges}
      </Button>
      <Menu
        align="start"
        trigger={
          <IconButton size="sm" label={words.moreAnswers}>
            <Ellipsis size={15} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setMode('reject')}>{words.rejectIt}</MenuItem>
        <MenuItem onSelect={onRateAnew}>{words.proposeAnother}</MenuItem>
      </Menu>
    </div>
  );
}

/** An owner who works alone: a reason that every export shows. */
function SignAlone({ claim, children }: { claim: ClaimRecord; children: ReactNode }) {
  const { actions } = useDesk();
  const [isAsking, setAsking] = useState(false);
  const wish = useDeskUi((ui) =>
    ui.wish?.part === 'changes' && ui.wish.claimId === claim.id ? ui.wish.turn : 0,
  );
  useEffect(() => {
    if (wish > 0) setAsking(true);
  }, [wish]);
  if (isAsking) {
    return (
      <ReasonForm
        label={words.whyAlone}
        hint={words.aloneHint}
        confirm={words.signAlone}
        isRequired
        onSend={(reason) => {
          actions.signOff(claim, reason);
          setAsking(false);
        }}
        onCancel={() => setAsking(false)}
      />
    );
  }
  return (
    <>
      <p className="text-ink-2">{words.ownVerdict}</p>
      <div className="flex flex-wrap gap-x-3 gap-y-1.5">
        <Button variant="ghost" size="sm" className="-ml-2" onClick={() => setAsking(true)}>
          {words.signAloneAsk}
        </Button>
        {children}
      </div>
    </>
  );
}

interface ReasonFormProps {
  label: string;
  hint?: string;
  confirm: string;
  isRequired?: boolean;
  onSend: (reason: string) => void;
  onCancel: () => void;
}

function ReasonForm({ label, hint, confirm, isRequired = false, onSend, onCancel }: ReasonFormProps) {
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  const send = (): void => {
    if (isRequired && reason.trim() === '') setMissing(true);
    else onSend(reason);
  };
  useFormKeys(form, { send, cancel: onCancel });
  return (
    <form
      ref={form}
      className="flex w-full flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextArea
        label={label}
        hint={hint}
        dir="auto"
        rows={2}
        controlClassName="min-h-14!"
        error={isMissing && reason.trim() === '' ? words.reasonMissing : undefined}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="flex gap-1.5">
        <Button variant="primary" size="sm" type="submit">
          {confirm}
        </Button>
        <Button variant="ghost" size="sm" onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
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

/** The server did not take my review: why, and what can be done instead. */
function RefusedReview({ claim, refusal }: { claim: ClaimRecord; refusal: Refusal }) {
  const { actions, store, viewer } = useDesk();
  const [isAsking, setAsking] = useState(false);
  const done = (): void => store.dismiss(refusal.id);
  if (refusal.code === 'verdict_changed')
    return <ChangedMeanwhile claim={claim} problem={refusal.body} onDone={done} />;
  const canAlone =
    viewer.role === 'owner' && (refusal.code === 'own_rationale' || refusal.code === 'own_verdict');
  if (isAsking) {
    return (
      <ReasonForm
        label={words.whyAlone}
        hint={words.aloneHint}
        confirm={words.signAlone}
        isRequired
        onSend={(reason) => {
          done();
          actions.signOff(claim, reason);
        }}
        onCancel={() => setAsking(false)}
      />
    );
  }
  return (
    <div
      role="alert"
      className="flex w-full flex-col items-start gap-1.5 rounded-1 border border-danger/40 px-2.5 py-2"
    >
      <p>{words.refusals[refusal.code] ?? refusal.sentence}</p>
      <div className="flex gap-1.5">
        {canAlone ? (
          <Button size="sm" onClick={() => setAsking(true)}>
            {words.signAloneAsk}
          </Button>
        ) : null}
        <Button variant="ghost" size="sm" onClick={done}>
          {words.understood}
        </Button>
      </div>
    </div>
  );
}
