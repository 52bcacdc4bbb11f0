'use client';
/** Listens for Ctrl/⌘ K everywhere; the palette itself is loaded when it is first asked for. */
import { createElement, useEffect, useRef, useState } from 'react';
import { onDemand, useOnFirstUse } from '../_ui/on-demand.ts';
import { typeAhead } from './type-ahead.ts';

const paletteCode = onDemand(async () => (await import('./palette.tsx')).Palette);
const OPEN = 'palette:open';

/** Opens the palette from a button; `query` is typed already. */
export function openPalette(query = ''): void {
  window.dispatchEvent(new CustomEvent<string>(OPEN, { detail: query }));
}

export function PaletteHost() {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const { code } = useOnFirstUse(paletteCode, open, () => setOpen(false));

  const endAhead = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (!open) endAhead.current?.();
  }, [open]);

  useEffect(() => {
    const show = (query: string) => {
      setText(query);
      setOpen(true);
      endAhead.current?.();
      // From this very moment: the next key may come before the next render.
      endAhead.current = typeAhead(query, { onText: setText, onEscape: () => setOpen(false) });
    };
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.metaKey || event.ctrlKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      show('');
    };
    const onOpen = (event: Event) =>
      show(event instanceof CustomEvent && typeof event.detail === 'string' ? event.detail : '');
    window.addEventListener('keydown', onKey);
    window.addEventListener(OPEN, onOpen);
    return () => {
      endAhead.current?.();
      window.removeEventListener('keydown', onKey);
      window.removeEventListener(OPEN, onOpen);
    };
  }, []);

  return code === null ? null : createElement(code, { open, onOpenChange: setOpen, text, onText: setText });
}
