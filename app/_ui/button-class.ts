/**
 * How a button looks, apart from what it does: a page that every screen carries (an error, nothing found) is a link
 * that looks like one, and brings no script for it.
 */
import { clsx } from 'clsx';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'sm' | 'md' | 'lg';

const variants: Record<ButtonVariant, string> = {
  primary: 'border-accent bg-accent text-on-accent not-disabled:hover:opacity-88',
  secondary:
    'border-line-strong bg-card text-ink not-disabled:hover:bg-[color-mix(in_oklab,var(--ink)_4%,var(--card))]',
  ghost:
    'border-transparent bg-transparent text-ink-2 not-disabled:hover:bg-hover not-disabled:hover:text-ink',
  danger: 'border-line-strong bg-card text-danger not-disabled:hover:border-danger',
};
const sizes: Record<ButtonSize, string> = {
  sm: 'h-[26px] px-[9px] text-[12px] pointer-coarse:h-9',
  md: 'h-8 px-3 text-sm pointer-coarse:h-10',
  lg: 'h-10 px-4 text-md',
};
const base =
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-1 border font-[550] whitespace-nowrap select-none transition-colors duration-100 disabled:opacity-50 aria-disabled:opacity-50';

/** The classes of a button, for an element that is none (a link, a file label). */
export function buttonClass(
  variant: ButtonVariant = 'secondary',
  size: ButtonSize = 'md',
  extra?: string,
): string {
  return clsx(base, variants[variant], sizes[size], extra);
}
