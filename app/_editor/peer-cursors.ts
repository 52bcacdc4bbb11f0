/**
 * Carets and selections of the others, and our own for them, as relative positions in the awareness field `cursor`
 * (the same form as y-prosemirror's). Seen and published while the text is locked too: where somebody reads and
 * selects is what a colleague wants to know. The report's text and each open rationale have one of these; a cursor
 * is drawn by the one whose fragment it is in.
 */
import { Plugin, PluginKey, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
  type ProsemirrorBinding,
} from 'y-prosemirror';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { isFromShared } from './highlights.ts';
import { peersOf, type Peer } from './peers.ts';

/** Dragging a selection makes hundreds of moves; twelve a second look continuous. */
const PUBLISH_MS = 80;

const key = new PluginKey<DecorationSet>('peer-cursors');

export function peerCursorsPlugin(awareness: Awareness): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_config, state) => drawPeers(state, awareness),
      apply: (tr, value, _before, state) =>
        tr.getMeta(key) === true || (tr.docChanged && isFromShared(tr))
          ? drawPeers(state, awareness)
          : value.map(tr.mapping, tr.doc),
    },
    props: { decorations: (state) => key.getState(state) },
    view: (view) => new CursorExchange(view, awareness),
  });
}

function bindingOf(state: EditorState): ProsemirrorBinding | null {
  const sync = ySyncPluginKey.getState(state) as { readonly binding: ProsemirrorBinding | null } | undefined;
  return sync?.binding ?? null;
}

function drawPeers(state: EditorState, awareness: Awareness): DecorationSet {
  const binding = bindingOf(state);
  if (binding === null || binding.mapping.size === 0) return DecorationSet.empty;
  const decorations = peersOf(awareness).flatMap((peer) => drawPeer(peer, binding, state.doc.content.size));
  return DecorationSet.create(state.doc, decorations);
}

function drawPeer(peer: Peer, binding: ProsemirrorBinding, size: number): readonly Decoration[] {
  if (peer.cursor === null) return [];
  const anchor = positionIn(binding, peer.cursor.anchor);
  const head = positionIn(binding, peer.cursor.head);
  if (anchor === null || head === null || anchor > size || head > size) return [];
  const style = `--c: ${peer.user.color}`;
  const caret = Decoration.widget(head, () => drawCaret(peer), {
    // The same caret at the same words is the same element: its name fades once and stays faded.
    key: `${peer.clientId} ${peer.user.name} ${JSON.stringify(peer.cursor.head)}`,
    side: 10,
    marks: [],
    ignoreSelection: true,
  });
  if (anchor === head) return [caret];
  const range = Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), {
    class: 'peer-selection',
    style,
  });
  return [range, caret];
}

/** Where somebody's caret is in this view; null when they are elsewhere. */
export function peerPosition(state: EditorState, awareness: Awareness, clientId: number): number | null {
  const binding = bindingOf(state);
  const cursor = peersOf(awareness).find((peer) => peer.clientId === clientId)?.cursor ?? null;
  return binding === null || cursor === null ? null : positionIn(binding, cursor.head);
}

function positionIn(binding: ProsemirrorBinding, json: unknown): number | null {
  const position = Y.createRelativePositionFromJSON(json);
  return relativePositionToAbsolutePosition(binding.doc, binding.type, position, binding.mapping);
}

function drawCaret({ user }: Peer): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'caret';
  caret.style.setProperty('--c', user.color);
  caret.setAttribute('aria-hidden', 'true');
  caret.append('\u2060');
  const name = caret.appendChild(document.createElement('b'));
  name.textContent = user.name;
  caret.append('\u2060');
  return caret;
}

interface Cursor {
  readonly anchor: Y.RelativePosition;
  readonly head: Y.RelativePosition;
}

/** Publishes our cursor while the view has the focus, and redraws when one of the others moved. */
class CursorExchange {
  readonly #view: EditorView;
  readonly #awareness: Awareness;
  #published: Cursor | null = null;
  #publishTimer: ReturnType<typeof setTimeout> | null = null;
  #redrawTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(view: EditorView, awareness: Awareness) {
    this.#view = view;
    this.#awareness = awareness;
    awareness.on('change', this.#peersChanged);
    view.dom.addEventListener('focusin', this.#publishSoon);
    view.dom.addEventListener('focusout', this.#publishSoon);
  }

  update(view: EditorView, before: EditorState): void {
    if (before.doc !== view.state.doc || !before.selection.eq(view.state.selection)) this.#publishSoon();
  }

  destroy(): void {
    if (this.#publishTimer !== null) clearTimeout(this.#publishTimer);
    if (this.#redrawTimer !== null) clearTimeout(this.#redrawTimer);
    this.#awareness.off('change', this.#peersChanged);
    this.#view.dom.removeEventListener('focusin', this.#publishSoon);
    this.#view.dom.removeEventListener('focusout', this.#publishSoon);
    this.#withdraw();
  }

  readonly #publishSoon = (): void => {
    this.#publishTimer ??= setTimeout(() => {
      this.#publishTimer = null;
      this.#publish();
    }, PUBLISH_MS);
  };

  #publish(): void {
    const binding = bindingOf(this.#view.state);
    if (!this.#view.hasFocus() || binding === null) {
      this.#withdraw();
      return;
    }
    const { anchor, head } = this.#view.state.selection;
    const cursor: Cursor = {
      anchor: absolutePositionToRelativePosition(anchor, binding.type, binding.mapping) as Y.RelativePosition,
      head: absolutePositionToRelativePosition(head, binding.type, binding.mapping) as Y.RelativePosition,
    };
    const known = this.#published;
    if (
      known !== null &&
      Y.compareRelativePositions(known.anchor, cursor.anchor) &&
      Y.compareRelativePositions(known.head, cursor.head)
    )
      return;
    this.#published = cursor;
    this.#awareness.setLocalStateField('cursor', cursor);
  }

  /** Takes our cursor back, unless another view of this page has published its own since. */
  #withdraw(): void {
    if (this.#published !== null && this.#awareness.getLocalState()?.['cursor'] === this.#published)
      this.#awareness.setLocalStateField('cursor', null);
    this.#published = null;
  }

  readonly #peersChanged = (
    change: Readonly<Record<'added' | 'updated' | 'removed', readonly number[]>>,
  ): void => {
    const others = [...change.added, ...change.updated, ...change.removed].some(
      (id) => id !== this.#awareness.clientID,
    );
    if (!others) return;
    this.#redrawTimer ??= setTimeout(() => {
      this.#redrawTimer = null;
      if (!this.#view.isDestroyed) this.#view.dispatch(this.#view.state.tr.setMeta(key, true));
    }, 0);
  };
}
