/**
 * The facts about the document that this device keeps (document-keeper.ts): one store for each person, workspace and
 * report. A store whose work the server refused is set aside: the next one gets a new suffix, and the old one stays
 * readable until somebody has seen to it (a client that came back with the same content would be refused for ever). The same when the
 * document's epoch changed: what a restored backup did not have must not come back under other people's ids.
 *
 * Small facts (suffix, epoch, what was refused, unacknowledged changes by client id) are in localStorage, which
 * can be written at once; the document is in IndexedDB.
 */
import type { RefusedWork } from './sync-status.ts';

interface StoreFacts {
  readonly suffix: number;
  readonly epoch: number | null;
  readonly refused: readonly RefusedWork[];
  /** Unacknowledged changes by the client id that made them, of all tabs and visits. */
  readonly unsaved: Readonly<Record<string, number>>;
}

const freshFacts: StoreFacts = { suffix: 0, epoch: null, refused: [], unsaved: {} };

/** The facts about one person's store of one report. */
export class StoreRecord {
  readonly #key: string;
  readonly #base: string;
  readonly #storage: Storage;

  constructor(base: string, storage: Storage) {
    this.#base = base;
    this.#key = `${base}:store`;
    this.#storage = storage;
  }

  get storeName(): string {
    const { suffix } = this.#read();
    return suffix === 0 ? this.#base : `${this.#base}:${suffix}`;
  }

  get refused(): readonly RefusedWork[] {
    return this.#read().refused;
  }

  /** All that any visit left unacknowledged. */
  get unsaved(): number {
    return Object.values(this.#read().unsaved).reduce((sum, count) => sum + count, 0);
  }

  /**
   * Takes note of the document's epoch; a store of another one is set aside. Returns the name of a store that nobody
   * needs any more, since all in it was saved; null: none.
   */
  enterEpoch(epoch: number): string | null {
    const facts = this.#read();
    if (facts.epoch === epoch) return null;
    this.#write({ ...facts, epoch });
    if (facts.epoch === null) return null;
    const { storeName } = this;
    if (this.unsaved > 0) {
      this.setAside(storeName, 'epoch_changed');
      return null;
    }
    this.#leave(storeName);
    return storeName;
  }

  /** What the store holds was refused: it joins those that are to be shown, and the next store gets a new name. */
  setAside(storeName: string, code: string): void {
    const { refused } = this.#read();
    if (refused.every((one) => one.storeName !== storeName))
      this.#write({ ...this.#read(), refused: [...refused, { code, storeName }] });
    this.#leave(storeName);
  }

  /** Another tab may have left it already. */
  #leave(storeName: string): void {
    const facts = this.#read();
    if (storeName === this.storeName) this.#write({ ...facts, suffix: facts.suffix + 1, unsaved: {} });
  }

  forgetRefused(storeName: string): void {
    const facts = this.#read();
    this.#write({ ...facts, refused: facts.refused.filter((one) => one.storeName !== storeName) });
  }

  countUnsaved(clientId: number, count: number): void {
    const facts = this.#read();
    if ((facts.unsaved[clientId] ?? 0) === count) return;
    const others = Object.entries(facts.unsaved).filter(([id]) => id !== String(clientId));
    this.#write({
      ...facts,
      unsaved: Object.fromEntries(count > 0 ? [...others, [clientId, count]] : others),
    });
  }

  /** This visit answers for what earlier ones left (a tab that is still open notes its own again). */
  takeOver(clientId: number): number {
    const count = this.unsaved;
    this.#write({ ...this.#read(), unsaved: count > 0 ? { [clientId]: count } : {} });
    return count;
  }

  #read(): StoreFacts {
    const text = this.#storage.getItem(this.#key);
    return text === null ? freshFacts : parseFacts(text);
  }

  #write(facts: StoreFacts): void {
    this.#storage.setItem(this.#key, JSON.stringify(facts));
  }
}

function parseFacts(text: string): StoreFacts {
  try {
    const value = JSON.parse(text) as Partial<StoreFacts> | null;
    return { ...freshFacts, ...value, refused: [value?.refused ?? []].flat() };
  } catch (error) {
    // Somebody else's text under our key: begin anew rather than never open the report again.
    if (error instanceof SyntaxError) return freshFacts;
    throw error;
  }
}
