/**
 * What people are called in an export. With names left out everybody is "Person 1", "Person 2" … in the order in which
 * they appear, the same wherever they appear: by their id, or where an import brought them by their name. The desk's own
 * words lose the names too, and addresses of e-mail. The report's text and its quotations stay as they were received.
 */
import { plainComment } from '../mentions.ts';
import type { Person } from '../records.ts';
import type { DocNode } from '../text/doc-json.ts';
import { compare } from './order.ts';

export class Names {
  readonly #hidden: boolean;
  readonly #known: readonly Person[];
  readonly #aliases = new Map<string, string>();
  readonly #given = new Set<string>();
  #search: NameSearch | null = null;

  /** `known`: everyone whose name may stand in somebody's words. */
  constructor(isHidden: boolean, known: readonly Person[]) {
    this.#hidden = isHidden;
    this.#known = known;
  }

  of(person: Person): string {
    const name = this.#hidden ? this.#aliasOf(person) : person.name;
    this.#given.add(name);
    return name;
  }

  /** Words that somebody of the desk wrote: mentions are `@name`. */
  in(words: string): string {
    const plain = plainComment(words, (member) => this.of(member));
    return this.#hidden ? this.#withoutNames(plain) : plain;
  }

  inDocument(node: DocNode): DocNode {
    if (!this.#hidden) return node;
    return {
      ...node,
      ...(node.text !== undefined && { text: this.in(node.text) }),
      ...(node.content !== undefined && { content: node.content.map((child) => this.inDocument(child)) }),
    };
  }

  /** Everyone who was named so far, sorted. */
  get given(): string[] {
    return [...this.#given].sort(compare);
  }

  #aliasOf({ id, name }: Person): string {
    const key = id === null ? `name ${name}` : `id ${id.toLowerCase()}`;
    const alias = this.#aliases.get(key) ?? `Person ${this.#aliases.size + 1}`;
    this.#aliases.set(key, alias);
    return alias;
  }

  #withoutNames(words: string): string {
    this.#search ??= new NameSearch(this.#known);
    const nameless = this.#search.replace(words, (person) => this.of(person));
    return nameless.replace(EMAIL, '[e-mail address]');
  }
}

/** Bounded, so that a long word without an @ is not tried from each of its letters to its end. */
const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
/** What stands where somebody's name is not known: words like others. */
const NOBODY = new Set(['unknown', 'former member']);
/** Scripts that put no space between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

interface SoughtName {
  /** In small letters. */
  readonly name: string;
  readonly person: Person;
  /** Where its first word begins. */
  readonly before: number;
}

/**
 * Finds whole names, whatever the size of their letters. It goes over the text once and asks at each word for the names
 * that begin so, the longest first: one search for all names of a newsroom would try each of them at each letter.
 */
class NameSearch {
  readonly #byFirstWord = new Map<string, SoughtName[]>();
  /** Of scripts without spaces a name can begin anywhere. Null when there is none. */
  readonly #unspaced: RegExp | null;
  readonly #people = new Map<string, Person>();

  constructor(known: readonly Person[]) {
    for (const { id, name } of known) {
      const written = name.trim().toLowerCase();
      const isName = written.length > 1 && !NOBODY.has(written);
      // Of two with one name the first, a member rather than a name that an import brought.
      if (isName && (this.#people.get(written)?.id ?? null) === null) this.#people.set(written, { id, name });
    }
    const sorted = [...this.#people.keys()].sort(
      (one, other) => other.length - one.length || compare(one, other),
    );
    const unspaced = sorted.filter((name) => UNSPACED.test(name) || name.search(WORD) < 0);
    for (const name of sorted) if (!unspaced.includes(name)) this.#seek(name);
    this.#unspaced = unspaced.length === 0 ? null : new RegExp(unspaced.map(escaped).join('|'), 'giu');
  }

  replace(words: string, nameOf: (person: Person) => string): string {
    let from = 0;
    const pieces: string[] = [];
    for (const { 0: word, index } of words.matchAll(WORD)) {
      const found = (this.#byFirstWord.get(word.toLowerCase()) ?? []).find(
        ({ name, before }) => index - before >= from && isWhole(words, index - before, name),
      );
      if (found === undefined) continue;
      const start = index - found.before;
      pieces.push(words.slice(from, start), nameOf(found.person));
      from = start + found.name.length;
    }
    const nameless = pieces.length === 0 ? words : [...pieces, words.slice(from)].join('');
    if (this.#unspaced === null) return nameless;
    return nameless.replace(this.#unspaced, (found) => {
      const person = this.#people.get(found.toLowerCase());
      return person === undefined ? found : nameOf(person);
    });
  }

  #seek(name: string): void {
    const [first] = name.matchAll(WORD);
    const person = this.#people.get(name);
    if (first === undefined || person === undefined) return;
    const sought = this.#byFirstWord.get(first[0]) ?? [];
    this.#byFirstWord.set(first[0], [...sought, { name, person, before: first.index }]);
  }
}

/** Whether the name stands there and the word at its end goes no further. */
function isWhole(words: string, start: number, name: string): boolean {
  const end = start + name.length;
  return (
    words.slice(start, end).toLowerCase() === name && !/^[\p{L}\p{N}\p{M}]/u.test(words.slice(end, end + 2))
  );
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** Everyone in records, whatever they did there. */
export function peopleIn(records: unknown): Person[] {
  const people: Person[] = [];
  const waiting: unknown[] = [records];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (isPerson(next)) people.push(next);
    for (const member of Object.values(next)) waiting.push(member);
  }
  return people.sort(
    (one, other) => compare(one.id ?? '\uffff', other.id ?? '\uffff') || compare(one.name, other.name),
  );
}

function isPerson(value: object): value is Person {
  return (
    'name' in value &&
    typeof value.name === 'string' &&
    'id' in value &&
    (value.id === null || typeof value.id === 'string')
  );
}
