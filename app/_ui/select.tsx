'use client';
/** One of several from a list. The label is always there for screen readers; `hideLabel` takes it from sight. */
import { Select as Base } from '@base-ui/react/select';
import { clsx } from 'clsx';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { popupClass } from './menu.tsx';

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

export function Select<T extends string>({
  label,
  value,
  onChange,
  options,
  hideLabel = false,
  placeholder = '',
  disabled = false,
  look = 'field',
  className,
}: SelectProps<T>) {
  return (
    <Base.Root
      value={value}
      items={options}
      disabled={disabled}
      onValueChange={(next) => next !== null && onChange(next)}
      modal={false}
    >
      <Base.Label className={hideLabel ? 'sr-only' : 'mb-1.5 block text-sm font-[550] text-ink'}>
        {label}
      </Base.Label>
      <Base.Trigger
        className={clsx(
          'inline-flex h-8 items-center justify-between gap-2 rounded-1 border pr-2 pl-2.5 text-left text-sm data-disabled:opacity-55 data-popup-open:bg-hover pointer-coarse:h-10',
          look === 'field'
            ? 'border-line-strong bg-card hover:not-data-disabled:border-field-line'
            : 'border-transparent hover:not-data-disabled:bg-hover',
          className,
        )}
      >
        <Base.Value placeholder={placeholder} className="truncate data-placeholder:text-ink-3" />
        <Base.Icon className="text-ink-3">
          <ChevronDown size={14} aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          sideOffset={4}
          alignItemWithTrigger={false}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Base.Popup className={clsx(popupClass, 'min-w-[max(var(--anchor-width),160px)]')}>
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  className="flex min-h-8 cursor-default items-center gap-2 rounded-1 px-2.5 py-1.5 outline-none select-none data-highlighted:bg-selected pointer-coarse:min-h-11"
                >
                  {option.icon}
                  <span className="min-w-0 flex-1">
                    <Base.ItemText>{option.label}</Base.ItemText>
                    {option.hint === undefined ? null : (
                      <span className="block text-xs text-ink-3">{option.hint}</span>
                    )}
                  </span>
                  <Base.ItemIndicator>
                    <Check size={15} aria-hidden />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
