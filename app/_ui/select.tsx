'use client';
/** One of several from a list. The label is always there for screen readers; `hideLabel` takes it from sight. */
import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { createElement, useId } from 'react';
import { FirstUseTrigger } from './first-use-trigger.tsx';
import { onDemand, useOnFirstUse } from './on-demand.ts';
import { labelClass, triggerClass, type SelectProps } from './select-look.ts';

const code = onDemand(async () => (await import('./select-popup.tsx')).SelectPopup);

export function Select<T extends string>(props: SelectProps<T>) {
  const first = useOnFirstUse(code, false);
  if (first.code !== null) return createElement(first.code<T>, props);
  return <ClosedSelect {...props} onUse={first.use} onNear={first.prepare} />;
}

interface ClosedSelectProps<T extends string> extends SelectProps<T> {
  onUse: () => void;
  onNear: () => void;
}

function ClosedSelect<T extends string>(props: ClosedSelectProps<T>) {
  const {
    label,
    value,
    options,
    hideLabel = false,
    placeholder = '',
    disabled = false,
    look = 'field',
  } = props;
  const id = useId();
  const chosen = options.find((option) => option.value === value);
  return (
    <>
      <span id={id} className={labelClass(hideLabel)}>
        {label}
      </span>
      <FirstUseTrigger
        opens="listbox"
        onUse={props.onUse}
        onNear={props.onNear}
        trigger={
          <button
            type="button"
            role="combobox"
            aria-expanded={false}
            aria-controls={`${id}-list`}
            aria-labelledby={id}
            disabled={disabled}
            className={triggerClass(look, props.className)}
          >
            <span className={clsx('truncate', chosen === undefined && 'text-ink-3')}>
              {chosen?.label ?? placeholder}
            </span>
            <ChevronDown size={14} aria-hidden className="text-ink-3" />
          </button>
        }
      />
    </>
  );
}
