/** Scrolling to a place in the text: into the upper third of what scrolls, softly unless people asked for stillness. */
import type { EditorView } from 'prosemirror-view';

const FROM_TOP = 0.35;

/** False when nothing around the text scrolls. */
export function scrollToPosition(view: EditorView, position: number): boolean {
  const page = view.dom.ownerDocument;
  const scroller = scrollerOf(view.dom);
  if (scroller === null) return false;
  const isStill = page.defaultView?.matchMedia('(prefers-reduced-motion: reduce)').matches === true;
  const edge = scroller === page.scrollingElement ? 0 : scroller.getBoundingClientRect().top;
  const top = view.coordsAtPos(position, 1).top - edge - scroller.clientHeight * FROM_TOP;
  scroller.scrollBy({ top, behavior: isStill ? 'instant' : 'smooth' });
  return true;
}

/** The nearest ancestor that scrolls; the page when none does. */
function scrollerOf(element: HTMLElement): Element | null {
  const page = element.ownerDocument;
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    const overflow = page.defaultView?.getComputedStyle(at).overflowY;
    if ((overflow === 'auto' || overflow === 'scroll') && at.scrollHeight > at.clientHeight) return at;
  }
  return page.scrollingElement;
}
