/** The words under a selection, as the text's offsets and as a quotation with its surroundings. */
import type { EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { flattenNode, offsetAtPosition } from '#core/text/flatten-node.ts';
import type { SelectedWords, SelectionBox, ViewRect } from './marks.ts';

/** As much as an anchor keeps (DESIGN 5). */
const CONTEXT = 32;

/** What is selected, without the space around it; null when that is nothing. */
export function selectedWords(view: EditorView): SelectedWords | null {
  const { from, to, empty } = view.state.selection;
  if (empty) return null;
  const quotation = quotationAt(view.state, from, to);
  const box = measureSelection(view);
  if (quotation === null || box === null) return null;
  return { ...quotation, rect: around(box), measure: () => measureSelection(view) };
}

type Quotation = Pick<SelectedWords, 'start' | 'end' | 'exact' | 'prefix' | 'suffix'>;

export function quotationAt(state: EditorState, from: number, to: number): Quotation | null {
  const flat = flattenNode(state.doc);
  const first = offsetAtPosition(flat, from);
  const raw = flat.text.slice(first, offsetAtPosition(flat, to));
  const exact = raw.trim();
  if (exact === '') return null;
  const start = first + raw.indexOf(exact);
  const end = start + exact.length;
  const prefix = flat.text.slice(Math.max(0, start - CONTEXT), start);
  return { start, end, exact, prefix, suffix: flat.text.slice(end, end + CONTEXT) };
}

/** The first and last line of the selection in the viewport; null when nothing is selected any more. */
function measureSelection(view: EditorView): SelectionBox | null {
  if (view.isDestroyed || view.state.selection.empty) return null;
  const { from, to } = view.state.selection;
  const start = view.coordsAtPos(from, 1);
  const end = view.coordsAtPos(to, -1);
  const text = view.dom.getBoundingClientRect();
  const isOneLine = end.top < start.bottom && end.bottom > start.top;
  if (isOneLine) {
    const line = {
      left: Math.min(start.left, end.left),
      right: Math.max(start.right, end.right),
      top: Math.min(start.top, end.top),
      bottom: Math.max(start.bottom, end.bottom),
    };
    return { first: line, last: line };
  }
  return {
    first: { left: start.left, right: text.right, top: start.top, bottom: start.bottom },
    last: { left: text.left, right: end.right, top: end.top, bottom: end.bottom },
  };
}

function around({ first, last }: SelectionBox): ViewRect {
  return {
    left: Math.min(first.left, last.left),
    right: Math.max(first.right, last.right),
    top: first.top,
    bottom: last.bottom,
  };
}
