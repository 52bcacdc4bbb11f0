'use client';
/** The columns' names, which sort. On a narrow screen there is no room for columns: a select instead. */
import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { homeStrings } from '../../_strings/en-home.ts';
import { Button } from '../../_ui/button.tsx';
import { Select } from '../../_ui/select.tsx';
import { sorts, type Sort, type View } from './view.ts';

const words = homeStrings.sort;

export const columns =
  'wide:grid-cols-[minmax(0,1fr)_184px_84px_112px_96px_28px] wide:gap-3 lg:grid-cols-[minmax(0,1fr)_190px_104px_120px_104px_28px] lg:gap-5';

function SortButton({
  sort,
  view,
  onChange,
}: {
  sort: Sort;
  view: View;
  onChange: (change: Partial<View>) => void;
}) {
  const active = view.sort === sort;
  const Arrow = view.reversed ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      aria-pressed={active}
      onClick={() => onChange({ sort, reversed: active && !view.reversed })}
      className={clsx(
        '-mx-1 inline-flex h-6 items-center gap-1 justify-self-start rounded-1 px-1 hover:text-ink',
        active && 'text-ink',
      )}
    >
      {words[sort]}
      {active ? <Arrow size={12} aria-hidden /> : null}
    </button>
  );
}

export interface ListHeadProps {
  view: View;
  onChange: (change: Partial<View>) => void;
  /** Boxes stand on the rows. */
  isChoosing: boolean;
  onChoosing: (isChoosing: boolean) => void;
}

export function ListHead({ view, onChange, isChoosing, onChoosing }: ListHeadProps) {
  return (
    <div className="border-b border-line px-[18px] text-xs text-ink-3 max-wide:py-1">
      <div
        role="group"
        aria-label={words.label}
        className={clsx('hidden items-center py-1.5 wide:grid', columns)}
      >
        <SortButton sort="report" view={view} onChange={onChange} />
        <SortButton sort="decided" view={view} onChange={onChange} />
        <span>{words.here}</span>
        <SortButton sort="changed" view={view} onChange={onChange} />
        <SortButton sort="status" view={view} onChange={onChange} />
      </div>
      <div className="-mx-2.5 flex items-center wide:hidden">
        <Select
          label={words.label}
          hideLabel
          look="quiet"
          value={view.sort}
          onChange={(sort: Sort) => onChange({ sort, reversed: false })}
          options={sorts.map((sort) => ({ value: sort, label: words[sort] }))}
          className="text-ink-2"
        />
        <Button variant="ghost" size="sm" className="ml-auto" onClick={() => onChoosing(!isChoosing)}>
          {isChoosing ? homeStrings.selection.end : homeStrings.selection.begin}
        </Button>
      </div>
    </div>
  );
}
