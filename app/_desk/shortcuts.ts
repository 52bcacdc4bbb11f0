/** The keys of the report screen, in one table: what is pressed, what is listed under "?". */
import type { reportStrings as words } from '../_strings/en-report.ts';

export type ShortcutName = keyof typeof words.shortcutNames;

export interface Shortcut {
  readonly name: ShortcutName;
  /** As shown; the first is the one that is listened to where it is a single key. */
  readonly keys: readonly string[];
  readonly group: 'go' | 'claim' | 'text';
}

export const shortcuts: readonly Shortcut[] = [
  { name: 'next', keys: ['J'], group: 'go' },
  { name: 'previous', keys: ['K'], group: 'go' },
  { name: 'awaiting', keys: [']'], group: 'go' },
  { name: 'filter', keys: ['/'], group: 'go' },
  { name: 'open', keys: ['Enter'], group: 'go' },
  { name: 'close', keys: ['Esc'], group: 'go' },
  { name: 'palette', keys: ['ModK'], group: 'go' },
  { name: 'help', keys: ['?'], group: 'go' },
  { name: 'claim', keys: ['C'], group: 'text' },
  { name: 'comment', keys: ['M'], group: 'text' },
  { name: 'claimWhileTyping', keys: ['ModAlt C'], group: 'text' },
  { name: 'rate', keys: ['V'], group: 'claim' },
  { name: 'signOff', keys: ['Y'], group: 'claim' },
  { name: 'changes', keys: ['N'], group: 'claim' },
  { name: 'holds', keys: ['H'], group: 'claim' },
  { name: 'recheck', keys: ['R'], group: 'claim' },
  { name: 'evidence', keys: ['E'], group: 'claim' },
  { name: 'take', keys: ['T'], group: 'claim' },
  { name: 'talk', keys: ['M'], group: 'claim' },
];

/** Letters type there. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[data-report-text="locked"]') !== null) return false;
  if (target.isContentEditable) return true;
  return (
    target.closest(
      'input:not([type="checkbox"],[type="radio"]), textarea, select, [role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]',
    ) !== null
  );
}
