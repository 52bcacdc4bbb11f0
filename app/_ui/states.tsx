/** Designed states: nothing there yet, nothing found, on its way. Each says what it is and the next step. */
import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  title: string;
  children?: ReactNode;
  icon?: ReactNode;
  /** Buttons. */
  action?: ReactNode;
  className?: string | undefined;
}

export function EmptyState({ title, children, icon, action, className }: EmptyStateProps) {
  return (
    <div className={clsx('flex flex-col items-center px-6 py-14 text-center', className)}>
      {icon === undefined ? null : <div className="mb-4 text-ink-3">{icon}</div>}
      <h2 className="font-text text-[19px] leading-7 font-semibold text-balance">{title}</h2>
      {children === undefined ? null : (
        <div className="mt-1 max-w-[46ch] text-ink-2 text-pretty">{children}</div>
      )}
      {action === undefined ? null : <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

/** A grey place of the size of what will stand there; hidden from screen readers, which hear the region's aria-busy. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return <div aria-hidden className={clsx('skeleton', className)} />;
}
