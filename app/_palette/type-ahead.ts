/**
 * Keys that come between the wish for a field and the field: its code may be on the way, and meanwhile a letter would
 * do what it does on the screen behind ("T" takes a claim).
 */

export interface TypeAhead {
  /** What was typed so far. */
  onText(this: void, text: string): void;
  onEscape(this: void): void;
}

/** Listens until a field has the focus; returns the end of it. */
export function typeAhead(start: string, { onText, onEscape }: TypeAhead): () => void {
  let text = start;
  const stop = new AbortController();
  const options = { capture: true, signal: stop.signal };
  const take = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isLetter = Array.from(event.key).length === 1;
    if (!isLetter && event.key !== 'Backspace' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === 'Escape') {
      stop.abort();
      return onEscape();
    }
    text = isLetter ? text + event.key : Array.from(text).slice(0, -1).join('');
    onText(text);
  };
  window.addEventListener('keydown', take, options);
  window.addEventListener(
    'focusin',
    ({ target }) => {
      if (target instanceof HTMLInputElement) stop.abort();
    },
    options,
  );
  return () => stop.abort();
}
