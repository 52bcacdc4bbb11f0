/**
 * What the browser has selected at this moment. ProseMirror hears of a selection that the browser made (Shift with the
 * arrows in a locked text) a task later, and on a busy machine several keys later; a command must not act on what was
 * selected then. So a command has the view catch up first.
 */
import { TextSelection, type Selection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';

/** Takes the browser's selection over into the view, if it is another one and in the text. */
export function catchUpSelection(view: EditorView): void {
  const live = liveSelection(view);
  if (live !== null && !live.eq(view.state.selection)) view.dispatch(view.state.tr.setSelection(live));
}

/** Null when it is not in the text, or stands for something that only ProseMirror knows: cells, everything, a figure. */
function liveSelection(view: EditorView): Selection | null {
  if (view.isDestroyed || !(view.state.selection instanceof TextSelection)) return null;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = view.dom.ownerDocument.getSelection() ?? {};
  if (!isIn(view, anchorNode) || !isIn(view, focusNode)) return null;
  // The side that ProseMirror takes too, or the two would differ where nothing has changed.
  const anchor = view.posAtDOM(anchorNode, anchorOffset ?? 0, 1);
  const head = view.posAtDOM(focusNode, focusOffset ?? 0, 1);
  const { doc } = view.state;
  return anchor < 0 || head < 0 ? null : TextSelection.between(doc.resolve(anchor), doc.resolve(head));
}

function isIn(view: EditorView, node: Node | null | undefined): node is Node {
  return node != null && view.dom.contains(node);
}
