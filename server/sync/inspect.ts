/**
 * Examines an update before it touches a document, and says whether its sender may make it. It costs microseconds;
 * applying it to a copy on trial would cost milliseconds and grow with the document. It checks, in this order:
 *
 *   1. it is an update, within its limits (read-update.ts);
 *   2. no client's clock has a gap, so that nothing is ever pending in a document of the server;
 *   3. no id that the document knows says something else here, and every client id that writes something new is the
 *      sender's (first use claims it);
 *   4. every new item stands in one place with both its neighbours and with what its id began with; else Yjs would
 *      put it where it does not belong, and not at everybody's the same;
 *   5. every new item, and every item that it newly deletes, stands where the sender may write.
 *
 * What the document already has is skipped everywhere: SyncStep2 repeats the whole set of deletions. What an item
 * holds, and the order of its neighbours, are checked after it is applied (allowed-content.ts, order.ts).
 */
import * as Y from 'yjs';
import { clashes } from './clash.ts';
import type { Refusal } from './close-codes.ts';
import { MAX_DEPTH, MAX_NEW_CLIENTS } from './limits.ts';
import { MissingError, PlaceFinder, type UpdateStructs, type Home, type Struct } from './place.ts';
import { readUpdate, RefusedError, type ReadUpdate } from './read-update.ts';

/** What the sender may change. */
export interface Rights {
  /** The role allows the text; the lock of the report is apart, since its refusal has other words. */
  readonly body: boolean;
  readonly rationale: boolean;
  readonly locked: boolean;
}

export interface Sender {
  readonly memberId: string;
  readonly rights: Rights;
}

interface Refused {
  readonly kind: 'refused';
  readonly code: Refusal;
}

export interface Allowed {
  readonly kind: 'allowed';
  /** Ids to claim for the sender in the same commit. */
  readonly newClients: readonly number[];
  readonly touchesBody: boolean;
  /** All of it is new, so its bytes say what it changes and nothing else. A SyncStep2 repeats much. */
  readonly isPlain: boolean;
  /** It brings items, and does not only delete: the document will be larger. */
  readonly isGrowing: boolean;
}

export type Inspection =
  | Allowed
  /** All of it is there already; fine from anyone. */
  | { readonly kind: 'nothing new' }
  /** The sender may not write at all. */
  | { readonly kind: 'read-only' }
  | Refused
  | Tidying;

/**
 * It only deletes marks in these texts, where the sender may not write. Every Yjs client does so by itself, also a
 * reader's, where others' changes left marks that mean nothing any more. So it is fine if what is read stays the
 * same. Else a reader's is passed over, since somebody may have given the mark a meaning meanwhile.
 */
export interface Tidying {
  readonly kind: 'tidying';
  /** What it deletes. */
  readonly marks: ReadonlySet<Y.Item>;
  readonly texts: ReadonlySet<Y.XmlText>;
  readonly otherwise: { readonly kind: 'nothing new' } | Refused;
}

const RESTS_ON_NEWS: ReadonlySet<Refusal> = new Set([
  'gap',
  'foreign_client',
  'forbidden_place',
  'report_locked',
]);

/**
 * Whether it may be fine once this node has heard what others committed. A client that comes from another node brings
 * that too: the words of other people, the deletion of a claim by a command.
 */
export function mayRestOnNews(judged: { readonly kind: string; readonly code?: Refusal }): boolean {
  if (judged.kind === 'read-only') return true;
  return judged.kind === 'refused' && judged.code !== undefined && RESTS_ON_NEWS.has(judged.code);
}

type OwnerOf = (clientId: number) => string | undefined;

export function inspect(update: Uint8Array, doc: Y.Doc, sender: Sender, ownerOf: OwnerOf): Inspection {
  try {
    return examine(readUpdate(update), doc, sender, ownerOf);
  } catch (error) {
    if (error instanceof RefusedError) return refuse(error.code);
    // Beyond `gap` there are only the decoder's complaints: lib0, JSON and RangeError for too deep a value.
    return refuse(error instanceof MissingError ? 'gap' : 'malformed');
  }
}

function examine(
  { structs, deletions }: ReadUpdate,
  doc: Y.Doc,
  sender: Sender,
  ownerOf: OwnerOf,
): Inspection {
  if (clashes(structs, doc)) return refuse('foreign_client');
  const news: News = { fresh: [], doomed: [], isAll: true };
  findNewStructs(structs, doc, news);
  findNewlyDeleted(structs, deletions, doc, news);
  const { fresh, doomed } = news;
  if (fresh.length === 0 && doomed.length === 0) return { kind: 'nothing new' };
  const answer = judge(news, new PlaceFinder(structs, doc), sender, ownerOf);
  if (answer.kind === 'allowed' || fresh.length > 0) return answer;
  const texts = textsOfMarks(doomed);
  if (texts === null) return answer;
  return {
    kind: 'tidying',
    marks: new Set(doomed),
    texts,
    otherwise: answer.kind === 'read-only' ? { kind: 'nothing new' } : answer,
  };
}

/** What an update has that the document has not. */
interface News {
  readonly fresh: Struct[];
  /** Items of the document that stand now and would not after. */
  readonly doomed: Y.Item[];
  /** Whether there is nothing else in it. */
  isAll: boolean;
}

type Judgement = Extract<Inspection, { kind: 'allowed' | 'read-only' | 'refused' }>;

function judge(
  { fresh, doomed, isAll }: News,
  places: PlaceFinder,
  { memberId, rights }: Sender,
  ownerOf: OwnerOf,
): Judgement {
  if (!rights.body && !rights.rationale) return { kind: 'read-only' };
  const newClients = new Set<number>();
  for (const { id } of fresh) {
    const owner = ownerOf(id.client);
    if (owner === undefined) newClients.add(id.client);
    else if (owner !== memberId) return refuse('foreign_client');
  }
  if (newClients.size > MAX_NEW_CLIENTS) return refuse('malformed');
  for (const struct of fresh) if (!isWithItsOwn(struct, places)) return refuse('malformed');
  let touchesBody = false;
  for (const structs of [fresh, doomed]) {
    for (const struct of structs) {
      const home = places.of(struct);
      const refusal = judgePlace(home, rights);
      if (refusal !== null) return refuse(refusal);
      touchesBody ||= home.place === 'body';
    }
  }
  return {
    kind: 'allowed',
    newClients: [...newClients],
    touchesBody,
    isPlain: isAll,
    isGrowing: fresh.length > 0,
  };
}

/** The texts in which these marks stand; null: some of it is no mark. */
function textsOfMarks(items: readonly Y.Item[]): Set<Y.XmlText> | null {
  const texts = new Set<Y.XmlText>();
  for (const { content, parent } of items) {
    if (!(content instanceof Y.ContentFormat) || !(parent instanceof Y.XmlText)) return null;
    texts.add(parent);
  }
  return texts;
}

/** Whether both neighbours of a new item, and the part of it that is known already, stand where it stands. */
function isWithItsOwn(struct: Struct, places: PlaceFinder): boolean {
  if (!(struct instanceof Y.Item)) return true;
  const { id, origin, rightOrigin } = struct;
  const home = places.of(struct);
  if (origin !== null && rightOrigin !== null && places.of(places.find(rightOrigin)) !== home) return false;
  const state = Y.getState(places.doc.store, id.client);
  return id.clock >= state || places.of(places.find(Y.createID(id.client, state - 1))) === home;
}

/** Throws MissingError at a gap. */
function findNewStructs(structs: UpdateStructs, doc: Y.Doc, news: News): void {
  for (const [client, own] of structs.clients()) {
    let next = Y.getState(doc.store, client);
    for (const struct of own) {
      const end = struct.id.clock + struct.length;
      if (struct.id.clock < next) news.isAll = false;
      if (end <= next) continue;
      if (struct.id.clock > next || struct instanceof Y.Skip) throw new MissingError('a gap in a clock');
      next = end;
      news.fresh.push(struct);
    }
  }
}

/** Throws MissingError where nothing is. */
function findNewlyDeleted(
  structs: UpdateStructs,
  deletions: ReadUpdate['deletions'],
  doc: Y.Doc,
  news: News,
): void {
  for (const [client, ranges] of deletions) {
    const stored = doc.store.clients.get(client) ?? [];
    const state = Y.getState(doc.store, client);
    for (const { clock, len } of ranges) {
      const end = clock + len;
      if (end > state && len > 0 && structs.find(Y.createID(client, end - 1)) === null) {
        throw new MissingError('a deletion of nothing');
      }
      if (clock >= state || len <= 0) continue;
      const before = news.doomed.length;
      for (let i = Y.findIndexSS(stored, clock); i < stored.length; i++) {
        const struct = stored[i];
        if (struct === undefined || struct.id.clock >= end) break;
        if (struct instanceof Y.Item && !struct.deleted) news.doomed.push(struct);
      }
      if (news.doomed.length === before) news.isAll = false;
    }
  }
}

function judgePlace({ place, depth }: Home, rights: Rights): Refusal | null {
  if (depth > MAX_DEPTH) return 'forbidden_content';
  switch (place) {
    case 'gone':
      return null;
    case 'body':
      if (!rights.body) return 'forbidden_place';
      return rights.locked ? 'report_locked' : null;
    case 'rationale':
      return rights.rationale ? null : 'forbidden_place';
    case 'entry':
    case 'rationale-root':
    case 'elsewhere':
      return 'forbidden_place';
  }
}

function refuse(code: Refusal): Refused {
  return { kind: 'refused', code };
}
