/**
 * A document ahead of the log: what is committed, and on it the updates that wait for their commit. Each is
 * examined and applied here first. Plain ones are applied many in one transaction of Yjs, whose end costs more than
 * what is in it. If something turns out to be refused after it was applied, the draft is spoiled, and is made anew
 * from the committed document and what was accepted since, in order.
 */
import * as Y from 'yjs';
import { bringsOnlyAllowed } from './allowed-content.ts';
import { applyAsIs } from './apply-as-is.ts';
import type { Refusal } from './close-codes.ts';
import {
  inspect,
  mayRestOnNews,
  type Allowed,
  type Inspection,
  type Sender,
  type Tidying,
} from './inspect.ts';
import { TooManyStepsError, withinSteps } from './integration-steps.ts';
import { MAX_INTEGRATION_STEPS } from './limits.ts';
import { standsInOrder } from './order.ts';

type OwnerOf = (clientId: number) => string | undefined;
/** Whether so many bytes may be added, with what was accepted since the last commit. */
type Fits = (bytes: number) => boolean;

/** What the document says of an update without applying it. */
type NotApplied = Exclude<Inspection, { kind: 'allowed' | 'tidying' }>;

export type Trial =
  | NotApplied
  | { readonly kind: 'too large' }
  /** `update`: what it changes, encoded by us; that goes into the log, and nothing else that was sent with it. */
  | {
      readonly kind: 'applied';
      readonly update: Uint8Array;
      readonly touchesBody: boolean;
      /** Yjs tidied marks away that it left idle: the sender does not have all of it. */
      readonly isTidied: boolean;
      readonly newClients: readonly number[];
    };

/** Of an update in a run. */
export type PlainTrial =
  | NotApplied
  | (Pick<Allowed, 'touchesBody' | 'newClients'> & { readonly kind: 'applied' })
  /** It must be tried in a transaction of its own; so must what was applied in this run, if it was spoiled. */
  | { readonly kind: 'alone' };

/** What a run of updates changed, encoded by us, and what Yjs tidied at its end. */
export interface RunResult {
  readonly update: Uint8Array;
  readonly tidied: Uint8Array | null;
}

export class Draft {
  #doc: Y.Doc;
  /** What was accepted since the last commit. */
  #ahead: Uint8Array[] = [];
  #isSpoiled = false;
  /** What a run could not afford is not tried again alone. */
  readonly #tooCostly = new WeakSet<Uint8Array>();

  /** `copyCommitted` makes a copy of the committed document. */
  constructor(readonly copyCommitted: () => Y.Doc) {
    this.#doc = copyCommitted();
  }

  /** Examines an update and applies it. */
  try(update: Uint8Array, sender: Sender, ownerOf: OwnerOf, fits: Fits): Trial {
    if (this.#tooCostly.has(update)) return { kind: 'refused', code: 'malformed' };
    const inspection = inspect(update, this.#doc, sender, ownerOf);
    if (inspection.kind === 'tidying') return this.#tidy(update, inspection);
    if (inspection.kind !== 'allowed') return inspection;
    const { touchesBody, newClients, isGrowing } = inspection;
    const outcome = this.#apply(update, isGrowing ? fits : always);
    if (outcome === 'too large') return { kind: 'too large' };
    return typeof outcome === 'string'
      ? { kind: 'refused', code: outcome }
      : { kind: 'applied', ...outcome, touchesBody, newClients };
  }

  /**
   * Lets `work` call `tryPlain`, all in one transaction. `spoiled`: it went wrong, and nothing of it is here any
   * more; the caller's tries of this run must go again, one by one.
   */
  run(work: () => void): RunResult | 'nothing' | 'spoiled' {
    this.#isSpoiled = false;
    const brought = this.#listening(() => this.#doc.transact(work));
    if (typeof brought === 'string' || this.#isSpoiled) {
      this.#rebuild();
      return 'spoiled';
    }
    const [update, ...tidied] = brought;
    if (update === undefined) return 'nothing';
    this.#ahead.push(...brought);
    return { update, tidied: tidied.length === 0 ? null : Y.mergeUpdates(tidied) };
  }

  /** Only inside of `run`. After `alone` nothing more may be tried in it. */
  tryPlain(update: Uint8Array, sender: Sender, ownerOf: OwnerOf, fits: Fits): PlainTrial {
    const inspection = inspect(update, this.#doc, sender, ownerOf);
    if (inspection.kind === 'allowed') {
      if (!inspection.isPlain || (inspection.isGrowing && !fits(update.length))) return { kind: 'alone' };
      if (!this.#integrates(update)) return { kind: 'alone' };
      return { kind: 'applied', touchesBody: inspection.touchesBody, newClients: inspection.newClients };
    }
    // What the log has may make it good, and tidying is looked at before and after.
    return inspection.kind === 'tidying' || mayRestOnNews(inspection) ? { kind: 'alone' } : inspection;
  }

  #integrates(update: Uint8Array): boolean {
    try {
      withinSteps(MAX_INTEGRATION_STEPS, () => Y.applyUpdate(this.#doc, update));
    } catch (error) {
      this.#isSpoiled = true; // Yjs has no errors of its own: it trips over what it cannot integrate
      if (error instanceof TooManyStepsError) this.#tooCostly.add(update);
    }
    this.#isSpoiled ||= this.#hasPending();
    return !this.#isSpoiled;
  }

  /** Takes deletions of marks if nobody can see a difference, which is looked for before: a new start costs a document. */
  #tidy(update: Uint8Array, { texts, marks, otherwise }: Tidying): Trial {
    if (![...texts].every((text) => looksOf(text, new Set()) === looksOf(text, marks))) return otherwise;
    const outcome = this.#apply(update, always);
    if (typeof outcome === 'string') return otherwise;
    return { kind: 'applied', ...outcome, touchesBody: false, newClients: [] };
  }

  /** Takes what others committed. */
  absorb(update: Uint8Array): void {
    applyAsIs(this.#doc, [update]);
  }

  /** All that was accepted is in the log. */
  settled(): void {
    this.#ahead = [];
  }

  /** Nothing of what was accepted is in the log, nor will be. */
  restart(): void {
    this.#ahead = [];
    this.#rebuild();
  }

  destroy(): void {
    this.#doc.destroy();
  }

  #rebuild(): void {
    this.#doc.destroy();
    this.#doc = this.copyCommitted();
    applyAsIs(this.#doc, this.#ahead);
  }

  #hasPending(): boolean {
    const { pendingStructs, pendingDs } = this.#doc.store;
    return pendingStructs !== null || pendingDs !== null;
  }

  /** Alone in a transaction; a refusal leaves the draft as it was. How much it adds is known only then. */
  #apply(
    update: Uint8Array,
    fits: Fits,
  ): { readonly update: Uint8Array; readonly isTidied: boolean } | Refusal | 'too large' {
    let brought = this.#listening(() =>
      withinSteps(MAX_INTEGRATION_STEPS, () => Y.applyUpdate(this.#doc, update)),
    );
    if (typeof brought !== 'string' && this.#hasPending()) brought = 'gap';
    if (typeof brought === 'string') {
      this.#rebuild();
      return brought;
    }
    const [only] = brought;
    const whole = brought.length === 1 && only !== undefined ? only : Y.mergeUpdates(brought);
    if (!fits(whole.length)) {
      this.#rebuild();
      return 'too large';
    }
    this.#ahead.push(whole);
    return { update: whole, isTidied: brought.length > 1 };
  }

  /** What Yjs says that changed: once, and once more if it tidied. */
  #listening(change: () => void): Uint8Array[] | Refusal {
    const brought: Uint8Array[] = [];
    let refusal: Refusal | null = null;
    const listen = (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
      brought.push(update);
      if (!standsInOrder(transaction)) refusal ??= 'malformed';
      if (!bringsOnlyAllowed(transaction)) refusal ??= 'forbidden_content';
    };
    this.#doc.on('update', listen);
    try {
      change();
    } catch {
      return 'malformed'; // as above
    } finally {
      this.#doc.off('update', listen);
    }
    return refusal ?? brought;
  }
}

const always = (): boolean => true;

/** What is read in a text, its words with the marks that hold there, were it not for some of its items. */
function looksOf(text: Y.XmlText, without: ReadonlySet<Y.Item>): string {
  const holding = new Map<string, string>();
  const runs: { words: string; readonly marks: string }[] = [];
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || without.has(item)) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat) {
      if (content.value === null) holding.delete(content.key);
      else holding.set(content.key, JSON.stringify(content.value));
    } else if (content instanceof Y.ContentString) {
      const marks = JSON.stringify([...holding].toSorted(([a], [b]) => (a < b ? -1 : 1)));
      const last = runs.at(-1);
      if (last?.marks === marks) last.words += content.str;
      else runs.push({ words: content.str, marks });
    }
  }
  return JSON.stringify(runs);
}
