/** A small fact with an edge: a status, a tag, a state. `look="open"` is the highlighter: left to do. */
import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface ChipProps {
  children: ReactNode;
  icon?: ReactNode;
  look?: 'plain' | 'open' | 'ok' | 'verdict' | undefined;
  className?: string | undefined;
  title?: string | undefined;
}

const looks = {
  plain: 'border-line text-ink-2',
  open: 'border-[color-mix(in_oklab,var(--marker)_70%,var(--line))] bg-[color-mix(in_oklab,var(--marker)_28%,var(--card))] text-ink',
  ok: 'border-line text-ok',
  verdict:
    'border-[color-mix(in_oklab,var(--v)_35%,transparent)] bg-[color-mix(in_oklab,var(--v)_8%,var(--card))] text-v-ink',
};

export function Chip({ children, icon, look = 'plain', className, title }: ChipProps) {
  return (
    <span
      title={title}
      className={clsx(
        'inline-flex h-[22px] max-w-full items-center gap-[5px] rounded-full border px-2 text-xs font-[550] whitespace-nowrap',
        looks[look],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}
