/**
 * The report's text on the screen: one ProseMirror view over the shared document, without React. text-editor.tsx
 * mounts it and hands it new marks; it answers through callbacks. What each part does is in its own file; here is
 * only how they play together, and when places are settled, drawn and measured.
 */
import { EditorState, TextSelection, type Plugin } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { ySyncPlugin, yUndoPlugin } from 'y-prosemirror';
import { BODY_ROOT, isSafeHref, reportSchema } from '#core/text/schema.ts';
import { observePlaces } from './claim-entry.ts';
import { ClaimPlaces } from './claim-places.ts';
import type { DocumentSession } from './document-session.ts';
import {
  changeHighlights,
  highlightsOf,
  highlightsPlugin,
  isFromShared,
  type Highlights,
} from './highlights.ts';
import type { Span } from './lanes.ts';
import { catchUpSelection } from './live-selection.ts';
import { lockPlugin } from './locked-text.ts';
import type { ClaimMark, CommentMark, MarkPlace, SelectedWords, TextEditorHandle } from './marks.ts';
import { partToDraw, placesOnPage } from './near-viewport.ts';
import { peerCursorsPlugin, peerPosition } from './peer-cursors.ts';
import { scrollToPosition } from './scroll-to.ts';
import { selectedWords } from './selected-words.ts';
import { selectionWatchPlugin } from './selection-watch.ts';
import { sharedContent } from './shared-content.ts';
import type { TextEditing } from './text-editing.ts';

/**
 * After a change from others every place is settled from its relative positions: before the next paint in a text of
 * ordinary length (1 ms), in a long one when they pause, so that eight people's typing does not cost each key 15 ms.
 */
const LONG_TEXT = 60_000;
const PAUSE_MS = 250;
const LONGEST_WAIT_MS = 1_500;
/** While somebody types the margin follows a little later; a change of the text's height is followed at once. */
const LAYOUT_PAUSE_MS = 100;

export interface TextViewProps {
  readonly editable: boolean;
  readonly label: string;
  readonly claims: readonly ClaimMark[];
  readonly comments: readonly CommentMark[];
  readonly activeId: string | null;
  readonly hoverId: string | null;
  onActivate(this: void, id: string): void;
  onHover(this: void, id: string | null): void;
  onSelection(this: void, selection: SelectedWords | null): void;
  onLayout(this: void, places: ReadonlyMap<string, MarkPlace>): void;
}

/** Where somebody is in a text. */
export interface Caret {
  readonly anchor: number;
  readonly head: number;
  readonly hasFocus: boolean;
}

export class TextView implements TextEditorHandle {
  readonly #session: DocumentSession;
  readonly #places: ClaimPlaces;
  readonly #view: EditorView;
  readonly #stops: (() => void)[] = [];
  readonly #canEdit: boolean;
  #props: TextViewProps;
  #settleTimer: ReturnType<typeof setTimeout> | null = null;
  #layoutTimer: ReturnType<typeof setTimeout> | null = null;
  #unsettledSince: number | null = null;
  #frame: number | null = null;
  #reported: ReadonlyMap<string, MarkPlace> = new Map();

  /** Without `editing` it is locked. */
  constructor(
    host: HTMLElement,
    session: DocumentSession,
    props: TextViewProps,
    editing: TextEditing | null,
  ) {
    this.#session = session;
    this.#props = props;
    this.#canEdit = editing !== null;
    this.#places = new ClaimPlaces(session.doc);
    const body = session.doc.getXmlFragment(BODY_ROOT);
    const { doc, mapping } = sharedContent(body, reportSchema);
    const highlights: Highlights = {
      claims: props.claims,
      comments: props.comments,
      places: this.#places.resolve(doc, props.claims, props.comments),
      activeId: props.activeId,
      hoverId: props.hoverId,
      near: { from: 0, to: Math.min(doc.content.size, 6_000) },
      everything: false,
    };
    const isEditable = (): boolean => this.#isEditable;
    const plugins: Plugin[] = [
      // y-prosemirror types its plugins as any.
      ySyncPlugin(body, { mapping }) as Plugin,
      yUndoPlugin() as Plugin,
      lockPlugin(isEditable),
      peerCursorsPlugin(session.awareness),
      highlightsPlugin(highlights),
      selectionWatchPlugin({
        made: () => this.#props.onSelection(this.currentSelection()),
        gone: () => this.#props.onSelection(null),
      }),
      ...(editing?.(isEditable) ?? []),
    ];
    this.#view = new EditorView(host, {
      state: EditorState.create({ doc, plugins }),
      attributes: () => this.#attributes(),
      handleClick: (_view, position, event) => this.#clicked(position, event),
      handleKeyDown: (_view, event) => this.#keyPressed(event),
      handleDOMEvents: {
        mouseover: (_view, event) => this.#pointedAt(event.target),
        mouseleave: () => this.#pointedAt(null),
      },
      dispatchTransaction: (tr) => {
        this.#view.updateState(this.#view.state.apply(tr));
        if (tr.docChanged && isFromShared(tr)) this.#settleSoon();
        if (tr.docChanged) this.#layOutAfterTyping();
      },
    });
    this.#listen();
    this.#layOutSoon();
  }

  get #isEditable(): boolean {
    return this.#canEdit && this.#props.editable;
  }

  #attributes(): Record<string, string> {
    const { label } = this.#props;
    const common = { class: 'text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label };
    return this.#isEditable
      ? { ...common, spellcheck: 'true', 'data-report-text': 'open' }
      : {
          ...common,
          spellcheck: 'false',
          inputmode: 'none',
          'aria-readonly': 'true',
          'data-report-text': 'locked',
        };
  }

  #listen(): void {
    const page = this.#view.dom.ownerDocument;
    const window = page.defaultView;
    const on = (target: EventTarget | null, name: string, listener: () => void): void => {
      target?.addEventListener(name, listener, { capture: true, passive: true });
      this.#stops.push(() => target?.removeEventListener(name, listener, { capture: true }));
    };
    on(page, 'scroll', this.#layOutSoon);
    on(window, 'beforeprint', () => this.#change({ everything: true }));
    on(window, 'afterprint', () => this.#change({ everything: false }));
    const resized = new ResizeObserver(this.#layOutSoon);
    resized.observe(this.#view.dom);
    this.#stops.push(() => resized.disconnect());
    this.#stops.push(observePlaces(this.#session.doc, this.#settleSoon));
  }

  setProps(props: TextViewProps): void {
    const before = this.#props;
    this.#props = props;
    if (before.editable !== props.editable || before.label !== props.label) this.#view.setProps({});
    const { claims, comments, activeId, hoverId } = props;
    const isMarked = before.claims !== claims || before.comments !== comments;
    if (isMarked) {
      const places = this.#places.resolve(this.#view.state.doc, claims, comments);
      this.#change({ claims, comments, places, activeId, hoverId });
    } else if (before.activeId !== activeId || before.hoverId !== hoverId)
      this.#change({ activeId, hoverId });
    if (isMarked) this.#layOutSoon();
  }

  destroy(): void {
    if (this.#settleTimer !== null) clearTimeout(this.#settleTimer);
    if (this.#layoutTimer !== null) clearTimeout(this.#layoutTimer);
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    for (const stop of this.#stops) stop();
    this.#view.destroy();
  }

  #change(change: Partial<Highlights>): void {
    if (!this.#view.isDestroyed) this.#view.dispatch(changeHighlights(this.#view.state.tr, change));
  }

  #spans(): ReadonlyMap<string, Span> {
    return highlightsOf(this.#view.state)?.places ?? new Map<string, Span>();
  }

  readonly #settleSoon = (): void => {
    if (this.#unsettledSince !== null && this.#settleTimer === null) return;
    const now = performance.now();
    this.#unsettledSince ??= now;
    if (this.#view.state.doc.content.size < LONG_TEXT) {
      queueMicrotask(() => this.#settle());
      return;
    }
    if (now - this.#unsettledSince > LONGEST_WAIT_MS) return;
    if (this.#settleTimer !== null) clearTimeout(this.#settleTimer);
    this.#settleTimer = setTimeout(() => this.#settle(), PAUSE_MS);
  };

  #settle(): void {
    this.#settleTimer = null;
    this.#unsettledSince = null;
    if (this.#view.isDestroyed) return;
    const places = this.#places.resolve(this.#view.state.doc, this.#props.claims, this.#props.comments);
    if (areSame(places, this.#spans())) return;
    this.#change({ places });
    this.#layOutSoon();
  }

  #layOutAfterTyping(): void {
    this.#layoutTimer ??= setTimeout(() => {
      this.#layoutTimer = null;
      this.#layOutSoon();
    }, LAYOUT_PAUSE_MS);
  }

  readonly #layOutSoon = (): void => {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#layOut();
    });
  };

  #layOut(): void {
    const near = partToDraw(this.#view, highlightsOf(this.#view.state)?.near ?? { from: 0, to: 0 });
    if (near !== null) this.#change({ near });
    const places = placesOnPage(this.#view, this.#spans());
    if (isSameLayout(places, this.#reported)) return;
    this.#reported = places;
    this.#props.onLayout(places);
  }

  #clicked(position: number, event: MouseEvent): boolean {
    if (event.button !== 0 || !this.#view.state.selection.empty) return false;
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const href = link?.getAttribute('href') ?? '';
    if (link !== null && isSafeHref(href) && (event.metaKey || event.ctrlKey)) {
      this.#view.dom.ownerDocument.defaultView?.open(href, '_blank', 'noopener');
      return true;
    }
    const id = nextOf(this.#marksAt(event.target), this.#props.activeId);
    if (id === null) return false;
    // The browser tells of its caret a moment later: drawing the chosen highlight before that would lose it.
    const { doc, selection, tr } = this.#view.state;
    if (selection.head !== position)
      this.#view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(position))));
    this.#props.onActivate(id);
    return false;
  }

  /** In a locked text Enter opens what the caret is in: the way there by keyboard alone. */
  #keyPressed(event: KeyboardEvent): boolean {
    if (this.#isEditable || event.key !== 'Enter' || !this.#view.state.selection.empty) return false;
    const position = this.#view.state.selection.head;
    const around = [...this.#spans()].filter(([, span]) => span.from <= position && position <= span.to);
    const id = nextOf(
      around.toSorted(bySize).map(([name]) => name),
      this.#props.activeId,
    );
    if (id !== null) this.#props.onActivate(id);
    return id !== null;
  }

  #pointedAt(target: EventTarget | null): boolean {
    const id = this.#marksAt(target)[0] ?? null;
    if (id !== this.#props.hoverId) this.#props.onHover(id);
    return false;
  }

  /** The marks around an element, the shortest first. */
  #marksAt(target: EventTarget | null): readonly string[] {
    const spans = this.#spans();
    const found: [string, Span][] = [];
    for (
      let at = target instanceof Element ? target : null;
      at !== null && at !== this.#view.dom;
      at = at.parentElement
    ) {
      const id = at instanceof HTMLElement ? (at.dataset['claim'] ?? at.dataset['comment']) : undefined;
      const span = id === undefined ? undefined : spans.get(id);
      if (id !== undefined && span !== undefined) found.push([id, span]);
    }
    return found.toSorted(bySize).map(([id]) => id);
  }

  scrollTo(id: string): boolean {
    const span = this.#spans().get(id);
    return span !== undefined && scrollToPosition(this.#view, span.from);
  }

  scrollToPeer(clientId: number): boolean {
    const position = peerPosition(this.#view.state, this.#session.awareness, clientId);
    return position !== null && scrollToPosition(this.#view, position);
  }

  focusText(): void {
    this.#view.focus();
  }

  selectClaim(id: string): boolean {
    const span = this.#spans().get(id);
    if (span === undefined) return false;
    const { doc, tr } = this.#view.state;
    this.#view.dispatch(tr.setSelection(TextSelection.create(doc, span.from, span.to)));
    this.#view.focus();
    return true;
  }

  currentSelection(): SelectedWords | null {
    catchUpSelection(this.#view);
    return selectedWords(this.#view);
  }

  placeOf(id: string): MarkPlace | null {
    const span = this.#spans().get(id);
    if (span === undefined) return null;
    const origin = this.#view.dom.getBoundingClientRect().top;
    const top = this.#view.coordsAtPos(span.from, 1).top - origin;
    return { top, bottom: this.#view.coordsAtPos(span.to, -1).bottom - origin };
  }

  caret(): Caret {
    const { anchor, head } = this.#view.state.selection;
    return { anchor, head, hasFocus: this.#view.hasFocus() };
  }

  /** Goes on where another view of the same text was left. */
  putCaret({ anchor, head, hasFocus }: Caret): void {
    const { doc, tr } = this.#view.state;
    this.#view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head))));
    if (hasFocus) this.#view.focus();
  }

  clearSelection(): void {
    const { doc, selection, tr } = this.#view.state;
    if (!selection.empty)
      this.#view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(selection.to), -1)));
  }
}

function bySize([, a]: readonly [string, Span], [, b]: readonly [string, Span]): number {
  return a.to - a.from - (b.to - b.from);
}

/** The first of some marks, or, when one of them is active already, the one after it. */
function nextOf(ids: readonly string[], activeId: string | null): string | null {
  const active = activeId === null ? -1 : ids.indexOf(activeId);
  return ids[(active + 1) % ids.length] ?? null;
}

function areSame(a: ReadonlyMap<string, Span>, b: ReadonlyMap<string, Span>): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([id, span]) => b.get(id)?.from === span.from && b.get(id)?.to === span.to);
}

function isSameLayout(a: ReadonlyMap<string, MarkPlace>, b: ReadonlyMap<string, MarkPlace>): boolean {
  if (a.size !== b.size) return false;
  const isNear = (x: number, y: number | undefined): boolean => y !== undefined && Math.abs(x - y) < 0.5;
  return [...a].every(
    ([id, { top, bottom }]) => isNear(top, b.get(id)?.top) && isNear(bottom, b.get(id)?.bottom),
  );
}
