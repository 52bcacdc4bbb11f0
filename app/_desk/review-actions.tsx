'use client';
/** Signing off, asking for changes, rejecting; alone with a reason; and what to do when the server refused. */
import { Ellipsis } from 'lucide-react';
import { lazy, Suspense, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { ClaimRecord } from '#core/records.ts';
import type { Refusal } from '../_data/desk-store.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { Button, IconButton } from '../_ui/button.tsx';
import { TextArea } from '../_ui/field.tsx';
import { Menu, MenuItem } from '../_ui/menu.tsx';
import { useDesk, useDeskUi } from './desk-context.tsx';
import { useFormKeys } from './use-form-keys.ts';

/** Seldom: two people acted in the same moment. */
const ChangedMeanwhile = lazy(() => import('./changed-meanwhile.tsx'));

export function ReviewActions({ claim, onRateAnew }: { claim: ClaimRecord; onRateAnew: () => void }) {
  const { actions } = useDesk();
  const [mode, setMode] = useState<'choose' | 'request_changes' | 'reject'>('choose');
  const wish = useDeskUi((ui) =>
    ui.wish?.part === 'changes' && ui.wish.claimId === claim.id ? ui.wish.turn : 0,
  );
  useLayoutEffect(() => {
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
export function SignAlone({ claim, children }: { claim: ClaimRecord; children: ReactNode }) {
  const { actions } = useDesk();
  const [isAsking, setAsking] = useState(false);
  const wish = useDeskUi((ui) =>
    ui.wish?.part === 'changes' && ui.wish.claimId === claim.id ? ui.wish.turn : 0,
  );
  useLayoutEffect(() => {
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
  useLayoutEffect(() => form.current?.querySelector('textarea')?.focus(), []);
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

/** The server did not take my review: why, and what can be done instead. */
export function RefusedReview({ claim, refusal }: { claim: ClaimRecord; refusal: Refusal }) {
  const { actions, store, viewer } = useDesk();
  const [isAsking, setAsking] = useState(false);
  const done = (): void => store.dismiss(refusal.id);
  if (refusal.code === 'verdict_changed')
    return (
      <Suspense>
        <ChangedMeanwhile claim={claim} problem={refusal.body} onDone={done} />
      </Suspense>
    );
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
