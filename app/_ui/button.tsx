'use client';
/**
 * Buttons. One strong button (`primary`) where there is one thing to do next; all else is quiet.
 * `IconButton` needs a `label`: it is its name for screen readers and its tooltip.
 */
import { clsx } from 'clsx';
import Link from 'next/link';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { buttonClass, type ButtonSize, type ButtonVariant } from './button-class.ts';
import { Kbd } from './kbd.tsx';
import { Tooltip, type TooltipSide } from './tooltip.tsx';

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
