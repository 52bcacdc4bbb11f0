'use client';
/** Asked once, at import: somebody else's text (verdicts) or our draft (outcomes). */
import type { ReportPurpose } from '#core/domain/words.ts';
import { useId } from 'react';
import { importWords as words } from '../_strings/en-import.ts';

const choices: readonly { value: ReportPurpose; label: string; hint: string }[] = [
  { value: 'external', label: words.external, hint: words.externalHint },
  { value: 'draft', label: words.draft, hint: words.draftHint },
];

export interface WhoseTextProps {
  value: ReportPurpose | null;
  onChange: (value: ReportPurpose) => void;
  disabled: boolean;
  error: string | undefined;
  /** Asked of several texts at once. */
  isOfMany: boolean;
}

export function WhoseText({ value, onChange, disabled, error, isOfMany }: WhoseTextProps) {
  const id = useId();
  return (
    <div>
      <p id={id} className="mb-1.5 text-sm font-[550]">
        {isOfMany ? words.whoseMany : words.whose}
      </p>
      <div role="radiogroup" aria-labelledby={id} className="grid gap-2 sm:grid-cols-2">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="flex cursor-pointer gap-2.5 rounded-2 border border-line p-3 hover:border-ink-3 has-checked:border-ink has-checked:bg-hover"
          >
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={value === choice.value}
              disabled={disabled}
              onChange={() => onChange(choice.value)}
              aria-label={choice.label}
              aria-describedby={`${id}-${choice.value}`}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span>
              <span className="block font-[550]">{choice.label}</span>
              <span id={`${id}-${choice.value}`} className="block text-sm text-ink-3">
                {choice.hint}
              </span>
            </span>
          </label>
        ))}
      </div>
      <p role="alert" className="mt-1.5 text-sm text-danger empty:hidden">
        {error}
      </p>
    </div>
  );
}
