'use client';
/** Menus of actions. `Menu` takes its trigger as an element; items run `onSelect` and close. */
import { createElement, use, type ReactNode } from 'react';
import { FirstUseTrigger } from './first-use-trigger.tsx';
import {
  MenuDrawingContext,
  type MenuChoiceProps,
  type MenuItemProps,
  type MenuLinkProps,
  type MenuProps,
} from './menu-parts.ts';
import { onDemand, useOnFirstUse } from './on-demand.ts';

const code = onDemand(async () => (await import('./menu-popup.tsx')).MenuPopup);

export function Menu(props: MenuProps) {
  const { trigger, open, onOpenChange } = props;
  const first = useOnFirstUse(code, open === true, () => onOpenChange?.(false));
  if (first.code !== null) return createElement(first.code, props);
  return (
    <FirstUseTrigger
      trigger={trigger}
      opens="menu"
      onNear={first.prepare}
      onUse={() => {
        first.use();
        onOpenChange?.(true);
      }}
    />
  );
}

export function MenuItem(props: MenuItemProps) {
  return use(MenuDrawingContext)?.item(props);
}

export function MenuLink(props: MenuLinkProps) {
  return use(MenuDrawingContext)?.link(props);
}

/** One of several, inside a menu. */
export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  return use(MenuDrawingContext)?.choice(props);
}

export function MenuSeparator() {
  return use(MenuDrawingContext)?.separator();
}

/** A heading for the eye; groups name themselves. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <div aria-hidden className="px-2.5 pt-1.5 pb-1 text-2xs font-semibold text-ink-3">
      {children}
    </div>
  );
}
