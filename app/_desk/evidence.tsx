'use client';
/** Evidence of a claim: stance by sign and word, what and who; added in place, without leaving the text. */
import { clsx } from 'clsx';
import { CircleDot, CircleMinus, CirclePlus, Ellipsis, Lock, Paperclip, type LucideIcon } from 'lucide-react';
import { lazy, Suspense, useLayoutEffect, useState } from 'react';
import type { Stance } from '#core/domain/words.ts';
import type { ClaimRecord, EvidenceRecord } from '#core/records.ts';
import { newId } from '../_data/ids.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { strings } from '../_strings/en.ts';
import { IconButton } from '../_ui/button.tsx';
import { Kbd } from '../_ui/kbd.tsx';
import { Menu, MenuItem } from '../_ui/menu.tsx';
import { useDesk, useDeskUi, useMay } from './desk-context.tsx';

const EvidenceForm = lazy(() => import('./evidence-form.tsx'));

const icons: Record<Stance, LucideIcon> = { supports: CirclePlus, refutes: CircleMinus, context: CircleDot };

export function Evidence({ claim }: { claim: ClaimRecord }) {
  const { store } = useDesk();
  const mayWrite = useMay('evidence.write');
  const [editing, setEditing] = useState<string | null>(null);
  const wish = useDeskUi((ui) =>
    ui.wish?.part === 'evidence' && ui.wish.claimId === claim.id ? ui.wish.turn : 0,
  );
  useLayoutEffect(() => {
    if (wish > 0 && mayWrite) setEditing('new');
  }, [wish, mayWrite]);
  if (claim.evidence.length === 0 && !mayWrite) return null;
  return (
    <section aria-label={words.evidence} className="my-2.5">
      <ul>
        {claim.evidence.map((item) =>
          editing === item.id ? (
            <li key={item.id}>
              <Suspense>
                <EvidenceForm
                  item={item}
                  onCancel={() => setEditing(null)}
                  onSave={(fields) => {
                    store.do({ kind: 'change_evidence', claimId: claim.id, evidenceId: item.id, fields });
                    setEditing(null);
                  }}
                />
              </Suspense>
            </li>
          ) : (
            <EvidenceLine
              key={item.id}
              item={item}
              onEdit={mayWrite ? () => setEditing(item.id) : undefined}
              onRemove={() => store.do({ kind: 'remove_evidence', claimId: claim.id, evidenceId: item.id })}
            />
          ),
        )}
      </ul>
      {editing === 'new' ? (
        <Suspense>
          <EvidenceForm
            item={null}
            onCancel={() => setEditing(null)}
            onSave={(fields) => {
              store.do({ kind: 'add_evidence', claimId: claim.id, evidenceId: newId(), fields });
              setEditing(null);
            }}
          />
        </Suspense>
      ) : mayWrite ? (
        <button
          type="button"
          onClick={() => setEditing('new')}
          className="-mx-1.5 flex min-h-7 w-[calc(100%+12px)] items-center gap-[7px] rounded-1 px-1.5 text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:min-h-10"
        >
          <Paperclip size={14} aria-hidden />
          {words.addEvidence}
          <Kbd className="ml-auto">E</Kbd>
        </button>
      ) : null}
    </section>
  );
}

function EvidenceLine({
  item,
  onEdit,
  onRemove,
}: {
  item: EvidenceRecord;
  onEdit: (() => void) | undefined;
  onRemove: () => void;
}) {
  const Icon = icons[item.stance];
  const where = [item.publisher, item.publishedAt === null ? null : dayInWords(item.publishedAt)]
    .filter((part) => part != null && part !== '')
    .join(', ');
  return (
    <li className="group/evidence flex min-h-7 items-start gap-[7px] py-[3px] text-ink-2">
      <Icon size={14} aria-hidden className="mt-[3px] text-ink-3" />
      <div className="min-w-0 flex-1 break-words">
        {item.url === null ? (
          <b dir="auto" className="font-[550] text-ink">
            {item.title}
          </b>
        ) : (
          <a
            href={item.url}
            target="_blank"
            rel="noreferrer"
            dir="auto"
            className="font-[550] text-ink underline decoration-line-strong underline-offset-2 hover:decoration-ink"
          >
            {item.title}
          </a>
        )}
        {where === '' ? null : <span>, {where}</span>}
        {item.deskOnly ? (
          <span
            className="ml-1.5 inline-flex items-center gap-1 align-[-1px] text-xs text-ink-3"
            title={words.deskOnlyHint}
          >
            <Lock size={11} aria-hidden /> {words.deskOnly}
          </span>
        ) : null}
        {item.quote === null ? null : (
          <p dir="auto" className="mt-0.5 line-clamp-4 font-text text-[13.5px] text-ink-2">
            “{item.quote}”
          </p>
        )}
      </div>
      <span
        className={clsx(
          'mt-px text-xs text-ink-3',
          onEdit !== undefined &&
            'group-focus-within/evidence:hidden group-hover/evidence:hidden group-has-data-popup-open/evidence:hidden pointer-coarse:inline!',
        )}
      >
        {strings.stances[item.stance]}
      </span>
      {onEdit === undefined ? null : (
        <Menu
          trigger={
            <IconButton
              size="sm"
              label={words.evidenceActions(item.title)}
              className="-my-0.5 -mr-1.5 -ml-2 w-2! opacity-0 group-focus-within/evidence:ml-0 group-focus-within/evidence:w-[26px]! group-focus-within/evidence:opacity-100 group-hover/evidence:ml-0 group-hover/evidence:w-[26px]! group-hover/evidence:opacity-100 data-popup-open:ml-0 data-popup-open:w-[26px]! data-popup-open:opacity-100 pointer-coarse:ml-0 pointer-coarse:w-9! pointer-coarse:opacity-100"
            >
              <Ellipsis size={14} aria-hidden />
            </IconButton>
          }
        >
          <MenuItem onSelect={onEdit}>{words.editEvidence}</MenuItem>
          <MenuItem danger onSelect={onRemove}>
            {words.removeEvidence}
          </MenuItem>
        </Menu>
      )}
    </li>
  );
}

/** "27 Dec 2025": a day is the same in every zone. */
function dayInWords(day: string): string {
  const at = Date.parse(day.slice(0, 10));
  const parts = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return Number.isNaN(at) ? day : new Intl.DateTimeFormat('en-GB', parts).format(at);
}
