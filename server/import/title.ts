/**
 * What a report is called. The title is not part of the text: a first heading that says it is taken out of the
 * text, unless the title was given otherwise or nothing else would remain.
 */
import { MAX_TITLE_LENGTH } from '#core/limits.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { isPoint } from './points.ts';

export interface Titled {
  readonly title: string | null;
  readonly doc: DocNode;
}

/**
 * `given` is the person's own title; `outside` what the source says of itself beside its text (`<title>`). With
 * `keepsPoints` a title that holds points (points.ts) stays in the text too: somebody wrote a note on its words.
 */
export function takeTitle(
  doc: DocNode,
  given: string | null,
  outside: string | null,
  keepsPoints = false,
): Titled {
  const [first, ...rest] = doc.content ?? [];
  const isHeading = first?.type === 'heading' && first.attrs?.['level'] === 1;
  const words = isHeading ? tidy(wordsOf(first)) : '';
  const hasNotes = keepsPoints && first?.content?.some(isPoint) === true;
  const canTake =
    !hasNotes &&
    words !== '' &&
    words.length <= MAX_TITLE_LENGTH &&
    rest.some((block) => wordsOf(block).trim() !== '');
  if (canTake && (given === null || tidy(given) === words))
    return { title: words, doc: { ...doc, content: rest } };
  return { title: given ?? (words !== '' ? words.slice(0, MAX_TITLE_LENGTH) : outside), doc };
}

/** A title for a source without one: its file's name, else its first words. */
export function titleFor(name: string | null, text: string): string {
  const stem = tidy(
    (name ?? '')
      .split(/[/\\]/)
      .at(-1)
      ?.replace(/\.[a-z0-9]{1,8}$/i, '') ?? '',
  );
  if (stem !== '') return stem.slice(0, MAX_TITLE_LENGTH);
  const line = tidy(
    text
      .slice(0, 2_000)
      .split('\n')
      .find((each) => each.trim() !== '') ?? '',
  );
  if (line.length <= 80) return line === '' ? 'Untitled' : line;
  const cut = Array.from(line).slice(0, 80).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > 40 ? cut.slice(0, space) : cut}…`;
}

function wordsOf(block: DocNode): string {
  return flattenNode({ type: 'doc', content: [block] }).text;
}

function tidy(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}
