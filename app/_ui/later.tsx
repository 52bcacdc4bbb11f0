'use client';
/**
 * A component whose code is fetched when it is first wanted. Without a network it says so and can be asked for
 * again: a piece that does not come must not break the page (React's `lazy` would).
 */
import { createElement, useEffect, useRef, useState, type ComponentType } from 'react';
import { strings } from '../_strings/en.ts';
import { notifyProblem } from './toast.tsx';

export interface LaterProps<P extends object> {
  isWanted: boolean;
  /** The same function at every render. */
  load: () => Promise<ComponentType<P>>;
  /** It did not come; the user was told. */
  onFailed: () => void;
  props: P;
}

export function Later<P extends object>({ isWanted, load, onFailed, props }: LaterProps<P>) {
  const [component, setComponent] = useState<ComponentType<P> | null>(null);
  const failed = useRef(onFailed);
  useEffect(() => {
    failed.current = onFailed;
  });
  const isMissing = isWanted && component === null;
  useEffect(() => {
    if (!isMissing) return undefined;
    let isLeft = false;
    const fetchIt = async () => {
      try {
        const loaded = await load();
        if (!isLeft) setComponent(() => loaded);
      } catch {
        if (isLeft) return;
        notifyProblem(strings.ui.serverAway);
        failed.current();
      }
    };
    void fetchIt();
    return () => {
      isLeft = true;
    };
  }, [isMissing, load]);
  return component === null ? null : createElement(component, props);
}
