/** What was typed and not sent, while the page lives: closing a card loses nothing. */
const drafts = new Map<string, string>();

export function draftOf(key: string): string | null {
  return drafts.get(key) ?? null;
}

export function keepDraft(key: string, text: string): void {
  if (text === '') drafts.delete(key);
  else drafts.set(key, text);
}

export function forgetDraft(key: string): void {
  drafts.delete(key);
}
