'use client';
/** Said and so are two questions. A quotation is asked both: this is the first. */
import { ChevronDown } from 'lucide-react';
import { attributionStates } from '#core/domain/words.ts';
import type { ClaimRecord } from '#core/records.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { strings } from '../_strings/en.ts';
import { Menu, MenuItem } from '../_ui/menu.tsx';
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
        <Menu
          trigger={
            <button
              type="button"
              aria-label={words.attributionIs(strings.attributionStates[state])}
              className="ml-auto inline-flex h-7 items-center gap-1 rounded-1 px-1.5 font-[550] hover:bg-hover pointer-coarse:h-10"
            >
              {strings.attributionStates[state]} <ChevronDown size={14} aria-hidden className="text-ink-3" />
            </button>
          }
        >
          {attributionStates.map((next) => (
            <MenuItem
              key={next}
              onSelect={() => store.do({ kind: 'set_attribution', claimId: claim.id, state: next, note })}
            >
              {strings.attributionStates[next]}
            </MenuItem>
          ))}
        </Menu>
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
