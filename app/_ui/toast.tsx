'use client';
/**
 * Toasts: only for what the eye could miss, with undo where it makes sense. What draws them is fetched when the
 * page has nothing else to do, so that it is there before the network goes; what is said earlier waits for it.
 */
import { useEffect, useState, type ComponentType } from 'react';

export interface Notice {
  message: string;
  detail: string | undefined;
  undo: (() => void) | undefined;
  durationMs: number | undefined;
  /** Something was refused or failed. */
  isProblem: boolean;
}

const waiting: Notice[] = [];
let show: ((notice: Notice) => void) | null = null;
let wake: () => void = () => undefined;

function say(notice: Notice): void {
  if (show !== null) return show(notice);
  waiting.push(notice);
  wake();
}

/** For what draws them: gets all that waited, then each as it comes. Returns the end of it. */
export function takeNotices(take: (notice: Notice) => void): () => void {
  show = take;
  for (const notice of waiting.splice(0)) take(notice);
  return () => {
    show = null;
  };
}

export function notify(
  message: string,
  options: { detail?: string; undo?: () => void; durationMs?: number } = {},
): void {
  const { detail, undo, durationMs } = options;
  say({ message, detail, undo, durationMs, isProblem: false });
}

/** Something was refused or failed: stays longer. */
export function notifyProblem(message: string, detail?: string): void {
  say({ message, detail, undo: undefined, durationMs: 8000, isProblem: true });
}

const idleMs = 3000;
const retryMs = 5000;

export function Toaster() {
  const [View, setView] = useState<ComponentType | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      clearTimeout(timer);
      try {
        const { ToasterView } = await import('./toaster-view.tsx');
        setView(() => ToasterView);
      } catch {
        // No network just now; what is to be said waits.
        timer = setTimeout(() => void load(), retryMs);
      }
    };
    wake = () => void load();
    timer = setTimeout(wake, waiting.length > 0 ? 0 : idleMs);
    return () => {
      clearTimeout(timer);
      wake = () => undefined;
    };
  }, []);
  return View === null ? null : <View />;
}
