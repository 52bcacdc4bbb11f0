'use client';
/**
 * The editors are most of the screen's script, so they are loaded after the words are there to read, and all at
 * once: a claim's card must take the next key in the frame in which it opens.
 */
import { useEffect, useState } from 'react';
import type { RationaleView } from './rationale-view.ts';
import type { TextView } from './text-view.ts';

interface Views {
  readonly TextView: typeof TextView;
  readonly RationaleView: typeof RationaleView;
}

let loaded: Views | null = null;

async function load(): Promise<Views> {
  const [text, rationale] = await Promise.all([import('./text-view.ts'), import('./rationale-view.ts')]);
  loaded = { TextView: text.TextView, RationaleView: rationale.RationaleView };
  return loaded;
}

/** Null until they are loaded; from then on there at the first render. */
export function useViews(): Views | null {
  const [views, setViews] = useState(loaded);
  useEffect(() => {
    if (views !== null) return;
    let isWanted = true;
    void load().then((all) => {
      if (isWanted) setViews(all);
    });
    return () => {
      isWanted = false;
    };
  }, [views]);
  return views;
}
