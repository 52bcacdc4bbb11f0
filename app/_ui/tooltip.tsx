'use client';
/** A tooltip repeats what its trigger already says to screen readers (a label); it is never the only source. */
import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';

export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delay={450} closeDelay={0} timeout={300}>
      {children}
    </Base.Provider>
  );
}

export interface TooltipProps {
  content: ReactNode;
  /** One element that takes a ref and props. */
  children: ReactElement;
  kbd?: string | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
}

export function Tooltip({ content, children, kbd, side = 'bottom' }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} side={side} collisionPadding={8} className="z-50">
          <Base.Popup className="pop-motion flex max-w-72 items-center gap-2 rounded-1 bg-ink px-2 py-1 text-[12px] leading-4 text-paper shadow-float">
            {content}
            {kbd === undefined ? null : <span className="opacity-70">{kbd}</span>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
