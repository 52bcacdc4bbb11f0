/** A suggestion in one line. */
import type { ThreadSuggestion } from '#core/records.ts';
import { reportStrings as words } from '../_strings/en-report.ts';

/** `quote`: the words that it stands on. */
export function suggestionLine({ kind, text }: ThreadSuggestion, quote: string): string {
  return kind === 'delete' ? words.suggestion.delete(quote) : words.suggestion[kind](quote, text);
}
