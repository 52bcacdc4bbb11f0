/** What a suggestion says, in one sentence: it stands before its author's own words in every format but the bundle. */
import type { SuggestionKind, SuggestionState } from '../domain/words.ts';

interface Suggested {
  readonly kind: SuggestionKind;
  readonly text: string;
  readonly state: SuggestionState;
  readonly decidedBy: string | null;
}

/** `words` are those that it stands on. */
export function suggestionSentence(suggestion: Suggested, words: string): string {
  const { state, decidedBy } = suggestion;
  const by = decidedBy === null ? '' : ` by ${decidedBy}`;
  const fate = state === 'pending' ? '' : ` (${state}${by})`;
  return `${change(suggestion, words)}${fate}.`;
}

function change({ kind, text }: Suggested, words: string): string {
  switch (kind) {
    case 'insert':
      return `Suggests to insert “${text}” after “${words}”`;
    case 'delete':
      return `Suggests to delete “${words}”`;
    case 'replace':
      return `Suggests to replace “${words}” by “${text}”`;
  }
}

/** What the author of a suggestion said beside it: the first comment's body in a projection without the sentence. */
export function ownWords(body: string, sentence: string): string {
  return body === sentence ? '' : body.startsWith(`${sentence}\n`) ? body.slice(sentence.length + 1) : body;
}
