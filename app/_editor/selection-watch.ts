/**
 * Tells when a selection was made: after the mouse is let go, after the handles of a touch selection rest, after a
 * key. Within 100 ms of that the bar must be there, and while somebody still drags it must not flicker along.
 */
import { Plugin, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';

/** Touch handles and Shift with an arrow make many small changes; this is when they rest. */
const REST_MS = 50;

export interface SelectionListener {
  made(view: EditorView): void;
  gone(): void;
}

export function selectionWatchPlugin(listener: SelectionListener): Plugin {
  return new Plugin({ view: (view) => new SelectionWatch(view, listener) });
}

class SelectionWatch {
  readonly #view: EditorView;
  readonly #listener: SelectionListener;
  #isDragging = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(view: EditorView, listener: SelectionListener) {
    this.#view = view;
    this.#listener = listener;
    view.dom.addEventListener('pointerdown', this.#pressed);
    view.dom.ownerDocument.addEventListener('pointerup', this.#released);
    view.dom.ownerDocument.addEventListener('pointercancel', this.#released);
  }

  update(view: EditorView, before: EditorState): void {
    const { selection, doc } = view.state;
    if (selection.eq(before.selection) && doc === before.doc) return;
    if (selection.empty) {
      this.#forget();
      if (!before.selection.empty) this.#listener.gone();
    } else if (!this.#isDragging) this.#reportSoon();
  }

  destroy(): void {
    this.#forget();
    this.#view.dom.removeEventListener('pointerdown', this.#pressed);
    this.#view.dom.ownerDocument.removeEventListener('pointerup', this.#released);
    this.#view.dom.ownerDocument.removeEventListener('pointercancel', this.#released);
  }

  readonly #pressed = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return;
    this.#isDragging = true;
    this.#forget();
  };

  readonly #released = (): void => {
    if (!this.#isDragging) return;
    this.#isDragging = false;
    this.#reportSoon();
  };

  #reportSoon(): void {
    this.#forget();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (!this.#view.isDestroyed && !this.#view.state.selection.empty) this.#listener.made(this.#view);
    }, REST_MS);
  }

  #forget(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
