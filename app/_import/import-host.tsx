'use client';
/** The import of a screen: opens by button, palette, paste or drop; afterwards leads into the report. */
import { FileDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { createElement, useEffect, useState } from 'react';
import { importStrings } from '../_strings/en-home.ts';
import { onDemand, useOnFirstUse } from '../_ui/on-demand.ts';
import { notify } from '../_ui/toast.tsx';
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
      {over ? (
        <div
          aria-hidden
          className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-[color-mix(in_oklab,var(--bg)_82%,transparent)] p-4"
        >
          <div className="grid size-full place-items-center rounded-[16px] border-2 border-dashed border-ink-3">
            <p className="text-center">
              <FileDown size={32} strokeWidth={1.5} className="mx-auto mb-3 text-ink-2" />
              <span className="block font-text text-[24px] leading-8 font-semibold">
                {importStrings.dropHere}
              </span>
              <span className="text-ink-2">{importStrings.dropHint}</span>
            </p>
          </div>
        </div>
      ) : null}
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
