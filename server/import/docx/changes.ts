/**
 * Tracked changes as suggestions. The report's text is the text before them: what somebody deleted is still in it and
 * the suggestion stands on these words; what somebody inserted is not, and the suggestion says what would be put in,
 * at a point. Changes of one author with nothing between them are one suggestion; if it deletes and inserts, it
 * replaces. The place is known by points (../points.ts), one pair for each suggestion.
 */
import type { DocBuilder } from '../doc-builder.ts';
import type { ReadNote } from '../notes.ts';
import type { Losses } from './losses.ts';
import { momentOf } from './moment.ts';
import type { XmlElement } from './xml.ts';

/** Who proposes what at a place; `withdrawn`: inserted and deleted again, so neither here nor there. */
export interface Change {
  readonly kind: 'insert' | 'delete' | 'withdrawn';
  readonly author: string | null;
  readonly at: string | null;
}

interface Suggested {
  readonly name: string;
  readonly author: string | null;
  readonly at: string | null;
  deleted: string;
  inserted: string;
  /** Whether white space stood before it, which may be at a line's end and go. */
  readonly isAfterSpace: boolean;
}

const kinds: Readonly<Record<string, 'insert' | 'delete'>> = {
  'w:ins': 'insert',
  'w:moveTo': 'insert',
  'w:del': 'delete',
  'w:moveFrom': 'delete',
};

/** The change that an element makes of what is in it; the one around it when it makes none. */
export function changeOf(element: XmlElement, around: Change | null): Change | null {
  const kind = kinds[element.name];
  if (kind === undefined) return around;
  const author = element.attributes['w:author']?.trim() || null;
  const at = momentOf(element.attributes['w:date'] ?? null);
  if (around !== null && around.kind !== kind) return { kind: 'withdrawn', author, at };
  return { kind, author, at };
}

export class Changes {
  private readonly all: Suggested[] = [];
  private current: Suggested | null = null;
  private lastCharacter = '';

  constructor(
    private readonly builder: DocBuilder,
    private readonly losses: Losses,
  ) {}

  /** Whether the last thing was a change, so that the words that follow touch it. */
  get isOpen(): boolean {
    return this.current !== null;
  }

  /** Words that are in the text and in no change: the change before them ends. */
  kept(words: string): void {
    this.current = null;
    if (words !== '') this.lastCharacter = words.charAt(words.length - 1);
  }

  /** What is in the text and deleted; `write` puts it there, `words` says it. */
  deleted(change: Change, words: string, write: () => void): void {
    const suggested = this.at(change);
    write();
    suggested.deleted += words;
    this.builder.point(endOf(suggested.name));
    if (words !== '') this.lastCharacter = words.charAt(words.length - 1);
  }

  inserted(change: Change, words: string): void {
    this.at(change).inserted += words;
  }

  /** The suggestions, given the offsets of the points in `text`. */
  notes(offsets: ReadonlyMap<string, number>, text: string): ReadNote[] {
    const used = new Map<string, number>();
    return this.all.flatMap((each): ReadNote[] => {
      const start = offsets.get(startOf(each.name));
      if (start === undefined) return [];
      const end = Math.max(start, offsets.get(endOf(each.name)) ?? start);
      const isDeletion = end > start && /\S/.test(text.slice(start, end).replaceAll('\n', ''));
      const words = withSpaceBefore(each, text, start);
      const isInsertion = /[^\n]/.test(words);
      if (!isDeletion && !isInsertion) {
        this.losses.add('paragraphChange');
        return [];
      }
      const kind = !isDeletion ? 'insert' : isInsertion ? 'replace' : 'delete';
      const { author, at } = each;
      return [
        {
          kind: 'suggestion',
          start,
          end: isDeletion ? end : start,
          isResolved: false,
          suggestion: { kind, text: isInsertion ? words : '' },
          originId: originOf(each, kind, used),
          comments: [{ originId: null, parent: null, author, at, body: '' }],
          tags: [],
        },
      ];
    });
  }

  private at(change: Change): Suggested {
    if (this.current !== null && this.current.author === change.author) return this.current;
    const name = `change ${this.all.length}`;
    const { author, at } = change;
    const isAfterSpace = /\s/.test(this.lastCharacter);
    this.current = { name, author, at, deleted: '', inserted: '', isAfterSpace };
    this.all.push(this.current);
    this.builder.point(startOf(name));
    return this.current;
  }
}

function startOf(name: string): string {
  return `${name} start`;
}

function endOf(name: string): string {
  return `${name} end`;
}

/** White space at the end of a line goes; before words that are put in there it is needed. */
function withSpaceBefore(
  { inserted, isAfterSpace, deleted }: Suggested,
  text: string,
  start: number,
): string {
  const isAtWord = start > 0 && /\S/.test(text.charAt(start - 1));
  const isBeforeWord = /^\S/.test(inserted);
  return isAfterSpace && deleted === '' && isAtWord && isBeforeWord ? ` ${inserted}` : inserted;
}

/** Word numbers its changes anew with each saving, so a change is known by who, when and what. */
function originOf(each: Suggested, kind: string, used: Map<string, number>): string {
  const words = `${each.deleted.slice(0, 40)}→${each.inserted.slice(0, 40)}`;
  const origin = `change ${each.author ?? ''} ${each.at ?? ''} ${kind} ${words}`;
  const count = (used.get(origin) ?? 0) + 1;
  used.set(origin, count);
  return count === 1 ? origin : `${origin} ${count}`;
}
