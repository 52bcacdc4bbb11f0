/**
 * A locked text can be read, selected by mouse, touch and keyboard, and copied, but not changed. It stays
 * contenteditable (with `aria-readonly` and no keyboard on touch screens): a caret that moves with the arrow keys
 * and Shift is what selecting by keyboard alone needs. So every way in is closed here: what the browser is about to
 * type, drop or paste, and, for what a browser does not announce (composition), the transaction itself.
 */
import { AllSelection, Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { isFromShared } from './highlights.ts';

export function lockPlugin(isEditable: () => boolean): Plugin {
  const stop = (event: Event): boolean => {
    if (isEditable()) return false;
    event.preventDefault();
    return true;
  };
  return new Plugin({
    filterTransaction: (tr) => {
      if (!tr.docChanged || isFromShared(tr)) return true;
      // A repair (of a table) after a change of somebody else is theirs to make, not every reader's at once.
      const cause: unknown = tr.getMeta('appendedTransaction');
      if (cause !== undefined && isFromShared(cause as typeof tr)) return false;
      return isEditable();
    },
    props: {
      handleKeyDown: (view, event) => !isEditable() && isSelectAll(event) && selectAll(view),
      handleDOMEvents: {
        beforeinput: (_view, event) => stop(event),
        drop: (_view, event) => stop(event),
        dragstart: (_view, event) => stop(event),
        paste: (_view, event) => stop(event),
      },
    },
  });
}

/** Selecting is not editing, and comes with no script of editing. */
function selectAll(view: EditorView): true {
  view.dispatch(view.state.tr.setSelection(new AllSelection(view.state.doc)));
  return true;
}

function isSelectAll(event: KeyboardEvent): boolean {
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  const isMod = isApple ? event.metaKey : event.ctrlKey;
  return isMod && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'a';
}
