'use client';
/** The keys of the report screen. Not while somebody types, and never with Ctrl, ⌘ or Alt: those are the browser's. */
import { useEffect } from 'react';
import { can } from '#core/domain/roles.ts';
import type { DeskValue } from './desk-context.tsx';
import { isTyping } from './shortcuts.ts';

export function useDeskKeys(desk: DeskValue): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (isTyping(event.target) || (event.repeat && !/^[jk]$/i.test(event.key))) return;
      if (press(event, desk)) event.preventDefault();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [desk]);
}

/** Whether the key meant something here. */
function press(event: KeyboardEvent, { actions, ui, text, viewer }: DeskValue): boolean {
  const { activeId, commentOn } = ui.getState();
  const key = event.key.toLowerCase();
  switch (key) {
    case 'j':
      actions.step(1);
      return true;
    case 'k':
      actions.step(-1);
      return true;
    case ']':
      actions.nextAwaiting();
      return true;
    case '?':
      ui.setState({ shortcutsOpen: true });
      return true;
    case '/':
      return focusFilters();
    case 'escape':
      if (activeId === null && commentOn === null) return false;
      actions.close();
      text.current?.focusText();
      return true;
    case 'c': {
      const selection = text.current?.currentSelection() ?? null;
      if (selection === null || !can(viewer.role, 'claim.propose')) return false;
      actions.claim(selection);
      return true;
    }
    case 'y':
    case 'n':
    case 'h':
    case 'r':
    case 't':
      return actions.press(key);
    case 'e':
      return wish('evidence');
    case 'm':
      return wish('talk');
    case 'v':
      return wish('rate');
    default:
      return false;
  }

  function wish(part: 'evidence' | 'talk' | 'rate'): boolean {
    if (activeId === null) return false;
    actions.ask(part);
    return true;
  }
}

function focusFilters(): boolean {
  const chosen = document.querySelector<HTMLElement>('[data-filter][aria-pressed="true"]');
  chosen?.focus();
  return chosen !== null;
}
