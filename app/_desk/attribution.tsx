'use client';
/** Said and so are two questions. A quotation is asked both: this is the first. */
import { attributionStates } from '#core/domain/words.ts';
import type { ClaimRecord } from '#core/records.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { strings } from '../_strings/en.ts';
import { Select } from '../_ui/select.tsx';
import { useDesk, useMay } from './desk-context.tsx';

export function Attribution({ claim }: { claim: ClaimRecord }) {
  const { store } = useDesk();
  const mayWrite = useMay('claim.write');
  const { state, note } = claim.attribution;
  return (
    <section
      aria-label={words.wasItSaid}
      className="mb-2.5 flex min-h-8 flex-wrap items-center gap-x-2 rounded-1 bg-hover pr-1 pl-2.5"
    >
      <span className="text-ink-2">{words.wasItSaid}</span>
      {mayWrite ? (
        <Select
          hideLabel
          look="quiet"
          label={words.wasItSaid}
          value={state}
          className="ml-auto font-[550]"
          onChange={(next) => store.do({ kind: 'set_attribution', claimId: claim.id, state: next, note })}
          options={attributionStates.map((value) => ({ value, label: strings.attributionStates[value] }))}
        />
      ) : (
        <b className="ml-auto py-1 pr-1.5 font-[550]">{strings.attributionStates[state]}</b>
      )}
      {note === null ? null : (
        <p dir="auto" className="w-full pb-1.5 text-ink-2">
          {note}
        </p>
      )}
    </section>
  );
}
