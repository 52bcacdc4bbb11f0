'use client';
/** What a suggestion would change, and the two ways to decide it. */
import { Check, X } from 'lucide-react';
import { useId } from 'react';
import type { ThreadRecord, ThreadSuggestion } from '#core/records.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { Button } from '../_ui/button.tsx';
import { useDesk, useDeskData, useMay } from './desk-context.tsx';
import { suggestionLine } from './suggestion-line.ts';

export function SuggestionPart({ thread }: { thread: ThreadRecord }) {
  const { suggestion } = thread;
  if (suggestion === null) return null;
  const { state, decidedBy } = suggestion;
  return (
    <section aria-label={words.suggestion.label} className="mb-2.5">
      <p dir="auto" className="text-sm break-words whitespace-pre-line">
        {suggestionLine(suggestion, thread.quote?.exact ?? '')}
      </p>
      <p className="mt-1 text-xs text-ink-3">
        {state === 'pending'
          ? words.suggestion.by(suggestion.by.name)
          : words.suggestion[state](decidedBy?.name ?? null)}
      </p>
      {state === 'pending' ? <Decide threadId={thread.id} suggestion={suggestion} /> : null}
    </section>
  );
}

function Decide({ threadId, suggestion }: { threadId: string; suggestion: ThreadSuggestion }) {
  const { store, actions, viewer } = useDesk();
  const isLocked = useDeskData((data) => data.shown.report.locked);
  const mayDecide = useMay('body.write');
  const hint = useId();
  const isOwn = suggestion.by.id === viewer.id;
  if (!mayDecide && !isOwn) return null;
  const decide = (decision: 'accept' | 'reject'): void => {
    store.do({ kind: 'decide_suggestion', threadId, decision });
    actions.close();
  };
  return (
    <div className="mt-2 flex flex-wrap items-center gap-1.5">
      {mayDecide ? (
        <Button
          size="sm"
          variant="primary"
          icon={<Check size={14} aria-hidden />}
          disabled={isLocked}
          aria-describedby={isLocked ? hint : undefined}
          onClick={() => decide('accept')}
        >
          {words.suggestion.accept}
        </Button>
      ) : null}
      <Button size="sm" icon={<X size={14} aria-hidden />} onClick={() => decide('reject')}>
        {isOwn ? words.suggestion.takeBack : words.suggestion.reject}
      </Button>
      {mayDecide && isLocked ? (
        <p id={hint} className="w-full text-xs text-ink-3">
          {words.suggestion.acceptLocked}
        </p>
      ) : null}
    </div>
  );
}
