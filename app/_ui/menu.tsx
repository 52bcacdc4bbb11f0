'use client';
/** Menus of actions. `Menu` takes its trigger as an element; items run `onSelect` and close. */
import { Menu as Base } from '@base-ui/react/menu';
import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement, ReactNode } from 'react';

export const popupClass =
  'pop-motion min-w-44 rounded-2 border border-line bg-card p-1 text-ink shadow-lifted outline-none max-h-[var(--available-height)] overflow-y-auto';
const item =
  'flex min-h-8 pointer-coarse:min-h-11 cursor-default items-center gap-2.5 rounded-1 px-2.5 text-base outline-none select-none data-disabled:opacity-45 data-highlighted:bg-selected';

export interface MenuProps {
  /** A button; it gets aria-expanded and data-popup-open. */
  trigger: ReactElement;
  children: ReactNode;
  align?: 'start' | 'center' | 'end' | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
  className?: string | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
}

export function Menu({
  trigger,
  children,
  align = 'end',
  side = 'bottom',
  className,
  open,
  onOpenChange,
}: MenuProps) {
  return (
    <Base.Root
      modal={false}
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange === undefined ? {} : { onOpenChange: (next: boolean) => onOpenChange(next) })}
    >
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner
          sideOffset={6}
          align={align}
          side={side}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Base.Popup className={clsx(popupClass, className)}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface MenuItemProps {
  children: ReactNode;
  onSelect?: (() => void) | undefined;
  icon?: ReactNode;
  /** Right-hand side: a shortcut or a state. */
  end?: ReactNode;
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  className?: string | undefined;
}

export function MenuItem({
  children,
  onSelect,
  icon,
  end,
  danger = false,
  disabled = false,
  className,
}: MenuItemProps) {
  return (
    <Base.Item
      disabled={disabled}
      onClick={() => onSelect?.()}
      className={clsx(item, danger && 'text-danger', className)}
    >
      {icon === undefined ? null : (
        <span className={clsx('grid size-4 place-items-center', !danger && 'text-ink-3')}>{icon}</span>
      )}
      <span className="min-w-0 flex-1">{children}</span>
      {end}
    </Base.Item>
  );
}

export function MenuLink({
  href,
  children,
  icon,
  external = false,
}: {
  href: string;
  children: ReactNode;
  icon?: ReactNode;
  external?: boolean;
}) {
  return (
    <Base.LinkItem
      className={clsx(item, 'text-ink no-underline')}
      closeOnClick
      {...(external ? { href, target: '_blank', rel: 'noreferrer' } : { render: <Link href={href} /> })}
    >
      {icon === undefined ? null : <span className="grid size-4 place-items-center text-ink-3">{icon}</span>}
      <span className="min-w-0 flex-1">{children}</span>
    </Base.LinkItem>
  );
}

export interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; icon?: ReactNode }[];
}

/** One of several, inside a menu. */
export function MenuChoice<T extends string>({ label, value, onChange, options }: MenuChoiceProps<T>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next: T) => onChange(next)} aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} closeOnClick={false} className={item}>
          {option.icon === undefined ? null : (
            <span className="grid size-4 place-items-center text-ink-3">{option.icon}</span>
          )}
          <span className="flex-1">{option.label}</span>
          <Base.RadioItemIndicator>
            <Check size={15} aria-hidden />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
}

/** A heading for the eye; groups name themselves. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <div aria-hidden className="px-2.5 pt-1.5 pb-1 text-2xs font-semibold text-ink-3">
      {children}
    </div>
  );
}
