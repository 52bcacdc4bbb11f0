'use client';
/** The import of a screen: opens by button, palette, paste or drop; afterwards leads into the report. */
import { useRouter } from 'next/navigation';
import { createElement, useEffect, useState } from 'react';
import { importStrings } from '../_strings/en-home.ts';
import { onDemand, useOnFirstUse } from '../_ui/on-demand.ts';
import { notify } from '../_ui/toast.tsx';
import { DropVeil } from './drop-veil.tsx';
import { onOpenImport } from './open-import.ts';
import { emptyDraft, withFiles, withPaste, type ImportDraft } from './pasted.ts';
import type { ImportedReport } from './send-source.ts';
import { useDrop } from './use-drop.ts';

const dialogCode = onDemand(async () => (await import('./import-dialog.tsx')).ImportDialog);

export function ImportHost({ onImported }: { onImported?: (reports: ImportedReport[]) => void }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const { code } = useOnFirstUse(dialogCode, open, () => setOpen(false));
  const [draft, setDraft] = useState<ImportDraft>(emptyDraft);
  useEffect(() => onOpenImport(() => setOpen(true)), []);
  const over = useDrop({
    enabled: true,
    onFiles: (files) => {
      setDraft((before) => withFiles(open ? before : emptyDraft, files));
      setOpen(true);
    },
    onPaste: (pasted) => {
      setDraft(withPaste(pasted));
      setOpen(true);
    },
  });
  const done = (reports: ImportedReport[]) => {
    const [first] = reports;
    if (first === undefined) return;
    setOpen(false);
    if (reports.length > 1) return notify(importStrings.doneMany(reports.length));
    // What was left out is said on the report's own screen, and stays there.
    if (first.unreadable.length === 0) notify(importStrings.done(first.title));
    router.push(`/reports/${first.id}`);
  };
  return (
    <>
      {over ? <DropVeil title={importStrings.dropHere} hint={importStrings.dropHint} /> : null}
      {code === null
        ? null
        : createElement(code, {
            open,
            onOpenChange: setOpen,
            draft,
            onDraft: setDraft,
            onImported: (reports) => onImported?.(reports),
            onDone: done,
          })}
    </>
  );
}
