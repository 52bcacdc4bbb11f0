/** Asks the screen to open its export dialog: from a button, the palette, a selection. */
import type { FormatName } from './export-choice.ts';

export interface ExportSubject {
  readonly id: string;
  readonly title: string;
}

export interface ExportOrder {
  /** The first is shown in the preview. */
  readonly reports: readonly ExportSubject[];
  /** Every report of the workspace, also those that the list does not show. */
  readonly isAll?: boolean;
  /** Chosen already; else the last one. */
  readonly format?: FormatName;
}

const OPEN = 'export:open';

export function openExport(order: ExportOrder): void {
  window.dispatchEvent(new CustomEvent<ExportOrder>(OPEN, { detail: order }));
}

/** Calls back for each asking; returns the end of it. */
export function onOpenExport(listener: (order: ExportOrder) => void): () => void {
  // Sent by `openExport` alone.
  const take = (event: Event): void => listener((event as CustomEvent<ExportOrder>).detail);
  window.addEventListener(OPEN, take);
  return () => window.removeEventListener(OPEN, take);
}
