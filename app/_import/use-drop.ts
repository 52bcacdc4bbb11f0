'use client';
/** Files dragged over the window anywhere, and text pasted where no field has the focus. */
import { useEffect, useRef, useState } from 'react';
import { pastedFrom, type Pasted } from './pasted.ts';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}

export interface DropHandlers {
  enabled: boolean;
  onFiles: (files: File[]) => void;
  /** Without it what is pasted is let be. */
  onPaste?: (pasted: Pasted) => void;
}

/** True while files hang over the window. */
export function useDrop(handlers: DropHandlers): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const { enabled } = handlers;
  useEffect(() => {
    if (!enabled) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    let depth = 0;
    window.addEventListener(
      'dragenter',
      (event) => {
        if (!carriesFiles(event)) return;
        depth += 1;
        setOver(true);
      },
      { signal },
    );
    window.addEventListener(
      'dragleave',
      (event) => {
        if (!carriesFiles(event)) return;
        depth = Math.max(0, depth - 1);
        if (depth === 0) setOver(false);
      },
      { signal },
    );
    window.addEventListener(
      'dragover',
      (event) => {
        if (carriesFiles(event)) event.preventDefault();
      },
      { signal },
    );
    window.addEventListener(
      'drop',
      (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth = 0;
        setOver(false);
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) latest.current.onFiles(files);
      },
      { signal },
    );
    window.addEventListener(
      'paste',
      (event) => {
        const { onPaste } = latest.current;
        if (onPaste === undefined || isTyping(event.target) || event.clipboardData === null) return;
        const files = [...event.clipboardData.files];
        const pasted = pastedFrom(event.clipboardData);
        if (pasted.text.trim() !== '') onPaste(pasted);
        else if (files.length > 0) latest.current.onFiles(files);
      },
      { signal },
    );
    return () => {
      stop.abort();
      setOver(false);
    };
  }, [enabled]);
  return over;
}
