'use client';
/** The export of a screen; its dialog is fetched when it is first asked for. */
import { createElement, useEffect, useState } from 'react';
import { onDemand, useOnFirstUse } from '../_ui/on-demand.ts';
import { onOpenExport, type ExportOrder } from './open-export.ts';

const dialogCode = onDemand(async () => (await import('./export-dialog.tsx')).ExportDialog);

/** One asking after the other; each begins with a fresh dialog, also while another is going away. */
interface Asked {
  order: ExportOrder;
  turn: number;
}

export function ExportHost() {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [open, setOpen] = useState(false);
  const { code } = useOnFirstUse(dialogCode, open, () => setOpen(false));
  useEffect(
    () =>
      onOpenExport((order) => {
        setAsked((before) => ({ order, turn: (before?.turn ?? 0) + 1 }));
        setOpen(true);
      }),
    [],
  );
  if (code === null || asked === null) return null;
  return createElement(code, { key: asked.turn, order: asked.order, open, onOpenChange: setOpen });
}
