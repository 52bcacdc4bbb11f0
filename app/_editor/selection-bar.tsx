'use client';
/**
 * The small dark bar under a selection: Claim (C) and Comment (M).
 *
 *   <SelectionBar selection={selection} read={() => handle.currentSelection()} locked={report.locked}
 *     canClaim={…} canComment={…} onClaim={(selection) => …} onComment={(selection) => …} onDismiss={() => handle.clearSelection()}
 *     onReturn={() => handle.focusText()} />
 *
 * Keys: in a locked text one letter does it; in an unlocked one letters type, and Ctrl/⌘+Alt+C and Ctrl/⌘+Alt+M do
 * it. Tab from a locked text (or Alt+F10 from any) goes into the bar, the arrows move in it, Escape leads back and a
 * second one lets the selection go. The bar comes when a selection rests; its keys act on what is selected when they are
 * pressed, so that nobody has to wait for it.
 */
import './editor.css';
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent as ReactKeyboardEvent,
  type ReactNode,
} from 'react';
import { Highlighter, MessageSquarePlus } from 'lucide-react';
import { englishSelectionWords, type SelectionWords } from './editor-words.ts';
import { placeBar, type BarSpot } from './bar-spot.ts';
import type { SelectedWords } from './marks.ts';

export interface SelectionBarProps {
  /** What it shows itself for. */
  readonly selection: SelectedWords | null;
  /** What is selected at this moment. */
  read(this: void): SelectedWords | null;
  readonly locked: boolean;
  readonly canClaim: boolean;
  readonly canComment: boolean;
  readonly words?: SelectionWords;
  onClaim(this: void, selection: SelectedWords): void;
  onComment(this: void, selection: SelectedWords): void;
  onDismiss(this: void): void;
  /** The focus goes back to the text. */
  onReturn(this: void): void;
}

interface BarAction {
  readonly name: 'claim' | 'comment';
  readonly label: string;
  readonly letter: 'c' | 'm';
  run(this: void, selection: SelectedWords): void;
}

export function SelectionBar(props: SelectionBarProps): ReactNode {
  const {
    selection,
    read,
    locked,
    canClaim,
    canComment,
    onReturn,
    onDismiss,
    words = englishSelectionWords,
  } = props;
  const bar = useRef<HTMLDivElement>(null);
  const actions: readonly BarAction[] = [
    ...(canClaim ? [{ name: 'claim', label: words.claim, letter: 'c', run: props.onClaim } as const] : []),
    ...(canComment
      ? [{ name: 'comment', label: words.comment, letter: 'm', run: props.onComment } as const]
      : []),
  ];
  const spot = useBarSpot(selection, bar);
  useBarKeys({ selection, read, locked, actions, bar, onDismiss });
  if (selection === null || actions.length === 0) return null;
  const style: CSSProperties =
    spot === null ? { visibility: 'hidden', left: 0, top: 0 } : { left: spot.left, top: spot.top };
  return (
    <div
      ref={bar}
      className="bubble"
      role="toolbar"
      tabIndex={-1}
      aria-label={words.bar}
      style={style}
      onKeyDown={(event) => moveInBar(event, onReturn)}
      // The selection must survive the press of a button.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
    >
      {actions.map((action, index) => (
        <button
          key={action.name}
          type="button"
          tabIndex={index === 0 ? 0 : -1}
          aria-keyshortcuts={locked ? action.letter : `Control+Alt+${action.letter}`}
          onClick={() => action.run(read() ?? selection)}
        >
          {action.name === 'claim' ? (
            <Highlighter size={15} aria-hidden />
          ) : (
            <MessageSquarePlus size={15} aria-hidden />
          )}
          {action.label}
          <kbd aria-hidden="true">{action.letter.toUpperCase()}</kbd>
        </button>
      ))}
    </div>
  );
}

function moveInBar(event: ReactKeyboardEvent<HTMLDivElement>, onReturn: () => void): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step !== undefined) buttons[(at + step + buttons.length) % buttons.length]?.focus();
  else if (event.key === 'Home') buttons[0]?.focus();
  else if (event.key === 'End') buttons.at(-1)?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') onReturn();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Follows the words while the page scrolls, in the frame after. */
function useBarSpot(
  selection: SelectedWords | null,
  bar: { readonly current: HTMLElement | null },
): BarSpot | null {
  const [spot, setSpot] = useState<BarSpot | null>(null);
  useLayoutEffect(() => {
    if (selection === null) {
      setSpot(null);
      return;
    }
    let frame = 0;
    const place = (): void => {
      frame = 0;
      const box = selection.measure();
      const size = bar.current?.getBoundingClientRect();
      if (box === null || size === undefined) return;
      const isTouch = window.matchMedia('(pointer: coarse)').matches;
      setSpot(placeBar(box, size, { width: window.innerWidth, height: window.innerHeight }, isTouch));
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(place);
    };
    place();
    document.addEventListener('scroll', soon, { capture: true, passive: true });
    window.addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('scroll', soon, { capture: true });
      window.removeEventListener('resize', soon);
    };
  }, [selection, bar]);
  return spot;
}

interface BarKeys extends Pick<SelectionBarProps, 'selection' | 'read' | 'locked' | 'onDismiss'> {
  readonly actions: readonly BarAction[];
  readonly bar: { readonly current: HTMLElement | null };
}

/** Keys pressed in the text while something is selected in it. */
function useBarKeys(keys: BarKeys): void {
  const latest = useRef(keys);
  useLayoutEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!isInText(event.target) || event.isComposing || event.repeat) return;
      if (!handleKey(event, latest.current)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', pressed, { capture: true });
    return () => document.removeEventListener('keydown', pressed, { capture: true });
  }, []);
}

function isInText(target: EventTarget | null): boolean {
  return (
    target instanceof Element && (target === document.body || target.closest('[data-report-text]') !== null)
  );
}

function handleKey(event: KeyboardEvent, keys: BarKeys): boolean {
  return keys.selection !== null && handleBarKey(event, keys) ? true : handleLetter(event, keys);
}

/** The keys that are for the bar itself; only while it is there. */
function handleBarKey(event: KeyboardEvent, { locked, bar, onDismiss }: BarKeys): boolean {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === 'Escape' && isPlain) {
    onDismiss();
    return true;
  }
  const isInto =
    (event.key === 'Tab' && isPlain && !event.shiftKey && locked) || (event.key === 'F10' && event.altKey);
  if (!isInto) return false;
  bar.current?.querySelector('button')?.focus();
  return bar.current !== null;
}

function handleLetter(event: KeyboardEvent, { read, locked, actions }: BarKeys): boolean {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const isChord = (event.ctrlKey || event.metaKey) && event.altKey && !event.shiftKey;
  if (!isChord && !(locked && isPlain && !event.shiftKey)) return false;
  // Alt changes the letter on some keyboards; the key's place does not.
  const action = actions.find(
    ({ letter }) =>
      event.key.toLowerCase() === letter || (isChord && event.code === `Key${letter.toUpperCase()}`),
  );
  // Read only for a letter of ours: most keys that are pressed in a text are others.
  const selection = action === undefined ? null : read();
  if (action === undefined || selection === null) return false;
  action.run(selection);
  return true;
}
