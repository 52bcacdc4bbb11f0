'use client';
/** What a menu is made of: the words that its users write (menu.tsx) and what draws them (menu-popup.tsx). */
import { createContext, type ReactNode } from 'react';
import type { TriggerElement } from './first-use-trigger.tsx';

export const popupClass =
  'pop-motion min-w-44 rounded-2 border border-line bg-card p-1 text-ink shadow-lifted outline-none max-h-[var(--available-height)] overflow-y-auto';

export interface MenuProps {
  /** A button; it gets aria-expanded and data-popup-open. */
  trigger: TriggerElement;
  children: ReactNode;
  align?: 'start' | 'center' | 'end' | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
  className?: string | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
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

export interface MenuLinkProps {
  href: string;
  children: ReactNode;
  icon?: ReactNode;
  external?: boolean;
}

export interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; icon?: ReactNode }[];
}

export interface MenuDrawing {
  item: (props: MenuItemProps) => ReactNode;
  link: (props: MenuLinkProps) => ReactNode;
  choice: <T extends string>(props: MenuChoiceProps<T>) => ReactNode;
  separator: () => ReactNode;
}

/** Null outside an open menu, where nothing of it is drawn. */
export const MenuDrawingContext = createContext<MenuDrawing | null>(null);
