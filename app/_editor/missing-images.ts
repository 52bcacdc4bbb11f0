/**
 * Figures whose image does not come (no network, no such image, no right to it) show what the image is called instead:
 * the figure is marked `data-missing` with a word for people, and the style sheet does the rest. An image's failure is
 * an event that does not bubble, so it is caught on its way down; what failed before anybody listened is asked for.
 * Works alike on the text of the server and in the editor, which both leave the mark alone.
 */

/** Watches the figures under an element until it is stopped. */
export function watchImages(root: HTMLElement, missing: string): () => void {
  const look = (event: Event): void => {
    if (event.target instanceof HTMLImageElement) mark(event.target, event.type === 'error', missing);
  };
  // With the network back, what was missing for want of it comes.
  const again = (): void => {
    for (const image of root.querySelectorAll<HTMLImageElement>('[data-missing] img')) fetchAgain(image);
  };
  for (const image of root.querySelectorAll<HTMLImageElement>('[data-image] img'))
    if (image.complete && image.naturalWidth === 0) mark(image, true, missing);
  root.addEventListener('error', look, { capture: true });
  root.addEventListener('load', look, { capture: true });
  window.addEventListener('online', again);
  return () => {
    root.removeEventListener('error', look, { capture: true });
    root.removeEventListener('load', look, { capture: true });
    window.removeEventListener('online', again);
  };
}

function mark(image: HTMLImageElement, isMissing: boolean, word: string): void {
  const figure = image.closest<HTMLElement>('figure[data-image]');
  if (figure === null) return;
  if (isMissing) figure.dataset['missing'] = word;
  else delete figure.dataset['missing'];
}

/** One that is not shown is never fetched while it is lazy. */
function fetchAgain(image: HTMLImageElement): void {
  const address = image.src;
  image.loading = 'eager';
  image.src = address;
}
