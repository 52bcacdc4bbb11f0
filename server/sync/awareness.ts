/**
 * Who is where in one report: carets, selections, colours. Never stored. The server binds one client id to each
 * socket, writes into its state who it is, and passes on everybody's changes of one turn as one message.
 *
 * y-websocket clients send back the states of others that they received; those are not theirs and fall away
 * silently. A client that comes again may use its old clock, which the others would hold for old news: so what is
 * passed on counts from where its last visit ended. For the same reason nobody is sent their own state.
 *
 * Who comes back over a new socket while the old one has not noticed that it is dead takes the client id over, here or
 * from another node. It must be the same person, and say something else than is known, since that may be an echo; and
 * a socket that lost its id takes none over, so that two that live do not wrest it from each other.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encodeAwareness } from './frame.ts';
import { MAX_AWARENESS_BYTES, MAX_DEPARTED } from './limits.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly color: string;
}

/** One who is here: a socket, of this node. */
export interface Visitor {
  readonly person: Person;
  send(frame: Uint8Array): void;
}

/** Null: the client has left or shows nothing. */
type Json = string | null;

interface Presence {
  clock: number;
  state: Json;
  /** A socket of ours, or the id of another node; null when it has left. */
  holder: Visitor | string | null;
  /** It is, or was, a socket of this node: the others hear of it from us. */
  isOurs: boolean;
  /** When it was last heard of, for those of other nodes, which may die without a word. */
  at: number;
}

interface Entry {
  readonly clientId: number;
  readonly clock: number;
  readonly state: Json;
}

/** What is known of a socket. */
interface Own {
  clientId: number | null;
  offset: number;
  hasLostItsId: boolean;
}

export type AwarenessProblem = 'malformed' | 'too_large';

export class Awareness {
  readonly #present = new Map<number, Presence>();
  readonly #departed = new Map<number, number>();
  readonly #visitors = new Map<Visitor, Own>();
  readonly #changed = new Set<number>();
  readonly #heard = new Set<Visitor>();
  #isFlushing = false;

  /** `publish` gets what changed on this node, for the others. */
  constructor(
    readonly publish: (update: Uint8Array) => void,
    readonly now: () => number,
  ) {}

  enter(visitor: Visitor): void {
    this.#visitors.set(visitor, { clientId: null, offset: 0, hasLostItsId: false });
    const others = this.everybodyBut(visitor);
    if (others !== null) visitor.send(others);
  }

  leave(visitor: Visitor): void {
    const clientId = this.#visitors.get(visitor)?.clientId ?? null;
    this.#visitors.delete(visitor);
    this.#heard.delete(visitor);
    if (clientId !== null) this.#depart(clientId);
  }

  /** What a socket says about itself. Null: fine. */
  hear(visitor: Visitor, update: Uint8Array): AwarenessProblem | null {
    const own = this.#visitors.get(visitor);
    const entries = decode(update);
    if (entries === null) return 'malformed';
    if (own === undefined) return null;
    this.#heard.add(visitor);
    this.#flushSoon();
    own.clientId ??= this.#adopt(entries, visitor, own);
    for (const { clientId, clock, state } of entries) {
      if (clientId !== own.clientId) continue;
      if (state !== null && Buffer.byteLength(state) > MAX_AWARENESS_BYTES) return 'too_large';
      const stamped = state === null ? null : stamp(state, visitor.person);
      if (stamped === undefined) return 'malformed';
      this.#set(clientId, {
        clock: clock + own.offset,
        state: stamped,
        holder: visitor,
        isOurs: true,
        at: this.now(),
      });
    }
    return null;
  }

  /** The first id that nobody else holds, or that may be taken over, is the socket's. */
  #adopt(entries: readonly Entry[], visitor: Visitor, own: Own): number | null {
    const first = entries.find((entry) => entry.state !== null && this.#isFree(entry, visitor, own));
    if (first === undefined) return null;
    const present = this.#present.get(first.clientId);
    const past = this.#departed.get(first.clientId) ?? present?.clock;
    own.offset = past === undefined ? 0 : Math.max(0, past + 1 - first.clock);
    if (present !== undefined) this.#release(first.clientId, present.holder);
    return first.clientId;
  }

  #isFree({ clientId, clock, state }: Entry, visitor: Visitor, own: Own): boolean {
    const present = this.#present.get(clientId);
    if (present === undefined || present.holder === null) return true;
    const isEcho = present.clock === clock && present.state === state;
    return !own.hasLostItsId && !isEcho && ownerOf(present) === visitor.person.id;
  }

  #release(clientId: number, holder: Presence['holder']): void {
    const own = holder === null || typeof holder === 'string' ? undefined : this.#visitors.get(holder);
    if (own?.clientId === clientId) [own.clientId, own.hasLostItsId] = [null, true];
  }

  #set(clientId: number, presence: Presence): void {
    const before = this.#present.get(clientId);
    if (before !== undefined && before.clock > presence.clock) return;
    this.#present.set(clientId, presence);
    this.#departed.delete(clientId);
    this.#changed.add(clientId);
    this.#flushSoon();
  }

  #depart(clientId: number): void {
    const presence = this.#present.get(clientId);
    if (presence === undefined) return;
    this.#present.set(clientId, { ...presence, clock: presence.clock + 1, state: null, holder: null });
    this.#changed.add(clientId);
    this.#flushSoon();
  }

  /** What another node says about its sockets. */
  hearNode(nodeId: string, update: Uint8Array): void {
    for (const { clientId, clock, state } of decode(update) ?? []) {
      const before = this.#present.get(clientId);
      if (before?.isOurs === true && before.holder !== null) {
        // Its person came back there.
        if (clock <= before.clock || personIn(state) !== ownerOf(before)) continue;
        this.#release(clientId, before.holder);
      }
      this.#set(clientId, {
        clock,
        state,
        holder: state === null ? null : nodeId,
        isOurs: false,
        at: this.now(),
      });
    }
  }

  /** Lets go of the sockets of nodes that have been silent since `before`. */
  forgetSilent(before: number): void {
    for (const [clientId, { holder, at, state }] of this.#present) {
      if (typeof holder === 'string' && state !== null && at < before) this.#depart(clientId);
    }
  }

  /** The states of this node's sockets, for a node that just came; null: none. */
  ownStates(): Uint8Array | null {
    return encodeSome([...this.#present].filter(([, presence]) => presence.isOurs));
  }

  /** A frame with everybody's state except one's own; null: nobody else is here. */
  everybodyBut(visitor: Visitor): Uint8Array | null {
    const update = encodeSome(
      [...this.#present].filter(([, one]) => one.holder !== visitor && one.state !== null),
    );
    return update === null ? null : encodeAwareness(update);
  }

  #flushSoon(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    setImmediate(() => {
      this.#isFlushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    const changed = [...this.#changed].flatMap((id): [number, Presence][] => {
      const presence = this.#present.get(id);
      return presence === undefined ? [] : [[id, presence]];
    });
    this.#changed.clear();
    const forAll = encodeSome(changed);
    const frame = forAll === null ? null : encodeAwareness(forAll);
    const authors = new Set(changed.map(([, { holder }]) => holder));
    for (const visitor of this.#visitors.keys()) {
      if (!authors.has(visitor)) {
        if (frame !== null) visitor.send(frame);
        else if (this.#heard.has(visitor)) visitor.send(NOTHING);
        continue;
      }
      const others = encodeSome(changed.filter(([, { holder }]) => holder !== visitor));
      visitor.send(others === null ? NOTHING : encodeAwareness(others));
    }
    this.#heard.clear();
    const own = encodeSome(changed.filter(([, presence]) => presence.isOurs));
    if (own !== null) this.publish(own);
    this.#bury(changed);
  }

  /** Those who left keep only their clock, and the oldest not even that. */
  #bury(changed: readonly (readonly [number, Presence])[]): void {
    for (const [clientId, { state, holder, clock }] of changed) {
      if (state !== null || holder !== null) continue;
      this.#present.delete(clientId);
      this.#departed.set(clientId, clock);
    }
    for (const clientId of this.#departed.keys()) {
      if (this.#departed.size <= MAX_DEPARTED) break;
      this.#departed.delete(clientId);
    }
  }
}

/** A message without states: y-websocket gives up a server that is silent for 30 s, pings do not count. */
export const NOTHING = encodeAwareness(new Uint8Array([0]));

/** The id of the person whose socket holds it, here or on another node; null: nobody's. */
function ownerOf({ holder, state }: Presence): string | null {
  return holder === null || typeof holder === 'string' ? personIn(state) : holder.person.id;
}

/** The person that a node wrote into a state. */
function personIn(state: Json): string | null {
  const user = state === null ? undefined : parseObject(state)?.['user'];
  if (typeof user !== 'object' || user === null || !('id' in user)) return null;
  return typeof user.id === 'string' ? user.id : null;
}

function decode(update: Uint8Array): Entry[] | null {
  try {
    const decoder = decoding.createDecoder(update);
    const count = decoding.readVarUint(decoder);
    const entries: Entry[] = [];
    for (let i = 0; i < count; i++) {
      const clientId = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const state = decoding.readVarString(decoder);
      entries.push({ clientId, clock, state: state === 'null' ? null : state });
    }
    return entries;
  } catch {
    return null; // it ends before its parts do
  }
}

/** Null: there is nothing to say. */
function encodeSome(entries: readonly (readonly [number, Presence])[]): Uint8Array | null {
  if (entries.length === 0) return null;
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length);
    for (const [clientId, { clock, state }] of entries) {
      encoding.writeVarUint(encoder, clientId);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, state ?? 'null');
    }
  });
}

/** Writes who it is into a state; undefined: it is no state. */
function stamp(json: string, person: Person): string | undefined {
  const state = parseObject(json);
  if (state === null) return undefined;
  const user = typeof state['user'] === 'object' && state['user'] !== null ? state['user'] : {};
  return JSON.stringify({ ...state, user: { ...user, ...person } });
}

function parseObject(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null; // not JSON
  }
}
