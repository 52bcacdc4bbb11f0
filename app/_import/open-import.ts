/** Asks the home screen to open its import dialog, also from another screen on the way there. */
const OPEN = 'import:open';
let asked = false;

export function openImport(): void {
  asked = true;
  window.dispatchEvent(new Event(OPEN));
}

/** Calls back for each asking, and at once for one that came before; returns the end of it. */
export function onOpenImport(listener: () => void): () => void {
  const take = () => {
    if (!asked) return;
    asked = false;
    listener();
  };
  take();
  window.addEventListener(OPEN, take);
  return () => window.removeEventListener(OPEN, take);
}
