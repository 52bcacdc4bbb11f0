/** What an annotation says: words and tags, whoever wrote them, links where the words are elsewhere. */
import { flattenNode } from '#core/text/flatten-node.ts';
import { readHtml } from '../html.ts';
import { isObject, listOf, stringsOf, type JsonObject } from './json-ld.ts';
import { addressOf } from './targets.ts';

export interface Said {
  /** Empty for a tag. */
  readonly words: string;
  readonly tag: string | null;
  readonly isEdit: boolean;
  /** Of this body alone; null: the annotation's. */
  readonly author: string | null;
  readonly at: string | null;
}

/** The bodies of a valid annotation. `motivations` are its own, which a single body without a purpose takes over. */
export function readBodies(annotation: JsonObject, motivations: readonly string[]): Said[] {
  const bodies = listOf(annotation['body']);
  const values = stringsOf(annotation['bodyValue']).map((words) => said({ words }));
  return [...bodies.flatMap((body) => readBody(body, bodies.length === 1 ? motivations : [])), ...values];
}

function readBody(body: unknown, inherited: readonly string[]): Said[] {
  if (!isObject(body)) return [said({ words: String(body) })];
  if (Array.isArray(body['items'])) return readItems(body, body['items'], inherited);
  const own = stringsOf(body['purpose']);
  const purposes = own.length > 0 ? own : inherited;
  const about = { author: creatorName(body['creator']), at: stringsOf(body['created'])[0] ?? null };
  const value = stringsOf(body['value'])[0];
  if (value === undefined) {
    const page = addressOf(body['source']) ?? addressOf(body) ?? '';
    return [said({ ...about, words: page })];
  }
  const words = stringsOf(body['format']).some((format) => /html/i.test(format)) ? plain(value) : value;
  if (purposes.includes('tagging')) return [said({ ...about, tag: words })];
  return [said({ ...about, words, isEdit: purposes.includes('editing') })];
}

/** Of a choice the first that has words; of a set all. */
function readItems(body: JsonObject, items: readonly unknown[], inherited: readonly string[]): Said[] {
  const own = stringsOf(body['purpose']);
  const read = items.map((item) => readBody(item, own.length > 0 ? own : inherited));
  if (!stringsOf(body['type']).includes('Choice')) return read.flat();
  const isText = (item: unknown): boolean => isObject(item) && item['value'] !== undefined;
  const chosen = items.findIndex(isText);
  return read[Math.max(chosen, 0)] ?? [];
}

function said(some: Partial<Said>): Said {
  return { words: '', tag: null, isEdit: false, author: null, at: null, ...some };
}

function plain(html: string): string {
  return flattenNode(readHtml(html).doc).text.trim();
}

/** The name of whoever made it: an agent's, else what its address ends with. */
export function creatorName(creator: unknown): string | null {
  const names = listOf(creator).flatMap((one) => agentName(one) ?? []);
  return names.length === 0 ? null : names.join(', ');
}

function agentName(agent: unknown): string | null {
  const named = isObject(agent)
    ? (stringsOf(agent['name'])[0] ?? stringsOf(agent['nickname'])[0] ?? stringsOf(agent['email'])[0])
    : undefined;
  const name = named ?? addressOf(agent);
  if (name === null) return null;
  return name.replace(/^(?:acct|mailto):/, '').trim() || null;
}
