/** Parts of records as they are made before the server has answered. */
import type { ClaimRecord, Person } from '#core/records.ts';
import type { MarkedWords } from './desk-command.ts';

export interface Me {
  readonly id: string;
  readonly name: string;
}

export function person(me: Me): Person {
  return { id: me.id, name: me.name };
}

export function anchorOf(words: MarkedWords): ClaimRecord['anchor'] {
  return { start: words.start, end: words.end, exact: words.exact, state: 'anchored', confidence: 1 };
}
