'use client';
/** Something small to fill in or look at, beside what it belongs to. */
import { createElement } from 'react';
import { FirstUseTrigger } from './first-use-trigger.tsx';
import { onDemand, useOnFirstUse } from './on-demand.ts';
import type { PopoverProps } from './popover-popup.tsx';

const code = onDemand(async () => (await import('./popover-popup.tsx')).PopoverPopup);

export function Popover(props: PopoverProps) {
  const { trigger, open, onOpenChange } = props;
  const first = useOnFirstUse(code, open === true, () => onOpenChange?.(false));
  if (first.code !== null) return createElement(first.code, props);
  return (
    <FirstUseTrigger
      trigger={trigger}
      opens="dialog"
      onNear={first.prepare}
      onUse={() => {
        first.use();
        onOpenChange?.(true);
      }}
    />
  );
}
