/**
 * The way of an update through the server without sockets, database and time: examined, applied to the draft,
 * logged, shown. So thousands of histories run in seconds.
 */
import { clientsOf } from '#server/sync/authors.ts';
import { CommittedDocument } from '#server/sync/document.ts';
import { Draft, type Trial } from '#server/sync/draft.ts';
import type { Rights } from '#server/sync/inspect.ts';
import { firstUpdate } from '#tests/server/sync/sync-world.ts';

export const CLAIM_ID = '00000000-0000-4000-8000-000000000001';
const OWNER = 'olga';
/** Fixed, so that a seed is the same history in every run: a client id decides who comes first. */
const OWNER_CLIENT = 2 ** 30;

export const editing: Rights = { body: true, rationale: true, locked: false };
export const reading: Rights = { body: false, rationale: false, locked: false };

export class PlainServer {
  readonly log: Uint8Array[] = [];
  /** Whose socket brought an entry: it is not sent back there. */
  readonly authors = new Map<Uint8Array, object | null>();
  readonly owners = new Map<number, string>();
  readonly document: CommittedDocument;
  readonly #draft: Draft;

  constructor(text = 'The talks lasted 75 minutes.') {
    const first = firstUpdate(text, CLAIM_ID, OWNER_CLIENT);
    this.log.push(first);
    this.document = this.#replay();
    for (const client of this.document.doc.store.clients.keys()) this.owners.set(client, OWNER);
    this.#draft = new Draft(() => this.document.copy());
  }

  /** Takes an update, or not. What it changed is the last entry of the log then. */
  receive(
    update: Uint8Array,
    memberId: string,
    rights: Rights = editing,
    author: object | null = null,
  ): Trial {
    const trial = this.#draft.try(
      update,
      { memberId, rights },
      (client) => this.owners.get(client),
      () => true,
    );
    if (trial.kind !== 'applied') return trial;
    for (const client of trial.newClients) this.owners.set(client, memberId);
    this.log.push(trial.update);
    this.authors.set(trial.update, trial.isTidied ? null : author);
    this.#draft.settled();
    this.document.advance([{ seq: this.log.length, data: trial.update }]);
    return trial;
  }

  /** An edit of the server's own, as commands make them. Returns what is shown of it. */
  append(update: Uint8Array): Uint8Array | null {
    for (const client of clientsOf(update)) this.owners.set(client, OWNER);
    this.log.push(update);
    const changed = this.document.advance([{ seq: this.log.length, data: update }]);
    if (changed !== null) this.#draft.absorb(changed);
    return changed;
  }

  /** The document as a restart would find it. */
  replayed(): CommittedDocument {
    return this.#replay();
  }

  #replay(): CommittedDocument {
    return new CommittedDocument({
      workspaceId: '',
      locked: false,
      epoch: 1,
      headSeq: this.log.length,
      snapshotSeq: 0,
      tailBytes: 0,
      entries: this.log.map((data, i) => ({ seq: i + 1, data })),
    });
  }
}
