'use client';
/** One of a few, all in sight: a filter or a way of looking. Arrow keys move, the choice is a radio's. */
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode; count?: number }[];
  className?: string | undefined;
}

export function Segmented<T extends string>({
  label,
  value,
  onChange,
  options,
  className,
}: SegmentedProps<T>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next: T) => onChange(next)}
      className={clsx(
        'inline-flex h-8 overflow-x-auto rounded-1 border border-line pointer-coarse:h-10',
        className,
      )}
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          className="inline-flex shrink-0 cursor-pointer select-none items-center gap-1.5 rounded-[5px] px-[11px] text-sm whitespace-nowrap text-ink-2 hover:text-ink focus-visible:-outline-offset-2 data-checked:bg-selected data-checked:font-[550] data-checked:text-ink"
        >
          {option.label}
          {option.count === undefined ? null : (
            <span className="num font-normal text-ink-3">{option.count}</span>
          )}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
