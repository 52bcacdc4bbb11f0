/** What an annotation says, as comments of a thread. */
import type { ReadComment } from '../notes.ts';
import type { ReadAnnotation } from './annotation.ts';

/**
 * `name` is the first one's; `parent` is what it answers and `place` its own place among the thread's comments. What
 * others say in the annotation answers it, if it says anything itself. A thread has no tags, so they are words of it.
 */
export function commentsOf(
  { remarks, kind, tags, answers }: ReadAnnotation,
  name: string,
  { parent, place }: { readonly parent: number | null; readonly place: number } = { parent: null, place: 0 },
): ReadComment[] {
  const isTalk = kind === 'thread' || answers.length > 0;
  const tagged = isTalk && tags.length > 0 ? `Tags: ${tags.join(', ')}` : '';
  const first = [remarks[0].words, tagged].filter((part) => part.trim() !== '').join('\n');
  return remarks.map(({ author, at, words }, i) => ({
    originId: i === 0 ? name : `${name} body ${i}`,
    parent: i === 0 || first === '' ? parent : place,
    author,
    at,
    body: i === 0 ? first : words,
  }));
}
