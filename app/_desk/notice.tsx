/** A line over the page, so that nothing moves when it comes; clear of the sheet on a narrow screen. */
import type { ReactNode } from 'react';

export interface NoticeProps {
  children: ReactNode;
  action?: ReactNode;
  isAlert?: boolean;
}

export function Notice({ children, action, isAlert = false }: NoticeProps) {
  return (
    <div
      role={isAlert ? 'alert' : 'status'}
      className="fixed bottom-4 left-1/2 z-[25] flex w-max max-w-[min(640px,calc(100vw-24px))] -translate-x-1/2 flex-wrap items-center gap-x-3 gap-y-1.5 rounded-2 border border-line-strong bg-card px-3.5 py-2.5 shadow-lifted max-[899px]:top-[100px] max-[899px]:bottom-auto"
    >
      <div className="min-w-0 text-ink-2">{children}</div>
      {action}
    </div>
  );
}
