'use client';
/**
 * A claim's "Why", written together.
 *
 *   <RationaleEditor session={session} claimId={claim.id} editable={mayEdit} autoFocus={isNew} me={me}
 *     label="Why" placeholder="Why is it so?" onEscape={() => handle.focusText()} />
 *
 * Can be shown the moment a claim is made: what is typed before the server's entry arrives is kept and merged.
 * Give it a `key` of the claim's id. While it has the focus the others see `writing: claimId` (peers.ts).
 */
import './editor.css';
import { Bold, Italic, Link, List, ListOrdered } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { DocumentSession } from './document-session.ts';
import { useFocusWithin } from '../_ui/use-focus-within.ts';
import { rationaleCode, useCode } from './editor-code.ts';
import { englishRationaleWords, type RationaleWords } from './editor-words.ts';
import type { EditorPerson } from './marks.ts';
import type { RationaleTool, RationaleView, RationaleViewProps } from './rationale-view.ts';

export interface RationaleEditorProps {
  readonly session: DocumentSession;
  readonly claimId: string;
  readonly editable: boolean;
  readonly autoFocus?: boolean;
  readonly placeholder: string;
  readonly label: string;
  readonly me: EditorPerson;
  readonly words?: RationaleWords;
  onEscape?(this: void): void;
}

export function RationaleEditor(props: RationaleEditorProps): ReactNode {
  const { session, claimId, editable, autoFocus = false, placeholder, label, me, onEscape } = props;
  const words = props.words ?? englishRationaleWords;
  const View = useCode(rationaleCode);
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<RationaleView | null>(null);
  const [linkDraft, setLinkDraft] = useState<string | null>(null);
  const { isWithin, ...focus } = useFocusWithin();
  const askLink = (): void => setLinkDraft(view.current?.linkAtCursor() ?? '');
  const viewProps: RationaleViewProps = { editable, label, placeholder, onEscape, onAskLink: askLink };
  const latest = useRef({ viewProps, autoFocus });

  useLayoutEffect(() => {
    latest.current = { viewProps, autoFocus };
    view.current?.setProps(viewProps);
  });
  useLayoutEffect(() => {
    if (View === null || host.current === null) return;
    const made = new View(host.current, session, claimId, latest.current.viewProps);
    view.current = made;
    if (latest.current.autoFocus && latest.current.viewProps.editable) made.focus();
    return () => {
      view.current = null;
      made.destroy();
    };
  }, [View, session, claimId]);
  useEffect(() => {
    const { awareness } = session;
    if (awareness.getLocalState()?.['user'] === undefined)
      awareness.setLocalStateField('user', { id: me.id, name: me.name, color: me.color });
  }, [session, me.id, me.name, me.color]);

  const setLink = (address: string | null): void => {
    setLinkDraft(null);
    if (address === null) view.current?.focus();
    else view.current?.setLink(address);
  };
  return (
    <div className="rationale-editor" data-in-use={isWithin || undefined} {...focus}>
      <div ref={host} className="rationale-host" />
      {!editable ? null : linkDraft === null ? (
        <Tools words={words} onTool={(tool) => view.current?.use(tool)} onLink={askLink} />
      ) : (
        <LinkForm words={words} address={linkDraft} onDone={setLink} />
      )}
    </div>
  );
}

const buttons = [
  ['bold', Bold],
  ['italic', Italic],
  ['bullets', List],
  ['numbers', ListOrdered],
] as const;

interface ToolsProps {
  readonly words: RationaleWords;
  onTool(this: void, tool: RationaleTool): void;
  onLink(this: void): void;
}

/** Shown while the rationale is in use (editor.css). */
function Tools({ words, onTool, onLink }: ToolsProps): ReactNode {
  return (
    <div
      className="rationale-tools"
      role="toolbar"
      aria-label={words.tools}
      tabIndex={-1}
      // The press must not take the focus out of the words.
      onMouseDown={(event) => event.preventDefault()}
    >
      {buttons.map(([tool, Picture]) => (
        <button
          key={tool}
          type="button"
          aria-label={words[tool]}
          title={words[tool]}
          onClick={() => onTool(tool)}
        >
          <Picture size={14} aria-hidden />
        </button>
      ))}
      <button type="button" aria-label={words.link} title={words.link} onClick={onLink}>
        <Link size={14} aria-hidden />
      </button>
    </div>
  );
}

interface LinkFormProps {
  readonly words: RationaleWords;
  readonly address: string;
  /** Null: nothing is to change. */
  onDone(this: void, address: string | null): void;
}

function LinkForm({ words, address, onDone }: LinkFormProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onDone(input.current?.value.trim() ?? '');
  };
  return (
    <form className="rationale-link" onSubmit={submit}>
      <input
        ref={input}
        type="text"
        inputMode="url"
        defaultValue={address}
        aria-label={words.address}
        placeholder="https://"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onDone(null);
        }}
      />
      <button type="submit">{words.setLink}</button>
    </form>
  );
}
