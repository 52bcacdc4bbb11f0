/**
 * Which part of a long text is near the viewport, and where its marks are on the page.
 * Reads layout and never writes, so a call costs one layout at most.
 */
import type { EditorView } from 'prosemirror-view';
import type { Span } from './lanes.ts';
import type { MarkPlace } from './marks.ts';

/** Drawn beyond the viewport on either side, in viewport heights: enough that fast scrolling finds it drawn. */
const DRAWN_AROUND = 1.5;
/** When less than this is left of what is drawn, it is time to draw on. */
const KEPT_AROUND = 0.6;

/** The part to draw now, or null when what is drawn still reaches. */
export function partToDraw(view: EditorView, drawn: Span): Span | null {
  const height = view.dom.ownerDocument.defaultView?.innerHeight ?? 800;
  const needed = spanBetween(view, -height * KEPT_AROUND, height * (1 + KEPT_AROUND));
  if (needed.from >= drawn.from && needed.to <= drawn.to) return null;
  return spanBetween(view, -height * DRAWN_AROUND, height * (1 + DRAWN_AROUND));
}

/** The top-level blocks between two heights of the viewport, as positions. */
function spanBetween(view: EditorView, top: number, bottom: number): Span {
  const blocks = view.dom.children;
  const first = firstBlock(blocks, (rect) => rect.bottom >= top);
  const past = firstBlock(blocks, (rect) => rect.top > bottom);
  const size = view.state.doc.content.size;
  return {
    from: positionBefore(view, blocks[first]) ?? size,
    to: positionBefore(view, blocks[past]) ?? size,
  };
}

/** The index of the first block for which the test holds (it then holds for all after it). */
function firstBlock(blocks: HTMLCollection, test: (rect: DOMRect) => boolean): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const block = blocks[middle];
    if (block !== undefined && test(block.getBoundingClientRect())) high = middle;
    else low = middle + 1;
  }
  return low;
}

function positionBefore(view: EditorView, block: Element | undefined): number | null {
  return block === undefined ? null : Math.max(0, view.posAtDOM(block, 0) - 1);
}

/**
 * Tops and bottoms of all marks from the top of the text. Exact for what is drawn; for the rest by its share of the
 * block's height, which is replaced before it comes into view.
 */
export function placesOnPage(view: EditorView, spans: ReadonlyMap<string, Span>): Map<string, MarkPlace> {
  const origin = view.dom.getBoundingClientRect().top;
  const places = drawnPlaces(view, origin);
  let estimate: ((span: Span) => MarkPlace) | null = null;
  for (const [id, span] of spans) {
    if (places.has(id)) continue;
    estimate ??= estimator(view, origin);
    places.set(id, estimate(span));
  }
  for (const id of places.keys()) if (!spans.has(id)) places.delete(id);
  return places;
}

function drawnPlaces(view: EditorView, origin: number): Map<string, MarkPlace> {
  const places = new Map<string, MarkPlace>();
  for (const element of view.dom.querySelectorAll<HTMLElement>('.hl, .cm')) {
    const id = element.dataset['claim'] ?? element.dataset['comment'];
    if (id === undefined) continue;
    const rect = element.getBoundingClientRect();
    const known = places.get(id);
    places.set(id, {
      top: Math.min(known?.top ?? Infinity, rect.top - origin),
      bottom: Math.max(known?.bottom ?? -Infinity, rect.bottom - origin),
    });
  }
  return places;
}

function estimator(view: EditorView, origin: number): (span: Span) => MarkPlace {
  const { doc } = view.state;
  const starts: number[] = [];
  doc.forEach((_block, offset) => starts.push(offset));
  const rects = starts.map((_start, index) => view.dom.children[index]?.getBoundingClientRect() ?? null);
  return (span) => {
    const index = starts.findLastIndex((start) => start <= span.from);
    const rect = rects[index];
    const start = starts[index];
    if (rect == null || start === undefined) return { top: 0, bottom: 0 };
    const size = Math.max(1, doc.child(index).nodeSize);
    const share = (position: number): number => Math.min(1, Math.max(0, (position - start) / size));
    const at = (position: number): number => rect.top - origin + rect.height * share(position);
    return { top: at(span.from), bottom: at(span.to) };
  };
}
