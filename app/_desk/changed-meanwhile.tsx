'use client';
/** I decided on something that changed while I read it: the difference stands in place of the buttons. */
import { lazy, Suspense } from 'react';
import type { ClaimRecord } from '#core/records.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { Button } from '../_ui/button.tsx';
import { useDesk } from './desk-context.tsx';

const Difference = lazy(() => import('./difference.tsx'));

interface Change {
  verdict: { before: string; after: string };
  rationale: { before: string; after: string };
}

export default function ChangedMeanwhile({
  claim,
  problem,
  onDone,
}: {
  claim: ClaimRecord;
  problem: unknown;
  onDone: () => void;
}) {
  const { actions } = useDesk();
  const change = readChange(problem);
  const isSameVerdict = change.verdict.before === change.verdict.after;
  const proposeAsItIs = (): void => {
    const { verdict } = claim;
    onDone();
    if (verdict !== null)
      actions.propose(claim, { value: verdict.rating, label: verdict.label }, verdict.summary, verdict.id);
  };
  return (
    <div role="alert" className="flex w-full flex-col items-start gap-2 rounded-1 bg-hover px-2.5 py-2">
      <p className="font-semibold">{isSameVerdict ? words.rationaleChanged : words.verdictChanged}</p>
      <div className="w-full text-ink-2">
        <Suspense fallback={change.rationale.after}>
          {isSameVerdict ? null : <Difference before={change.verdict.before} after={change.verdict.after} />}
          {change.rationale.before === change.rationale.after ? null : (
            <Difference before={change.rationale.before} after={change.rationale.after} />
          )}
        </Suspense>
      </div>
      <div className="flex flex-wrap gap-1.5">
        {isSameVerdict ? (
          <Button size="sm" onClick={proposeAsItIs}>
            {words.proposeAsItIs}
          </Button>
        ) : null}
        <Button size="sm" variant={isSameVerdict ? 'ghost' : 'primary'} onClick={onDone}>
          {words.readIt}
        </Button>
      </div>
    </div>
  );
}

/** The members of a `verdict_changed` problem; what is missing counts as empty. */
export function readChange(problem: unknown): Change {
  const verdict = memberOf(problem, 'verdict');
  const rationale = memberOf(problem, 'rationale');
  return {
    verdict: {
      before: verdictLine(memberOf(verdict, 'before')),
      after: verdictLine(memberOf(verdict, 'now')),
    },
    rationale: { before: textOf(memberOf(rationale, 'before')), after: textOf(memberOf(rationale, 'now')) },
  };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function verdictLine(verdict: unknown): string {
  const label = textOf(memberOf(verdict, 'label'));
  const summary = textOf(memberOf(verdict, 'summary'));
  return [label, summary].filter((part) => part !== '').join(': ');
}
