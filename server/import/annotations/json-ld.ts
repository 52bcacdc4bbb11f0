/**
 * JSON-LD as Web annotations are written, brought to one form: `id` and `type` for `@id` and `@type`, terms without
 * the prefix or address of their vocabulary. A context of somebody else's is not fetched, so nothing else is renamed.
 */
import { storable } from '../storable.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One or several, as JSON-LD has them; nothing for null and what is missing. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function stringsOf(value: unknown): string[] {
  return listOf(value).filter((one): one is string => typeof one === 'string');
}

export const ANNOTATION_CONTEXT = 'http://www.w3.org/ns/anno.jsonld';

const VOCABULARY = /^(?:oa:|https?:\/\/www\.w3\.org\/ns\/oa#)/;

/** Names of the vocabulary that the context gives another name. */
const terms: ReadonlyMap<string, string> = new Map([
  ['@id', 'id'],
  ['@type', 'type'],
  ['hasBody', 'body'],
  ['hasTarget', 'target'],
  ['hasSource', 'source'],
  ['hasSelector', 'selector'],
  ['hasStartSelector', 'startSelector'],
  ['hasEndSelector', 'endSelector'],
  ['hasPurpose', 'purpose'],
  ['motivatedBy', 'motivation'],
]);

/** Strings are made storable on the way. A name that comes twice keeps its first value. */
export function inOneForm(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(inOneForm);
  if (!isObject(value)) return value;
  const made = new Map<string, unknown>();
  for (const [name, member] of Object.entries(value)) {
    const bare = name.replace(VOCABULARY, '');
    const term = terms.get(bare) ?? bare;
    if (!made.has(term)) made.set(term, isWord(term) ? withoutVocabulary(member) : inOneForm(member));
  }
  return Object.fromEntries(made);
}

function isWord(term: string): boolean {
  return term === 'type' || term === 'motivation' || term === 'purpose';
}

function withoutVocabulary(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutVocabulary);
  if (typeof value === 'string') return storable(value).replace(VOCABULARY, '');
  // A motivation of somebody's own may be an object with its address.
  return isObject(value) && typeof value['@id'] === 'string'
    ? withoutVocabulary(value['@id'])
    : inOneForm(value);
}
