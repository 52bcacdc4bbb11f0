'use client';
/** The keys of a small form inside a card: Escape gives it up, Ctrl/⌘+Enter sends it from any of its fields. */
import { useEffect, useRef, type RefObject } from 'react';

interface FormKeys {
  readonly send: () => void;
  readonly cancel: () => void;
}

export function useFormKeys(form: RefObject<HTMLElement | null>, keys: FormKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const element = form.current;
    if (element === null) return;
    const pressed = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented) return;
      if (event.key === 'Escape') latest.current.cancel();
      else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) latest.current.send();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener('keydown', pressed);
    return () => element.removeEventListener('keydown', pressed);
  }, [form]);
}
