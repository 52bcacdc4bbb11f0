'use client';
/**
 * Buttons. One strong button (`primary`) where there is one thing to do next; all else is quiet.
 * `IconButton` needs a `label`: it is its name for screen readers and its tooltip.
 */
import { clsx } from 'clsx';
import Link from 'next/link';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';
import { Tooltip, type TooltipSide } from './tooltip.tsx';

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

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  className?: string | undefined;
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  icon?: ReactNode;
  /** A key that does the same, shown at the end. */
  kbd?: string | undefined;
  /** Work is under way: the button stays focusable, does nothing, and says so. */
  busy?: boolean | undefined;
}

export function Button({
  variant,
  size,
  icon,
  kbd,
  busy = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      onClick={busy ? stop : onClick}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      className={buttonClass(variant, size, className)}
    >
      {busy ? <LoaderCircle size={15} aria-hidden className="animate-spin" /> : icon}
      {children}
      {kbd === undefined ? null : <Kbd className="border-current/35 text-inherit! opacity-75">{kbd}</Kbd>}
    </button>
  );
}

/** A busy button keeps the focus and does nothing, also not its form's submit. */
function stop(event: MouseEvent): void {
  event.preventDefault();
}

export interface IconButtonProps extends Omit<
  ComponentProps<'button'>,
  'className' | 'aria-label' | 'children'
> {
  label: string;
  children: ReactNode;
  className?: string | undefined;
  size?: 'sm' | 'md' | undefined;
  kbd?: string | undefined;
  /** For a toggle: whether it is on. */
  pressed?: boolean | undefined;
  side?: TooltipSide | undefined;
}

export function IconButton({
  label,
  children,
  className,
  size = 'md',
  kbd,
  pressed,
  side,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={label} kbd={kbd} side={side}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        className={clsx(
          'inline-flex shrink-0 items-center justify-center rounded-1 text-ink-2 transition-colors duration-100 not-disabled:hover:bg-hover not-disabled:hover:text-ink disabled:opacity-45 data-popup-open:bg-hover data-popup-open:text-ink aria-pressed:bg-selected aria-pressed:text-ink',
          size === 'sm' ? 'size-[26px] pointer-coarse:size-9' : 'size-8 pointer-coarse:size-10',
          className,
        )}
      >
        {children}
      </button>
    </Tooltip>
  );
}

export interface ButtonLinkProps extends Omit<ComponentProps<typeof Link>, 'className'> {
  className?: string | undefined;
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  icon?: ReactNode;
}

/** Goes somewhere, looks like a button. */
export function ButtonLink({ variant, size, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={buttonClass(variant, size, clsx('no-underline', className))}>
      {icon}
      {children}
    </Link>
  );
}
