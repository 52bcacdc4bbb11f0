/** What both forms of a select share: before its first use (select.tsx) and from then on (select-popup.tsx). */
import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface SelectOption<T extends string> {
  value: T;
  label: string;
  icon?: ReactNode;
  /** A second line under the label. */
  hint?: string;
}

export interface SelectProps<T extends string> {
  label: string;
  value: T | null;
  onChange: (value: T) => void;
  options: readonly SelectOption<T>[];
  hideLabel?: boolean | undefined;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
  /** `quiet`: no border until hovered, for tables and cards. */
  look?: 'field' | 'quiet' | undefined;
  className?: string | undefined;
}

export function labelClass(hideLabel: boolean): string {
  return hideLabel ? 'sr-only' : 'mb-1.5 block text-sm font-[550] text-ink';
}

export function triggerClass(look: 'field' | 'quiet', extra: string | undefined): string {
  return clsx(
    'inline-flex h-8 items-center justify-between gap-2 rounded-1 border pr-2 pl-2.5 text-left text-sm disabled:opacity-55 data-popup-open:bg-hover pointer-coarse:h-10',
    look === 'field'
      ? 'border-line-strong bg-card not-disabled:hover:border-field-line'
      : 'border-transparent not-disabled:hover:bg-hover',
    extra,
  );
}
