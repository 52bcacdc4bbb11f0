'use client';
/** What draws a select from its first use on (select.tsx); it begins open. */
import { Select as Base } from '@base-ui/react/select';
import { clsx } from 'clsx';
import { Check, ChevronDown } from 'lucide-react';
import { popupClass } from './menu-parts.ts';
import { labelClass, triggerClass, type SelectOption, type SelectProps } from './select-look.ts';

function Option<T extends string>({ option }: { option: SelectOption<T> }) {
  return (
    <Base.Item
      value={option.value}
      className="flex min-h-8 cursor-default items-center gap-2 rounded-1 px-2.5 py-1.5 outline-none select-none data-highlighted:bg-selected pointer-coarse:min-h-11"
    >
      {option.icon}
      <span className="min-w-0 flex-1">
        <Base.ItemText>{option.label}</Base.ItemText>
        {option.hint === undefined ? null : <span className="block text-xs text-ink-3">{option.hint}</span>}
      </span>
      <Base.ItemIndicator>
        <Check size={15} aria-hidden />
      </Base.ItemIndicator>
    </Base.Item>
  );
}

export function SelectPopup<T extends string>(props: SelectProps<T>) {
  const {
    label,
    value,
    onChange,
    options,
    hideLabel = false,
    placeholder = '',
    disabled = false,
    look = 'field',
  } = props;
  return (
    <Base.Root
      defaultOpen
      value={value}
      items={options}
      disabled={disabled}
      onValueChange={(next) => next !== null && onChange(next)}
      modal={false}
    >
      <Base.Label className={labelClass(hideLabel)}>{label}</Base.Label>
      <Base.Trigger className={triggerClass(look, props.className)}>
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
                <Option key={option.value} option={option} />
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
