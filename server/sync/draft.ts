/**
 * A document ahead of the log: what is committed, and on it the updates that wait for their commit. Each is
 * examined and applied here first. If one turns out to be refused after it was applied, the draft is spoiled, and
 * is made anew from the committed document and the accepted ones, in order.
 */
import * as Y from 'yjs';
import { BODY_ROOT } from '#core/text/schema.ts';
import { bringsOnlyAllowed } from './allowed-content.ts';
import { applyAsIs } from './apply-as-is.ts';
import type { Refusal } from './close-codes.ts';
import { inspect, type Inspection, type Sender, type Tidying } from './inspect.ts';

export type Trial =
  | Exclude<Inspection, { kind: 'allowed' | 'tidying' }>
  /** `update`: what it changes, encoded by us; that goes into the log, and nothing else that was sent with it. */
  | {
      readonly kind: 'applied';
      readonly update: Uint8Array;
      readonly touchesBody: boolean;
      /** Yjs tidied marks away that it left idle: the sender does not have all of it. */
      readonly isTidied: boolean;
      readonly newClients: readonly number[];
    };

interface Applied {
  readonly update: Uint8Array;
  readonly touchesBody: boolean;
  readonly isTidied: boolean;
}

export class Draft {
  #doc: Y.Doc;

  /** `copyCommitted` makes a copy of the committed document. */
  constructor(readonly copyCommitted: () => Y.Doc) {
    this.#doc = copyCommitted();
  }

  /** Examines an update and applies it. `accepted`: what was applied here since the last commit, for a new start. */
  try(
    update: Uint8Array,
    sender: Sender,
    ownerOf: (clientId: number) => string | undefined,
    accepted: readonly Uint8Array[],
  ): Trial {
    const inspection = inspect(update, this.#doc, sender, ownerOf);
    if (inspection.kind === 'tidying') return this.#tidy(update, inspection, accepted);
    if (inspection.kind !== 'allowed') return inspection;
    const outcome = this.#apply(update);
    if (typeof outcome !== 'string')
      return { kind: 'applied', ...outcome, newClients: inspection.newClients };
    this.restart(accepted);
    return { kind: 'refused', code: outcome };
  }

  /** Takes deletions of marks if nobody can see a difference, which is looked for before: a new start costs a document. */
  #tidy(update: Uint8Array, { texts, marks, otherwise }: Tidying, accepted: readonly Uint8Array[]): Trial {
    if (![...texts].every((text) => looksOf(text, new Set()) === looksOf(text, marks))) return otherwise;
    const outcome = this.#apply(update);
    if (typeof outcome !== 'string')
      return { kind: 'applied', ...outcome, touchesBody: false, newClients: [] };
    this.restart(accepted);
    return otherwise;
  }

  /** Takes what others committed. */
  absorb(update: Uint8Array): void {
    applyAsIs(this.#doc, [update]);
  }

  restart(accepted: readonly Uint8Array[]): void {
    this.#doc.destroy();
    this.#doc = this.copyCommitted();
    applyAsIs(this.#doc, accepted);
  }

  destroy(): void {
    this.#doc.destroy();
  }

  #apply(update: Uint8Array): Applied | Refusal {
    const brought: Uint8Array[] = [];
    let isAllowed = true;
    let touchesBody = false;
    const changedRoots = (transaction: Y.Transaction): string[] =>
      [...transaction.changedParentTypes.keys()]
        .filter((type) => type._item === null)
        .map((type) => Y.findRootTypeKey(type));
    const listen = (change: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
      brought.push(change);
      isAllowed &&= bringsOnlyAllowed(transaction);
      touchesBody ||= changedRoots(transaction).includes(BODY_ROOT);
    };
    this.#doc.on('update', listen);
    try {
      Y.applyUpdate(this.#doc, update);
    } catch {
      return 'malformed'; // Yjs has no errors of its own: it trips over what it cannot integrate
    } finally {
      this.#doc.off('update', listen);
    }
    const { pendingStructs, pendingDs } = this.#doc.store;
    if (pendingStructs !== null || pendingDs !== null) return 'gap';
    if (!isAllowed) return 'forbidden_content';
    const [only] = brought;
    return {
      update: brought.length === 1 && only !== undefined ? only : Y.mergeUpdates(brought),
      touchesBody,
      isTidied: brought.length > 1,
    };
  }
}

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
