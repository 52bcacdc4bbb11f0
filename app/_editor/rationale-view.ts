/**
 * One claim's rationale on the screen: ProseMirror over `claims[id].rationale`. While the server has not written the
 * claim's entry, what is typed goes into a draft (rationale-drafts.ts); when the entry arrives the draft is merged and
 * the same view goes on over the shared one, with the focus and the caret where they were.
 */
import { toggleMark } from 'prosemirror-commands';
import { Node } from 'prosemirror-model';
import { wrapInList } from 'prosemirror-schema-list';
import { EditorState, TextSelection, type Command, type Plugin } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { ySyncPlugin, yUndoPlugin } from 'y-prosemirror';
import type * as Y from 'yjs';
import { isSafeHref, rationaleSchema } from '#core/text/schema.ts';
import { observePlaces, rationaleOf } from './claim-entry.ts';
import type { DocumentSession } from './document-session.ts';
import { editingPlugins } from './editing-keys.ts';
import { lockPlugin } from './locked-text.ts';
import type { TextNodeJson } from './marks.ts';
import { peerCursorsPlugin } from './peer-cursors.ts';
import { sharedContent } from './shared-content.ts';

export interface RationaleViewProps {
  readonly editable: boolean;
  readonly label: string;
  readonly placeholder: string;
  onEscape?: ((this: void) => void) | undefined;
  /** Ctrl/⌘ K: the address of a link is asked for. */
  onAskLink(this: void): void;
}

export type RationaleTool = 'bold' | 'italic' | 'bullets' | 'numbers';

const { nodes, marks } = rationaleSchema;
const tools: Readonly<Record<RationaleTool, Command>> = {
  bold: toggleMark(marks.strong),
  italic: toggleMark(marks.em),
  bullets: wrapInList(nodes.bullet_list),
  numbers: wrapInList(nodes.ordered_list),
};

export class RationaleView {
  readonly #session: DocumentSession;
  readonly #claimId: string;
  readonly #view: EditorView;
  readonly #stops: (() => void)[];
  #props: RationaleViewProps;
  #shared: Y.XmlFragment | null = null;

  constructor(host: HTMLElement, session: DocumentSession, claimId: string, props: RationaleViewProps) {
    this.#session = session;
    this.#claimId = claimId;
    this.#props = props;
    const release = session.drafts.hold(claimId);
    session.drafts.merge(claimId);
    this.#view = new EditorView(host, {
      state: this.#firstState(),
      editable: () => this.#props.editable,
      attributes: (state) => this.#attributes(state),
      handleKeyDown: (_view, event) => this.#keyPressed(event),
      handleDOMEvents: {
        focus: () => this.#sayWriting(claimId),
        blur: () => this.#sayWriting(null),
        compositionend: () => {
          queueMicrotask(this.#bind);
        },
      },
      dispatchTransaction: (tr) => {
        this.#view.updateState(this.#view.state.apply(tr));
        if (tr.docChanged && this.#shared === null) this.#keepDraft();
      },
    });
    // After the transaction that brings the entry: binding inside it would draw what it is still changing.
    const stopWaiting = observePlaces(session.doc, (ids) => {
      if (ids.has(claimId)) queueMicrotask(this.#bind);
    });
    this.#stops = [stopWaiting, release];
  }

  #firstState(): EditorState {
    const shared = rationaleOf(this.#session.doc, this.#claimId);
    if (shared !== null) return this.#sharedState(shared);
    const draft = this.#session.drafts.read(this.#claimId);
    const doc = draft === null ? nodes.doc.createAndFill() : Node.fromJSON(rationaleSchema, draft);
    return EditorState.create({
      schema: rationaleSchema,
      ...(doc === null ? {} : { doc }),
      plugins: this.#plugins(),
    });
  }

  #sharedState(shared: Y.XmlFragment): EditorState {
    this.#shared = shared;
    const { doc, mapping } = sharedContent(shared, rationaleSchema);
    // y-prosemirror types its plugins as any.
    const sync = [ySyncPlugin(shared, { mapping }) as Plugin, yUndoPlugin() as Plugin];
    return EditorState.create({
      doc,
      plugins: [...sync, peerCursorsPlugin(this.#session.awareness), ...this.#plugins()],
    });
  }

  #plugins(): readonly Plugin[] {
    const isEditable = (): boolean => this.#props.editable;
    return [lockPlugin(isEditable), ...editingPlugins(rationaleSchema, isEditable)];
  }

  #attributes(state: EditorState): Record<string, string> {
    const { editable, label, placeholder } = this.#props;
    const isEmpty = state.doc.childCount === 1 && state.doc.firstChild?.content.size === 0;
    return {
      class: 'rationale-text',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': label,
      ...(editable ? {} : { 'aria-readonly': 'true' }),
      ...(isEmpty ? { 'data-placeholder': placeholder, 'aria-placeholder': placeholder } : {}),
    };
  }

  #keyPressed(event: KeyboardEvent): boolean {
    if (event.key === 'Escape' && this.#props.onEscape !== undefined) {
      this.#props.onEscape();
      return true;
    }
    if (event.key !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || !this.#props.editable)
      return false;
    this.#props.onAskLink();
    return true;
  }

  #keepDraft(): void {
    // toJSON is typed as any.
    this.#session.drafts.write(this.#claimId, this.#view.state.doc.toJSON() as TextNodeJson);
  }

  #sayWriting(claimId: string | null): boolean {
    if (this.#props.editable) this.#session.awareness.setLocalStateField('writing', claimId);
    return false;
  }

  /** Goes over to the shared rationale once it is there (again: when the entry was made anew). */
  readonly #bind = (): void => {
    const shared = rationaleOf(this.#session.doc, this.#claimId);
    if (shared === null || shared === this.#shared || this.#view.isDestroyed || this.#view.composing) return;
    const { anchor, head } = this.#view.state.selection;
    const before = this.#session.drafts.merge(this.#claimId) ?? 0;
    const state = this.#sharedState(shared);
    const at = (position: number): number => Math.min(position + before, state.doc.content.size);
    const selection = TextSelection.between(state.doc.resolve(at(anchor)), state.doc.resolve(at(head)));
    this.#view.updateState(state.apply(state.tr.setSelection(selection)));
  };

  setProps(props: RationaleViewProps): void {
    const before = this.#props;
    this.#props = props;
    const { editable, label, placeholder } = props;
    if (before.editable !== editable || before.label !== label || before.placeholder !== placeholder)
      this.#view.setProps({});
  }

  focus(): void {
    const { doc, tr } = this.#view.state;
    this.#view.dispatch(tr.setSelection(TextSelection.atEnd(doc)));
    this.#view.focus();
  }

  use(tool: RationaleTool): void {
    tools[tool](this.#view.state, this.#view.dispatch, this.#view);
    this.#view.focus();
  }

  /** The address under the cursor, or an empty text. */
  linkAtCursor(): string {
    const found = this.#view.state.selection.$from.marks().find((mark) => mark.type === marks.link);
    return found === undefined ? '' : String(found.attrs['href']);
  }

  /** Links what is selected; without a selection writes the address itself. An unsafe address changes nothing. */
  setLink(address: string): void {
    const href = /^[a-z][a-z0-9+.-]*:|^#/i.test(address) ? address : `https://${address}`;
    const { selection, tr } = this.#view.state;
    if (address !== '' && isSafeHref(href)) {
      const link = marks.link.create({ href });
      this.#view.dispatch(
        selection.empty
          ? tr.replaceSelectionWith(rationaleSchema.text(href, [link]), false)
          : tr.addMark(selection.from, selection.to, link),
      );
    } else if (address === '') this.#view.dispatch(tr.removeMark(selection.from, selection.to, marks.link));
    this.#view.focus();
  }

  destroy(): void {
    if (this.#view.hasFocus()) this.#sayWriting(null);
    for (const stop of this.#stops) stop();
    this.#view.destroy();
  }
}
