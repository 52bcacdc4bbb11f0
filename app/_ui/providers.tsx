'use client';
/** What every screen stands in: the clock, the one tooltip, the toasts, and the code that is fetched ahead. */
import type { ReactNode } from 'react';
import { ClockProvider } from './clock.tsx';
import { useFetchAhead } from './on-demand.ts';
import { Toaster } from './toast.tsx';
import { TooltipHost } from './tooltip.tsx';

export function Providers({ serverNow, children }: { serverNow: number; children: ReactNode }) {
  useFetchAhead();
  return (
    <ClockProvider serverNow={serverNow}>
      <div className="app-root">{children}</div>
      <TooltipHost />
      <Toaster />
    </ClockProvider>
  );
}
