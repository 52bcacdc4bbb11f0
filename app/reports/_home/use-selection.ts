'use client';
/** Choosing reports: by box, by range, by the keys of the row that has the focus (X, Shift X), and Esc for none. */
import type { ReportRecord } from '#core/records.ts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { isTyping } from './use-row-keys.ts';
import { chosenOf, nothingChosen, toggled, toggledAll, type Selection } from './selection.ts';

export interface ReportSelection {
  chosen: readonly ReportRecord[];
  has: (id: string) => boolean;
  /** Boxes stand on every row, also without a pointer near. */
  isChoosing: boolean;
  toggle: (id: string, isRange: boolean) => void;
  all: () => void;
  clear: () => void;
  /** For touch: shows the boxes, or hides them and chooses none. */
  setChoosing: (isChoosing: boolean) => void;
}

export function useSelection(reports: readonly ReportRecord[]): ReportSelection {
  const [selection, setSelection] = useState<Selection>(nothingChosen);
  const [isAsked, setAsked] = useState(false);
  const shown = useMemo(() => reports.map(({ id }) => id), [reports]);
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  });
  const ids = chosenOf(selection, shown);
  const chosen = reports.filter(({ id }) => selection.ids.has(id));
  const hasSome = ids.length > 0;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target))
        return;
      if (event.key === 'Escape' && hasSome) setSelection(nothingChosen);
      if (event.key.toLowerCase() !== 'x') return;
      const id = rowOf(document.activeElement);
      if (id === null) return;
      event.preventDefault();
      setSelection((before) => toggled(before, id, { shown: latest.current, isRange: event.shiftKey }));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [hasSome]);

  return {
    chosen,
    has: (id) => selection.ids.has(id),
    isChoosing: isAsked || hasSome,
    toggle: (id, isRange) => setSelection((before) => toggled(before, id, { shown, isRange })),
    all: () => setSelection((before) => toggledAll(before, shown)),
    clear: () => setSelection(nothingChosen),
    setChoosing: (next) => {
      setAsked(next);
      if (!next) setSelection(nothingChosen);
    },
  };
}

/** The report of the row that has the focus. */
function rowOf(element: Element | null): string | null {
  return element?.closest('[data-report-row]')?.getAttribute('data-report-row') ?? null;
}
