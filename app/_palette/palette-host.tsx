'use client';
/** Listens for Ctrl/⌘ K everywhere; the palette itself is loaded when it is first asked for. */
import { useEffect, useState } from 'react';
import { Later } from '../_ui/later.tsx';

const load = async () => (await import('./palette.tsx')).Palette;
const OPEN = 'palette:open';

/** Opens the palette from a button; `query` is typed already. */
export function openPalette(query = ''): void {
  window.dispatchEvent(new CustomEvent<string>(OPEN, { detail: query }));
}

export function PaletteHost() {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');

  useEffect(() => {
    const show = (text: string) => {
      setQuery(text);
      setOpen(true);
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
      window.removeEventListener('keydown', onKey);
      window.removeEventListener(OPEN, onOpen);
    };
  }, []);

  return (
    <Later
      isWanted={open}
      load={load}
      onFailed={() => setOpen(false)}
      props={{ open, onOpenChange: setOpen, initialQuery: query }}
    />
  );
}
