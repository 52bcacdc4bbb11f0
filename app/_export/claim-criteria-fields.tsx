'use client';
/** Which of the claims go into an export: folded until somebody wants only some; a fold that is shut says what is chosen. */
import { ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { claimStatuses, claimTypes } from '#core/domain/words.ts';
import type { MemberRecord } from '#core/records.ts';
import { ask, sentenceOf } from '../_session/request.ts';
import { useSession } from '../_session/session.tsx';
import { exportWords as words } from '../_strings/en-export.ts';
import { strings } from '../_strings/en.ts';
import { Button } from '../_ui/button.tsx';
import { TextField } from '../_ui/field.tsx';
import { Select } from '../_ui/select.tsx';
import type { SelectOption } from '../_ui/select-look.ts';
import { criteria, wantedOf, type ClaimCriteria, type Criterion } from './export-choice.ts';

/** The value of a select that narrows nothing. */
const ANY = '';
/** As many as the server hands out at once. */
const MEMBERS = '/api/v1/members?limit=200';

export interface ClaimCriteriaFieldsProps {
  only: ClaimCriteria;
  disabled: boolean;
  onChange: (only: ClaimCriteria) => void;
}

export function ClaimCriteriaFields({ only, disabled, onChange }: ClaimCriteriaFieldsProps) {
  const { ratingScale } = useSession().workspace;
  const [isOpen, setOpen] = useState(false);
  const { members, problem } = useMembers(isOpen);
  const options: Record<Exclude<Criterion, 'tag'>, readonly SelectOption<string>[]> = {
    rating: ratingScale.map(({ value, label }) => ({ value, label })),
    status: claimStatuses.map((value) => ({ value, label: strings.claimStatuses[value] })),
    type: claimTypes.map((value) => ({ value, label: strings.claimTypes[value] })),
    assignee: members.map(({ id, name }) => ({ value: id, label: name })),
  };
  const labelOf = (name: Criterion, wanted: string): string =>
    name === 'tag' ? `#${wanted}` : (options[name].find(({ value }) => value === wanted)?.label ?? wanted);
  const chosen = criteria.flatMap((name) => {
    const wanted = wantedOf(only, name);
    return wanted === undefined ? [] : [labelOf(name, wanted)];
  });
  const change = (name: Criterion, value: string): void => {
    const { [name]: _, ...others } = only;
    onChange(value === ANY ? others : { ...others, [name]: value });
  };
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className="group/only">
      <summary className="-mx-1.5 flex min-h-8 cursor-pointer list-none items-center gap-1.5 rounded-1 px-1.5 text-sm hover:bg-hover pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={14}
          aria-hidden
          className="shrink-0 text-ink-3 transition-transform group-open/only:rotate-90"
        />
        <span className="shrink-0">{words.only}</span>
        <span dir="auto" className="min-w-0 truncate font-[550]">
          {isOpen ? null : chosen.join(' · ')}
        </span>
      </summary>
      <div className="mt-2 grid grid-cols-2 gap-2.5">
        {(['rating', 'status', 'type', 'assignee'] as const).map((name) => (
          <div key={name} className="min-w-0">
            <Select
              label={words.onlyNames[name]}
              value={only[name] ?? ANY}
              disabled={disabled}
              onChange={(value) => change(name, value)}
              options={[
                { value: ANY, label: name === 'assignee' ? words.anybody : words.any },
                ...options[name],
              ]}
              className="w-full"
            />
          </div>
        ))}
        <TextField
          label={words.onlyNames.tag}
          value={only.tag ?? ''}
          disabled={disabled}
          placeholder={words.any}
          dir="auto"
          onChange={(event) => change('tag', event.target.value)}
        />
        {chosen.length === 0 ? null : (
          <Button
            size="sm"
            variant="ghost"
            disabled={disabled}
            onClick={() => onChange({})}
            className="self-end"
          >
            {words.takeAll}
          </Button>
        )}
        {problem === null ? null : (
          <p role="alert" className="col-span-2 text-xs text-danger">
            {words.membersFailed} {problem}
          </p>
        )}
      </div>
    </details>
  );
}

/** Asked for when they are first wanted, and again at the next opening where that failed. */
function useMembers(isWanted: boolean): { members: readonly MemberRecord[]; problem: string | null } {
  const [members, setMembers] = useState<readonly MemberRecord[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const isMissing = isWanted && members.length === 0;
  useEffect(() => {
    if (!isMissing) return undefined;
    const stop = new AbortController();
    const read = async () => {
      try {
        const { items } = await ask.get<{ items: readonly MemberRecord[] }>(MEMBERS, stop.signal);
        setMembers(items);
        setProblem(null);
      } catch (error) {
        if (!stop.signal.aborted) setProblem(sentenceOf(error));
      }
    };
    void read();
    return () => stop.abort();
  }, [isMissing]);
  return { members, problem };
}
