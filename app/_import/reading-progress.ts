/**
 * How far the server is with the sources that are given to it: from the screen's ear on `/events` to the dialog, which
 * is code of its own and may be there or not.
 */
import type { ImportProgress } from '#core/events.ts';

type Listener = (progress: ImportProgress) => void;
const listeners = new Set<Listener>();

export function tellProgress(progress: ImportProgress): void {
  for (const listener of listeners) listener(progress);
}

/** Returns the end of listening. */
export function onProgress(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
