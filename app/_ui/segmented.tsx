'use client';
/** One of a few, all in sight: a filter or a way of looking. Radios, so the arrow keys move the choice. */
import { clsx } from 'clsx';
import { useId, type ReactNode } from 'react';

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
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={clsx(
        'inline-flex h-8 overflow-x-auto rounded-1 border border-line pointer-coarse:h-10',
        className,
      )}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex shrink-0 items-center gap-1.5 rounded-[5px] px-[11px] text-sm whitespace-nowrap text-ink-2 select-none hover:text-ink has-checked:bg-selected has-checked:font-[550] has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-focus"
        >
          {/* Over the whole of it: what is pressed is the radio itself. */}
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 m-0 cursor-pointer appearance-none outline-none"
          />
          {option.label}
          {option.count === undefined ? null : (
            <span className="num font-normal text-ink-3">{option.count}</span>
          )}
        </label>
      ))}
    </div>
  );
}
