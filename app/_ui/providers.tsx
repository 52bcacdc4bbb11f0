'use client';
/** What every screen stands in: the clock, the tooltips' delay, the toasts. */
import type { ReactNode } from 'react';
import { ClockProvider } from './clock.tsx';
import { Toaster } from './toast.tsx';
import { TooltipProvider } from './tooltip.tsx';

export function Providers({ serverNow, children }: { serverNow: number; children: ReactNode }) {
  return (
    <ClockProvider serverNow={serverNow}>
      <TooltipProvider>
        <div className="app-root">{children}</div>
        <Toaster />
      </TooltipProvider>
    </ClockProvider>
  );
}
