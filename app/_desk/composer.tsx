'use client';
/**
 * Where comments are written. Enter sends, Shift+Enter makes a line; "@" offers the members: arrows choose, Enter
 * or Tab takes. The field holds plain text with "@Name"; on sending the names become mentions.
 */
import { CornerDownLeft, Lock, LockOpen } from 'lucide-react';
import { flushSync } from 'react-dom';
import { useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { commentParts, mentionOf } from '#core/mentions.ts';
import type { MemberRecord } from '#core/records.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { Avatar } from '../_ui/avatar.tsx';
import { IconButton } from '../_ui/button.tsx';
import { useDeskData } from './desk-context.tsx';
import { draftOf, forgetDraft, keepDraft } from './comment-drafts.ts';

export interface ComposerProps {
  /** Drafts are kept by it while the page lives. */
  draftKey: string;
  label: string;
  placeholder: string;
  initial?: string;
  /** Opened by asking for it: the cursor goes there. */
  takesFocus?: boolean;
  /** Whether it can be said among the desk alone; left out: no choice. */
  deskOnly?: boolean;
  onDeskOnly?: (deskOnly: boolean) => void;
  onSend: (body: string) => void;
  onEscape?: () => void;
}

export function Composer({
  draftKey,
  label,
  placeholder,
  initial,
  takesFocus = false,
  deskOnly,
  onDeskOnly,
  onSend,
  onEscape,
}: ComposerProps) {
  const members = useDeskData((data) => data.shown.members);
  const [text, setText] = useState(() => draftOf(draftKey) ?? plainWith(initial));
  const field = useRef<HTMLTextAreaElement>(null);
  const mention = useMention(text, members);
  const listId = useId();

  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.style.height = '0';
    area.style.height = `${Math.min(area.scrollHeight, 220)}px`;
  }, [text]);

  const write = (next: string): void => {
    setText(next);
    keepDraft(draftKey, next);
  };
  const take = (member: MemberRecord): void => {
    if (mention.query === null) return;
    const { start, end } = mention.query;
    const next = `${text.slice(0, start)}@${member.name} ${text.slice(end)}`;
    const caret = start + member.name.length + 2;
    // Now, not in the next frame: a fast typist's next letters would stand before the caret's new place.
    flushSync(() => {
      write(next);
      mention.moveCaret(caret);
    });
    field.current?.setSelectionRange(caret, caret);
  };
  const send = (): void => {
    if (text.trim() === '') return;
    onSend(withMentions(text.trim(), members));
    forgetDraft(draftKey);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const chosen = mention.found[mention.index];
    if (mention.found.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      mention.step(event.key === 'ArrowDown' ? 1 : -1);
    } else if (chosen !== undefined && (event.key === 'Enter' || event.key === 'Tab')) take(chosen);
    else if (event.key === 'Escape' && mention.found.length > 0) mention.dismiss();
    else if (event.key === 'Escape') {
      field.current?.blur();
      onEscape?.();
    } else if (event.key === 'Enter' && !event.shiftKey) send();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="relative">
      {mention.found.length > 0 ? (
        <div
          id={listId}
          role="listbox"
          aria-label={words.mentionList}
          className="absolute inset-x-0 bottom-full z-10 mb-1 max-h-52 overflow-y-auto rounded-2 border border-line bg-card p-1 shadow-lifted"
        >
          {mention.found.map((member, index) => (
            <div
              key={member.id}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === mention.index}
              className="flex min-h-8 items-center gap-2 rounded-1 px-2 aria-selected:bg-selected pointer-coarse:min-h-11"
              onPointerDown={(event) => {
                event.preventDefault();
                take(member);
              }}
            >
              <Avatar name={member.name} color={member.color} size="sm" decorative />
              <span className="truncate">{member.name}</span>
            </div>
          ))}
        </div>
      ) : null}
      <div className="flex items-end gap-1 rounded-1 border border-line-strong bg-card py-[5px] pr-[5px] pl-2.5 focus-within:border-focus">
        <textarea
          ref={field}
          rows={1}
          value={text}
          dir="auto"
          aria-label={label}
          placeholder={placeholder}
          // The person asked for it by opening it.
          autoFocus={takesFocus}
          aria-autocomplete="list"
          aria-controls={mention.found.length > 0 ? listId : undefined}
          aria-activedescendant={mention.found.length > 0 ? `${listId}-${mention.index}` : undefined}
          className="min-h-5 flex-1 resize-none self-center bg-transparent leading-5 outline-none"
          onChange={(event) => {
            write(event.target.value);
            mention.moveCaret(event.target.selectionStart);
          }}
          onSelect={(event) => mention.moveCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          data-composer={draftKey}
        />
        {deskOnly === undefined ? null : (
          <IconButton
            size="sm"
            label={deskOnly ? words.deskOnlyOn : words.deskOnlyOff}
            pressed={deskOnly}
            onClick={() => onDeskOnly?.(!deskOnly)}
            className="-my-0.5"
          >
            {deskOnly ? <Lock size={13} aria-hidden /> : <LockOpen size={13} aria-hidden />}
          </IconButton>
        )}
        <IconButton
          size="sm"
          label={words.send}
          disabled={text.trim() === ''}
          onClick={send}
          className="-my-0.5"
        >
          <CornerDownLeft size={14} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}

/** A body with mentions as people edit it: "@Name". */
function plainWith(body: string | undefined): string {
  if (body === undefined) return '';
  return commentParts(body)
    .map((part) => (part.kind === 'text' ? part.text : `@${part.name}`))
    .join('');
}

/** "@Name" of a member becomes a mention; the longest name first, so that "Ana Lima" is not "Ana". */
export function withMentions(
  text: string,
  members: ReadonlyMap<string, Pick<MemberRecord, 'id' | 'name'>>,
): string {
  const byLength = [...members.values()].toSorted((a, b) => b.name.length - a.name.length);
  let body = '';
  let at = 0;
  while (at < text.length) {
    const isStart = text[at] === '@' && (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ''));
    const member = isStart ? byLength.find(({ name }) => isNameAt(text, at + 1, name)) : undefined;
    if (member === undefined) {
      body += text[at] ?? '';
      at += 1;
    } else {
      body += mentionOf(member);
      at += member.name.length + 1;
    }
  }
  return body;
}

function isNameAt(text: string, at: number, name: string): boolean {
  const after = text[at + name.length] ?? '';
  return text.startsWith(name, at) && !/[\p{L}\p{N}]/u.test(after);
}

interface Mention {
  /** The "@…" before the caret. */
  readonly query: { start: number; end: number; text: string } | null;
  readonly found: readonly MemberRecord[];
  readonly index: number;
  step(by: number): void;
  dismiss(): void;
  moveCaret(caret: number): void;
}

function useMention(text: string, members: ReadonlyMap<string, MemberRecord>): Mention {
  const [caret, setCaret] = useState(0);
  const [index, setIndex] = useState(0);
  const [dismissedAt, setDismissedAt] = useState<number | null>(null);
  const query = useMemo(() => mentionBefore(text, caret), [text, caret]);
  const found = useMemo(() => {
    if (query === null || query.start === dismissedAt) return [];
    const sought = query.text.toLocaleLowerCase();
    const all = [...members.values()];
    const isDone = all.some((one) => one.name.toLocaleLowerCase() === sought.trim() && sought.endsWith(' '));
    if (isDone) return [];
    return all.filter((one) => matches(one.name, sought)).slice(0, 6);
  }, [query, members, dismissedAt]);
  return {
    query,
    found,
    index: Math.min(index, Math.max(0, found.length - 1)),
    step: (by) => setIndex((now) => (now + by + found.length) % Math.max(1, found.length)),
    dismiss: () => setDismissedAt(query?.start ?? null),
    moveCaret: (next) => {
      setCaret(next);
      setIndex(0);
    },
  };
}

function matches(name: string, sought: string): boolean {
  const lower = name.toLocaleLowerCase();
  return lower.startsWith(sought) || lower.split(/\s+/).some((word) => word.startsWith(sought));
}

export function mentionBefore(
  text: string,
  caret: number,
): { start: number; end: number; text: string } | null {
  const before = text.slice(0, caret);
  const found = /(?:^|[^\p{L}\p{N}])@([\p{L}\p{N}'’.-]*(?: [\p{L}\p{N}'’.-]*)?)$/u.exec(before);
  if (found === null) return null;
  const name = found[1] ?? '';
  return { start: caret - name.length - 1, end: caret, text: name };
}
