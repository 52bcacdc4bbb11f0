/**
 * Hypothesis: the rows of its API, and the export of its client. Not a standard, so what is missing is done without;
 * what has text is a comment, what has none a highlight. `references` names the thread above an answer, from its root.
 */
import { createHash } from 'node:crypto';
import type { ReadAnnotation, ReadAnnotations } from './annotation.ts';
import { isObject, listOf, stringsOf, type JsonObject } from './json-ld.ts';
import { readTargets } from './targets.ts';
import { invalidAnnotation } from './valid.ts';

/** The list that such a file holds; null when it is none. */
export function hypothesisRows(value: unknown): readonly unknown[] | null {
  if (!isObject(value)) return null;
  const rows = value['rows'] ?? value['annotations'];
  return Array.isArray(rows) ? [...rows, ...listOf(value['replies'])] : null;
}

/** Whether this is one row by itself, as the API answers it. */
export function isHypothesisRow(value: unknown): boolean {
  return isObject(value) && typeof value['uri'] === 'string' && typeof value['user'] === 'string';
}

export function readHypothesis(rows: readonly unknown[]): ReadAnnotations {
  const annotations: ReadAnnotation[] = [];
  const titles = new Map<string, string>();
  let hidden = 0;
  rows.forEach((row, i) => {
    const at = `annotations[${i}]`;
    if (!isObject(row)) throw invalidAnnotation(at, 'must be an object');
    if (row['hidden'] === true) hidden += 1;
    else annotations.push(readRow(row, at));
    const title = isObject(row['document']) ? stringsOf(row['document']['title'])[0] : undefined;
    const [page] = stringsOf(row['uri']);
    if (title !== undefined && page !== undefined && title.trim() !== '') titles.set(page, title.trim());
  });
  const known = new Map(annotations.map((annotation) => [annotation.id, annotation]));
  const names = new Set(titles.values());
  return {
    // The same one twice is the same one.
    annotations: [...known.values()],
    title: names.size === 1 ? ([...names][0] ?? null) : null,
    titles,
    unreadable:
      hidden === 0
        ? []
        : [`Annotations that a moderator had hidden were left out: ${hidden.toLocaleString('en')}.`],
  };
}

function readRow(row: JsonObject, at: string): ReadAnnotation {
  const id =
    stringsOf(row['id'])[0] ?? createHash('sha256').update(JSON.stringify(row)).digest('hex').slice(0, 32);
  const text = stringsOf(row['text'])[0] ?? '';
  const author = authorOf(row);
  const created = timeOf(row['created']) ?? timeOf(row['updated']);
  const page = stringsOf(row['uri'])[0] ?? null;
  const targets = listOf(row['target']).filter(isObject);
  const answers = stringsOf(row['references']).toReversed();
  return {
    at,
    id,
    kind: text.trim() === '' && answers.length === 0 ? 'claim' : 'thread',
    author,
    created,
    remarks: [{ author, at: created, words: text }],
    tags: stringsOf(row['tags']),
    replacement: null,
    // An answer names the page again, which is not what it answers.
    targets: answers.length > 0 ? [] : readTargets(targets.length === 0 ? (page ?? []) : targets),
    answers,
  };
}

function authorOf(row: JsonObject): string | null {
  const info = row['user_info'];
  const shown = isObject(info) ? stringsOf(info['display_name'])[0] : undefined;
  const account = stringsOf(row['user'])[0]
    ?.replace(/^acct:/, '')
    .replace(/@[^@]*$/, '');
  return shown?.trim() || account?.trim() || null;
}

function timeOf(value: unknown): string | null {
  const [time] = stringsOf(value);
  return time !== undefined && !Number.isNaN(Date.parse(time)) ? time : null;
}
