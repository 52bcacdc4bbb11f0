'use client';
/** Asked once, at import: somebody else's text (verdicts) or our draft (outcomes). */
import type { ReportPurpose } from '#core/domain/words.ts';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { useId } from 'react';
import { importStrings as words } from '../_strings/en-home.ts';

const choices: readonly { value: ReportPurpose; label: string; hint: string }[] = [
  { value: 'external', label: words.external, hint: words.externalHint },
  { value: 'draft', label: words.draft, hint: words.draftHint },
];

export interface WhoseTextProps {
  value: ReportPurpose | null;
  onChange: (value: ReportPurpose) => void;
  disabled: boolean;
  error: string | undefined;
}

export function WhoseText({ value, onChange, disabled, error }: WhoseTextProps) {
  const id = useId();
  return (
    <div>
      <p id={id} className="mb-1.5 text-sm font-[550]">
        {words.whose}
      </p>
      <RadioGroup
        aria-labelledby={id}
        value={value}
        disabled={disabled}
        onValueChange={(next: ReportPurpose | null) => next !== null && onChange(next)}
        className="grid gap-2 sm:grid-cols-2"
      >
        {choices.map((choice) => (
          <label
            key={choice.value}
            htmlFor={`${id}-${choice.value}`}
            className="flex cursor-pointer gap-2.5 rounded-2 border border-line p-3 hover:border-ink-3 has-data-checked:border-ink has-data-checked:bg-hover"
          >
            <Radio.Root
              id={`${id}-${choice.value}`}
              value={choice.value}
              aria-describedby={`${id}-${choice.value}-hint`}
              className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-field-line bg-card data-checked:border-accent"
            >
              <Radio.Indicator className="size-2 rounded-full bg-accent" />
            </Radio.Root>
            <span>
              <span className="block font-[550]">{choice.label}</span>
              <span id={`${id}-${choice.value}-hint`} className="block text-sm text-ink-3">
                {choice.hint}
              </span>
            </span>
          </label>
        ))}
      </RadioGroup>
      <p role="alert" className="mt-1.5 text-sm text-danger empty:hidden">
        {error}
      </p>
    </div>
  );
}
