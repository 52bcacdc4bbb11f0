'use client';
/**
 * Code that a page can be seen and read without: menus, dialogs, lists of choices, toasts, the palette. It is
 * fetched when first used, and in any case once the page has nothing else to do, so that everything works when the
 * network goes.
 */
import { useEffect, useRef, useState } from 'react';
import { strings } from '../_strings/en.ts';
import { notifyProblem } from './toast.tsx';

export interface OnDemand<T> {
  /** The same promise for all who ask; after a failure the next one asks anew. */
  load: () => Promise<T>;
  /** Null until it came. */
  loaded: () => T | null;
}

const known = new Set<OnDemand<unknown>>();

export function onDemand<T>(fetchCode: () => Promise<T>): OnDemand<T> {
  let asked: Promise<T> | null = null;
  let here: T | null = null;
  const fetchOnce = async (): Promise<T> => {
    try {
      here = await fetchCode();
      return here;
    } catch (error) {
      asked = null;
      throw error;
    }
  };
  const code: OnDemand<T> = { load: () => (asked ??= fetchOnce()), loaded: () => here };
  known.add(code);
  return code;
}

/** Fetches all of it, one after the other. False: something did not come. */
async function fetchAll(): Promise<boolean> {
  try {
    for (const code of known) await code.load();
    return true;
  } catch {
    return false;
  }
}

const idleMs = 4_000;
const retryMs = 10_000;

/** Once on a page: fetches ahead when it has been quiet for a while. */
export function useFetchAhead(): void {
  useEffect(() => {
    let timer = setTimeout(() => void run(), idleMs);
    const run = async () => {
      if (!(await fetchAll())) timer = setTimeout(() => void run(), retryMs);
    };
    return () => clearTimeout(timer);
  }, []);
}

export interface FirstUse<T> {
  /** Null until it was used for the first time. */
  code: T | null;
  /** Uses it: now if the code is here, else when it comes; without a network it says so. */
  use: () => void;
  /** The pointer or the focus is near. */
  prepare: () => void;
}

/** `onFailed`: it did not come and the user was told; whoever says that it is open takes that back. */
export function useOnFirstUse<T>(
  onDemandCode: OnDemand<T>,
  isOpen: boolean,
  onFailed?: () => void,
): FirstUse<T> {
  const [code, setCode] = useState<T | null>(null);
  const [isWanted, setWanted] = useState(false);
  const failed = useRef(onFailed);
  useEffect(() => {
    failed.current = onFailed;
  });
  const isMissing = code === null && (isWanted || isOpen);
  useEffect(() => {
    if (!isMissing) return undefined;
    let isLeft = false;
    const fetchIt = async () => {
      try {
        const loaded = await onDemandCode.load();
        if (!isLeft) setCode(() => loaded);
      } catch {
        if (isLeft) return;
        setWanted(false);
        failed.current?.();
        notifyProblem(strings.ui.serverAway);
      }
    };
    void fetchIt();
    return () => {
      isLeft = true;
    };
  }, [isMissing, onDemandCode]);
  return {
    code,
    use: () => setWanted(true),
    prepare: () => {
      onDemandCode.load().catch(() => undefined);
    },
  };
}
