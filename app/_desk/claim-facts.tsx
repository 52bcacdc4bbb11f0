'use client';
/** The folded part of a card: facts, past verdicts, and the steps that take a claim away. Loaded when unfolded. */
import { useEffect, useState } from 'react';
import { dismissReasons, priorities, type DismissReason } from '#core/domain/words.ts';
import type { ChangeClaim } from '#core/commands.ts';
import type { ClaimRecord, SourcePageRecord, VerdictRecord } from '#core/records.ts';
import { pagesOf } from '#core/source-page.ts';
import { ask } from '../_session/request.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { strings } from '../_strings/en.ts';
import { Button } from '../_ui/button.tsx';
import { RelativeTime } from '../_ui/clock.tsx';
import { TextField } from '../_ui/field.tsx';
import { Menu, MenuItem } from '../_ui/menu.tsx';
import { Select } from '../_ui/select.tsx';
import { toneOf, VerdictChip } from '../_ui/verdict.tsx';
import { useDesk, useDeskData, useMay } from './desk-context.tsx';

export default function ClaimFacts({ claim }: { claim: ClaimRecord }) {
  const { store } = useDesk();
  const mayWrite = useMay('claim.write');
  const change = (changes: ChangeClaim): void => {
    store.do({ kind: 'change_claim', claimId: claim.id, changes });
  };
  return (
    <div className="flex flex-col gap-2.5 px-1.5 pt-1.5 pb-1">
      {mayWrite ? (
        <>
          <div className="grid grid-cols-2 gap-2.5">
            <LineField
              label={words.claimantRole}
              value={claim.claimantRole}
              onSave={(claimantRole) => change({ claimantRole })}
            />
            <LineField label={words.place} value={claim.place} onSave={(place) => change({ place })} />
            <LineField
              label={words.saidOn}
              type="date"
              value={claim.claimDate?.slice(0, 10) ?? null}
              onSave={(claimDate) => change({ claimDate })}
            />
            <div>
              <Select
                label={words.priority}
                value={claim.priority}
                onChange={(priority) => change({ priority })}
                className="w-full"
                options={priorities.map((value) => ({ value, label: strings.priorities[value] }))}
              />
            </div>
          </div>
          <LineField
            label={words.tags}
            hint={words.tagsHint}
            value={claim.tags.join(', ')}
            onSave={(text) => change({ tags: tagsOf(text ?? '') })}
          />
        </>
      ) : (
        <Facts claim={claim} />
      )}
      <SourcePages claim={claim} />
      <History claimId={claim.id} current={claim.verdict?.id ?? null} />
      {mayWrite ? <Endings claim={claim} /> : null}
    </div>
  );
}

function Facts({ claim }: { claim: ClaimRecord }) {
  const facts: [string, string | null][] = [
    [words.claimantRole, claim.claimantRole],
    [words.place, claim.place],
    [words.saidOn, claim.claimDate?.slice(0, 10) ?? null],
    [words.priority, strings.priorities[claim.priority]],
    [words.tags, claim.tags.length === 0 ? null : claim.tags.join(', ')],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

export function tagsOf(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim().replace(/^#/, ''));
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, 30);
}

interface LineFieldProps {
  label: string;
  value: string | null;
  type?: 'text' | 'date';
  hint?: string;
  /** Null when it was emptied. */
  onSave: (value: string | null) => void;
}

/** Saved on Enter or on leaving; Escape takes it back. */
function LineField({ label, value, type = 'text', hint, onSave }: LineFieldProps) {
  const [text, setText] = useState(value ?? '');
  const [before, setBefore] = useState(value);
  if (before !== value) {
    setBefore(value);
    setText(value ?? '');
  }
  const save = (): void => {
    if (text.trim() !== (value ?? '')) onSave(text.trim() === '' ? null : text.trim());
  };
  return (
    <TextField
      label={label}
      hint={hint}
      type={type}
      dir={type === 'text' ? 'auto' : undefined}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
        else if (event.key === 'Escape') setText(value ?? '');
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}

/** On which pages of a source that has pages the words stand. Asked anew when the words have moved. */
function SourcePages({ claim }: { claim: ClaimRecord }) {
  const { reportId } = useDesk();
  const hasPages = useDeskData(
    ({ shown }) => shown.report.source.kind === 'pdf' || shown.report.source.kind === 'json',
  );
  const { start, end } = claim.anchor;
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    if (!hasPages || start === null || end === null) return setShown(null);
    const stop = new AbortController();
    ask
      .get<{ items: SourcePageRecord[] }>(`/api/v1/reports/${reportId}/pages`, stop.signal)
      .then(({ items }) => {
        const pages = pagesOf(items, { start, end });
        setShown(pages === null ? null : words.sourcePages(pages.first, pages.last));
      })
      .catch(() => {
        if (!stop.signal.aborted) setShown(words.sourcePagesAway);
      });
    return () => stop.abort();
  }, [reportId, hasPages, start, end]);
  if (shown === null) return null;
  return (
    <p className="flex gap-3">
      <span className="text-ink-3">{words.source}</span>
      <span>{shown}</span>
    </p>
  );
}

/** Every verdict there was, once there was more than one. */
function History({ claimId, current }: { claimId: string; current: string | null }) {
  const { ratings } = useDesk();
  const [past, setPast] = useState<readonly VerdictRecord[] | 'failed'>([]);
  useEffect(() => {
    const stop = new AbortController();
    ask
      .get<{ items: VerdictRecord[] }>(`/api/v1/claims/${claimId}/verdicts`, stop.signal)
      .then(({ items }) => setPast(items))
      .catch(() => {
        if (!stop.signal.aborted) setPast('failed');
      });
    return () => stop.abort();
  }, [claimId, current]);
  if (past === 'failed') return <p className="text-xs text-ink-3">{words.historyAway}</p>;
  const others = past.filter((verdict) => verdict.id !== current);
  if (others.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 text-sm font-[550]">{words.pastVerdicts}</h3>
      <ol className="flex flex-col gap-1.5">
        {others.map((verdict) => (
          <li key={verdict.id} className="flex flex-col items-start gap-0.5">
            <VerdictChip
              tone={toneOf(ratings, verdict.rating)}
              label={verdict.label}
              struck
              note={
                <>
                  {verdict.proposedBy.name}, <RelativeTime at={verdict.proposedAt} />
                </>
              }
            />
            {verdict.summary === '' ? null : <p className="text-ink-2">{verdict.summary}</p>}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Endings({ claim }: { claim: ClaimRecord }) {
  const { store, actions } = useDesk();
  const dismiss = (dismissReason: DismissReason): void => {
    store.do({ kind: 'change_claim', claimId: claim.id, changes: { status: 'dismissed', dismissReason } });
  };
  return (
    <div className="-ml-2 flex flex-wrap gap-1">
      {claim.status === 'dismissed' ? (
        <Button
          variant="ghost"
          size="sm"
          onClick={() => store.do({ kind: 'change_claim', claimId: claim.id, changes: { status: 'open' } })}
        >
          {words.takeBack}
        </Button>
      ) : (
        <Menu
          align="start"
          trigger={
            <Button variant="ghost" size="sm">
              {words.dismiss}
            </Button>
          }
        >
          {dismissReasons.map((reason) => (
            <MenuItem key={reason} onSelect={() => dismiss(reason)}>
              {strings.dismissReasons[reason]}
            </MenuItem>
          ))}
        </Menu>
      )}
      {claim.status === 'decided' ? (
        <Button variant="ghost" size="sm" kbd="R" onClick={() => actions.checkAgain(claim)}>
          {words.checkAgain}
        </Button>
      ) : null}
      <Button variant="ghost" size="sm" className="text-danger!" onClick={() => actions.remove(claim)}>
        {words.deleteClaim}
      </Button>
    </div>
  );
}
