'use client';
/**
 * The editors are most of the screen's script, so they come after the words are there to read, each part when it can
 * be used: the document and its view at once, what writes (in an unlocked text, in a rationale) right after.
 */
import { useEffect, useState } from 'react';
import { onDemand, type OnDemand } from '../_ui/on-demand.ts';

export const editorCode = onDemand(async () => (await import('./editor.ts')).editor);
export const textEditingCode = onDemand(async () => (await import('./text-editing.ts')).textEditing);
export const rationaleCode = onDemand(async () => (await import('./rationale-view.ts')).RationaleView);

/** Asks for some of it ahead of its use, which will ask again if it does not come now. */
export function fetchSoon(...parts: readonly OnDemand<unknown>[]): void {
  for (const part of parts) part.load().catch(() => undefined);
}

const AGAIN_MS = 2_000;

/** Null until it is wanted and here; from then on there at the first render. */
export function useCode<T>(part: OnDemand<T>, isWanted = true): T | null {
  const [code, setCode] = useState(() => part.loaded());
  const isMissing = code === null && isWanted;
  useEffect(() => {
    if (!isMissing) return undefined;
    let isLeft = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fetchIt = async (): Promise<void> => {
      try {
        const loaded = await part.load();
        if (!isLeft) setCode(() => loaded);
      } catch {
        // No network just now: the words stay as the server rendered them.
        if (!isLeft) timer = setTimeout(() => void fetchIt(), AGAIN_MS);
      }
    };
    void fetchIt();
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [isMissing, part]);
  return code;
}
