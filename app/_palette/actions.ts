'use client';
/** What the palette can do. A screen adds its own actions while it is shown; they stand first, as "Here". */
import { useEffect, useSyncExternalStore, type ReactNode } from 'react';

export interface PaletteAction {
  id: string;
  label: string;
  icon?: ReactNode;
  /** A key that does the same. */
  kbd?: string;
  /** Other words by which people look for it. */
  keywords?: readonly string[];
  run: () => void;
}

const byScreen = new Map<string, readonly PaletteAction[]>();
const listeners = new Set<() => void>();
const none: readonly PaletteAction[] = [];
let all: readonly PaletteAction[] = none;

function changed(): void {
  all = byScreen.size === 0 ? none : [...byScreen.values()].flat();
  for (const listener of listeners) listener();
}

/** Keep `actions` stable (useMemo): each new array is a new registration. */
export function usePaletteActions(screen: string, actions: readonly PaletteAction[]): void {
  useEffect(() => {
    byScreen.set(screen, actions);
    changed();
    return () => {
      byScreen.delete(screen);
      changed();
    };
  }, [screen, actions]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useScreenActions(): readonly PaletteAction[] {
  return useSyncExternalStore(
    subscribe,
    () => all,
    () => none,
  );
}
