/** W3C Web annotations: one, a list of them, a page or a collection. Valid ones only; see valid.ts. */
import type { ReadAnnotation, ReadAnnotations, ReadRemark } from './annotation.ts';
import { creatorName, readBodies, type Said } from './bodies.ts';
import { isObject, listOf, stringsOf, type JsonObject } from './json-ld.ts';
import { addressOf, readTargets } from './targets.ts';
import { checkAnnotation, checkCollection, checkPage, invalidAnnotation } from './valid.ts';

/** `value` in one form (json-ld.ts). Throws `invalid_input` with the place. */
export function readWebAnnotations(value: unknown): ReadAnnotations {
  const unreadable: string[] = [];
  const found = Array.isArray(value)
    ? value.map((one, i) => annotationAt(one, `[${i}]`, true))
    : annotationsIn(value, unreadable);
  refuseTwins(found);
  const label = isObject(value) ? (stringsOf(value['label'])[0]?.trim() ?? '') : '';
  return {
    annotations: found,
    title: label === '' ? null : label,
    titles: new Map(),
    unreadable,
  };
}

function annotationsIn(value: unknown, unreadable: string[]): ReadAnnotation[] {
  if (!isObject(value)) throw invalidAnnotation('the file', 'must be an annotation, a list or a collection');
  const types = stringsOf(value['type']);
  if (types.includes('AnnotationCollection')) {
    checkCollection(value, 'the collection');
    const [first] = listOf(value['first']);
    if (isObject(first)) return itemsOf(first, 'first.items', unreadable);
    if (Array.isArray(value['items'])) return itemsOf(value, 'items', unreadable);
    if (first !== undefined) unreadable.push(elsewhere(addressOf(first)));
    return [];
  }
  if (types.includes('AnnotationPage')) {
    checkPage(value, 'the page', true);
    return itemsOf(value, 'items', unreadable);
  }
  return [annotationAt(value, 'the annotation', true)];
}

function itemsOf(page: JsonObject, at: string, unreadable: string[]): ReadAnnotation[] {
  const next = addressOf(listOf(page['next'])[0]);
  if (next !== null) unreadable.push(elsewhere(next));
  return listOf(page['items']).flatMap((item, i) => {
    if (typeof item !== 'string') return [annotationAt(item, `${at}[${i}]`, false)];
    unreadable.push(`The annotation ${item} is only named in the file; what it says was not fetched.`);
    return [];
  });
}

function elsewhere(address: string | null): string {
  return `More annotations are at ${address ?? 'another place'}, which was not fetched.`;
}

function refuseTwins(annotations: readonly ReadAnnotation[]): void {
  const seen = new Set<string>();
  for (const { id, at } of annotations) {
    if (seen.has(id)) throw invalidAnnotation(`${at}.id`, 'is the id of another annotation too');
    seen.add(id);
  }
}

const talking: ReadonlySet<string> = new Set(['commenting', 'questioning', 'replying', 'editing']);

function annotationAt(value: unknown, at: string, isWhole: boolean): ReadAnnotation {
  checkAnnotation(value, at, isWhole);
  const motivations = stringsOf(value['motivation']);
  const bodies = readBodies(value, motivations);
  const edit = motivations.includes('editing') ? bodies.find(({ isEdit }) => isEdit) : undefined;
  const targets = readTargets(value['target']);
  const author = creatorName(value['creator']);
  const created = stringsOf(value['created'])[0] ?? null;
  return {
    at,
    id: stringsOf(value['id'])[0] ?? at,
    kind: motivations.some((one) => talking.has(one)) ? 'thread' : 'claim',
    author,
    created,
    remarks: remarksOf(
      bodies.filter((body) => body !== edit && body.tag === null),
      { author, at: created },
    ),
    tags: bodies.flatMap(({ tag }) => tag ?? []),
    replacement: edit?.words ?? null,
    targets,
    answers: targets.flatMap(({ selector, source }) =>
      selector === null && source !== null ? [source] : [],
    ),
  };
}

/** Bodies of the annotation's own author are one remark; those of others stay theirs. */
function remarksOf(
  bodies: readonly Said[],
  own: { readonly author: string | null; readonly at: string | null },
): [ReadRemark, ...ReadRemark[]] {
  const isOwn = ({ author }: Said): boolean => author === null || author === own.author;
  const words = bodies.filter((body) => isOwn(body) && body.words.trim() !== '').map((body) => body.words);
  const others = bodies
    .filter((body) => !isOwn(body) && body.words.trim() !== '')
    .map((body): ReadRemark => ({ author: body.author, at: body.at ?? own.at, words: body.words }));
  return [{ ...own, words: words.join('\n\n') }, ...others];
}
