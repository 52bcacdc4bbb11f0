/**
 * A Yjs client as the editor makes one, with the network drawn from a seed: everything that its document says
 * goes out in order while it is connected, may be lost with the connection, and comes again with SyncStep2. So
 * does what Yjs does by itself: it tidies away marks that others' changes made idle, also on a reader's machine.
 */
import * as Y from 'yjs';
import '../../app/_editor/sound-redo.ts';
import type { Trial } from '#server/sync/draft.ts';
import { decodeMessage } from '#server/sync/frame.ts';
import { defineRoots } from '#server/sync/roots.ts';
import { editSomething } from './editing.ts';
import { CLAIM_ID, editing, reading, type PlainServer } from './plain-server.ts';
import type { Random } from './random.ts';

const SERVER = 'server';

export interface HonestClientOptions {
  readonly memberId: string;
  readonly writes: boolean;
  /** Yjs lets go of what was deleted; with false it keeps it, as y-prosemirror with versions does. */
  readonly gc: boolean;
}

export class HonestClient {
  doc: Y.Doc;
  #undo: Y.UndoManager;
  #outbox: Uint8Array[] = [];
  #inbox: Uint8Array[] = [];
  #clientId = 0;
  isConnected = false;
  /** How far the log was sent to it. */
  #sent = 0;
  readonly refusals: Trial[] = [];

  constructor(
    readonly server: PlainServer,
    readonly options: HonestClientOptions,
    readonly random: Random,
    kept?: Uint8Array,
  ) {
    [this.doc, this.#undo] = this.#open(kept);
  }

  #open(kept?: Uint8Array): [Y.Doc, Y.UndoManager] {
    const doc = defineRoots(new Y.Doc({ gc: this.options.gc }));
    this.#clientId = doc.clientID = this.#drawClientId();
    // What the device kept comes as one update, before anything listens.
    if (kept !== undefined) Y.applyUpdate(doc, kept, 'device');
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== SERVER && this.isConnected) this.#outbox.push(update);
    });
    const undo = new Y.UndoManager([...doc.share.values()], { captureTimeout: 0 });
    return [doc, undo];
  }

  /** The same in every run: a client id decides who comes first. */
  #drawClientId(): number {
    return 1 + this.random(2 ** 31 - 1);
  }

  /** Yjs takes an id of its own drawing when somebody else wrote under its id, as a forger's updates do to the forger. */
  #keepRepeatable(): void {
    if (this.doc.clientID !== this.#clientId) this.#clientId = this.doc.clientID = this.#drawClientId();
  }

  get kept(): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc);
  }

  /** What a person does next. Somebody who may not write only reads. */
  act(): void {
    if (!this.options.writes) return;
    const choice = this.random(8);
    if (choice === 0) this.#undo.undo();
    else if (choice === 1) this.#undo.redo();
    else editSomething(this.doc, CLAIM_ID, this.random);
  }

  /** SyncStep1 and SyncStep2 of both sides. */
  connect(): void {
    if (this.isConnected) return;
    this.isConnected = true;
    const { document } = this.server;
    this.#inbox = answersOf(this.server, Y.encodeStateVector(this.doc));
    this.#sent = this.server.log.length;
    this.#outbox = [Y.encodeStateAsUpdate(this.doc, document.stateVector)];
  }

  /** Some of what is under way arrives, the rest is lost. */
  disconnect(): void {
    this.#deliver(this.random(this.#outbox.length + 1), this.random(this.#inbox.length + 1));
    this.isConnected = false;
    [this.#outbox, this.#inbox] = [[], []];
  }

  /** The page is loaded again from what the device kept: another client id, another memory of what to undo. */
  reload(kept = this.kept): void {
    this.disconnect();
    this.doc.destroy();
    [this.doc, this.#undo] = this.#open(kept);
  }

  /** Part of what is under way arrives, in order. */
  exchange(): void {
    this.#fetch();
    this.#deliver(this.random(this.#outbox.length + 1), this.random(this.#inbox.length + 1));
  }

  /** All of it arrives. True: something did. */
  exchangeAll(): boolean {
    this.#fetch();
    const isBusy = this.#outbox.length + this.#inbox.length > 0;
    this.#deliver(this.#outbox.length, this.#inbox.length);
    return isBusy;
  }

  /** What was committed since, several entries in one frame now and then. */
  #fetch(): void {
    if (!this.isConnected) return;
    const news = this.server.log.slice(this.#sent);
    this.#sent = this.server.log.length;
    if (news.length > 1 && this.random(2) === 0) return void this.#inbox.push(Y.mergeUpdates(news));
    this.#inbox.push(...news.filter((entry) => this.server.authors.get(entry) !== this));
  }

  #deliver(out: number, into: number): void {
    const rights = this.options.writes ? editing : reading;
    for (const update of this.#outbox.splice(0, out)) {
      const trial = this.server.receive(update, this.options.memberId, rights, this);
      if (trial.kind === 'refused' || trial.kind === 'read-only') this.refusals.push(trial);
    }
    for (const update of this.#inbox.splice(0, into)) {
      Y.applyUpdate(this.doc, update, SERVER);
      this.#keepRepeatable();
    }
  }
}

/** The updates in the server's answer to a state vector. */
function answersOf(server: PlainServer, stateVector: Uint8Array): Uint8Array[] {
  return server.document.answer(stateVector).map((frame) => {
    const message = decodeMessage(frame);
    if (message?.kind !== 'update') throw new Error('the answer is no update');
    return message.update;
  });
}
