'use client';
/**
 * The report's text with its claims, as a React component.
 *
 *   <TextEditor ref={handle} session={session} me={me} editable={!report.locked && mayEdit}
 *     claims={claimMarks} comments={commentMarks} activeId={…} hoverId={…} initialDoc={json} label="Text of …"
 *     onActivate={…} onHover={…} onSelection={…} onLayout={…} />
 *
 * Until the shared document is there it shows `initialDoc` with the claims at their `fallback` offsets, also on the
 * server; then the editor (loaded as a script of its own) takes its place in the same frame. Keep `claims` and
 * `comments` the same arrays while nothing in them changed. `onLayout` gives the tops of all marks, from the top of
 * this component's element; `onActivate` is a click or tap on a highlight (again: the next one under it), or Enter
 * in a locked text.
 */
import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type Ref,
} from 'react';
import type { DocumentSession } from './document-session.ts';
import { editorCode, textEditingCode, useCode } from './editor-code.ts';
import type { EditorPerson, PlacedClaim, TextEditorHandle, TextNodeJson } from './marks.ts';
import { englishTextWords as words } from './editor-words.ts';
import { watchImages } from './missing-images.ts';
import { StaticText } from './static-text.tsx';
import type { TextEditing } from './text-editing.ts';
import type { Caret, TextView, TextViewProps } from './text-view.ts';

export interface TextEditorProps extends TextViewProps {
  readonly ref?: Ref<TextEditorHandle>;
  /** Null while it is being opened. */
  readonly session: DocumentSession | null;
  readonly me: EditorPerson;
  readonly initialDoc: TextNodeJson;
  /** The editor has taken the place of `initialDoc`. */
  onStands?(this: void): void;
}

export function TextEditor({ ref, session, me, initialDoc, onStands, ...props }: TextEditorProps): ReactNode {
  const View = useCode(editorCode)?.TextView ?? null;
  const editing = useEditing(props.editable);
  const isReady = useHasText(session);
  const host = useRef<HTMLDivElement>(null);
  const firstHost = useRef<HTMLDivElement>(null);
  const view = useRef<TextView | null>(null);
  const latest = useRef<TextViewProps>(props);
  const left = useRef<{ session: DocumentSession; caret: Caret } | null>(null);
  const isMounted = View !== null && session !== null && isReady;

  useLayoutEffect(() => {
    latest.current = props;
    view.current?.setProps(props);
  });
  useLayoutEffect(() => {
    if (View === null || session === null || !isReady || host.current === null) return;
    const made = new View(host.current, session, latest.current, editing);
    if (left.current?.session === session) made.putCaret(left.current.caret);
    view.current = made;
    onStands?.();
    return () => {
      left.current = { session, caret: made.caret() };
      view.current = null;
      made.destroy();
    };
  }, [View, session, isReady, editing, onStands]);
  useEffect(() => {
    session?.awareness.setLocalStateField('user', { id: me.id, name: me.name, color: me.color });
  }, [session, me.id, me.name, me.color]);
  useImperativeHandle(ref, () => handleOf(view), []);
  useLayoutEffect(() => {
    const shown = isMounted ? host.current : firstHost.current;
    return shown === null ? undefined : watchImages(shown, words.imageMissing);
  }, [isMounted]);

  const { claims, label } = props;
  const text = useMemo(() => {
    const placed = claims.flatMap(placeByFallback);
    return isMounted ? null : <StaticText doc={initialDoc} claims={placed} label={label} />;
  }, [isMounted, initialDoc, claims, label]);
  // Two keys: the static text must never be patched into the editor's element.
  return isMounted ? (
    <div key="editor" ref={host} className="text-host" />
  ) : (
    <div key="static" ref={firstHost} className="text-host">
      {text}
    </div>
  );
}

/** Null until the text was unlocked once; a view that can edit stays when it is locked again. */
function useEditing(isEditable: boolean): TextEditing | null {
  const code = useCode(textEditingCode, isEditable);
  const [editing, setEditing] = useState<TextEditing | null>(null);
  if (isEditable && code !== null && editing === null) setEditing(() => code);
  return editing;
}

function handleOf(view: { readonly current: TextView | null }): TextEditorHandle {
  return {
    scrollTo: (id) => view.current?.scrollTo(id) ?? false,
    scrollToPeer: (clientId) => view.current?.scrollToPeer(clientId) ?? false,
    focusText: () => view.current?.focusText(),
    selectClaim: (id) => view.current?.selectClaim(id) ?? false,
    currentSelection: () => view.current?.currentSelection() ?? null,
    placeOf: (id) => view.current?.placeOf(id) ?? null,
    clearSelection: () => view.current?.clearSelection(),
  };
}

function placeByFallback({ fallback, ...claim }: TextViewProps['claims'][number]): readonly PlacedClaim[] {
  return fallback === null ? [] : [{ ...claim, ...fallback }];
}

/** How long the text of this device waits for the server's, which may be newer, while the socket is opening. */
const FRESHER_TEXT_MS = 1_500;

/** Whether there is a text to edit: the server's, or without a connection the one kept on this device. */
function useHasText(session: DocumentSession | null): boolean {
  const [readySession, setReadySession] = useState<DocumentSession | null>(null);
  useLayoutEffect(() => {
    if (session === null) return;
    let isLate = false;
    const read = (): void => {
      const { synced, hasLocal, connection } = session.status.getState();
      if (synced || (hasLocal && (isLate || connection !== 'connecting'))) setReadySession(session);
    };
    const timer = setTimeout(() => {
      isLate = true;
      read();
    }, FRESHER_TEXT_MS);
    const unsubscribe = session.status.subscribe(read);
    read();
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [session]);
  return session !== null && readySession === session;
}
