/**
 * What an import left out, handed from the dialog to the report's own screen, where it stays until somebody has read
 * it. Of this tab alone: others did not give the file. Without storage the page that imported it still knows.
 */
import type { BroughtNotes } from './send-source.ts';

export interface LeftOutAtImport {
  readonly kind: string;
  readonly notes: BroughtNotes;
  readonly sentences: readonly string[];
}

const known = new Map<string, LeftOutAtImport>();
const keyOf = (reportId: string): string => `left-out:${reportId}`;

export function keepLeftOut(reportId: string, what: LeftOutAtImport): void {
  if (what.sentences.length === 0) return;
  known.set(reportId, what);
  try {
    sessionStorage.setItem(keyOf(reportId), JSON.stringify(what));
  } catch {
    // No storage: it does not outlive a reload.
  }
}

/** Null: nothing was, or it was read. */
export function leftOutOf(reportId: string): LeftOutAtImport | null {
  const here = known.get(reportId);
  if (here !== undefined) return here;
  try {
    const text = sessionStorage.getItem(keyOf(reportId));
    // Written by `keepLeftOut` alone.
    return text === null ? null : (JSON.parse(text) as LeftOutAtImport);
  } catch {
    return null;
  }
}

export function forgetLeftOut(reportId: string): void {
  known.delete(reportId);
  try {
    sessionStorage.removeItem(keyOf(reportId));
  } catch {
    // It was not kept there either.
  }
}
