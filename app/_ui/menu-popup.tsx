'use client';
/** What draws a menu; fetched at its first use (menu.tsx), so it begins open. */
import { Menu as Base } from '@base-ui/react/menu';
import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { MenuDrawingContext, popupClass, type MenuDrawing, type MenuProps } from './menu-parts.ts';

const itemClass =
  'flex min-h-8 pointer-coarse:min-h-11 cursor-default items-center gap-2.5 rounded-1 px-2.5 text-base outline-none select-none data-disabled:opacity-45 data-highlighted:bg-selected';
const iconClass = 'grid size-4 place-items-center';

const drawing: MenuDrawing = {
  item: ({ children, onSelect, icon, end, danger = false, disabled = false, className }) => (
    <Base.Item
      disabled={disabled}
      onClick={() => onSelect?.()}
      className={clsx(itemClass, danger && 'text-danger', className)}
    >
      {icon === undefined ? null : <span className={clsx(iconClass, !danger && 'text-ink-3')}>{icon}</span>}
      <span className="min-w-0 flex-1">{children}</span>
      {end}
    </Base.Item>
  ),
  link: ({ href, children, icon, external = false }) => (
    <Base.LinkItem
      className={clsx(itemClass, 'text-ink no-underline')}
      closeOnClick
      {...(external ? { href, target: '_blank', rel: 'noreferrer' } : { render: <Link href={href} /> })}
    >
      {icon === undefined ? null : <span className={clsx(iconClass, 'text-ink-3')}>{icon}</span>}
      <span className="min-w-0 flex-1">{children}</span>
    </Base.LinkItem>
  ),
  choice: ({ label, value, onChange, options }) => (
    <Base.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      <div aria-hidden className="px-2.5 pt-1.5 pb-1 text-2xs font-semibold text-ink-3">
        {label}
      </div>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} closeOnClick={false} className={itemClass}>
          {option.icon === undefined ? null : (
            <span className={clsx(iconClass, 'text-ink-3')}>{option.icon}</span>
          )}
          <span className="flex-1">{option.label}</span>
          <Base.RadioItemIndicator>
            <Check size={15} aria-hidden />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  ),
  separator: () => <Base.Separator className="mx-1 my-1 h-px bg-line" />,
};

export function MenuPopup({
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
      {...(open === undefined ? { defaultOpen: true } : { open })}
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
          <Base.Popup className={clsx(popupClass, className)}>
            <MenuDrawingContext value={drawing}>{children}</MenuDrawingContext>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
