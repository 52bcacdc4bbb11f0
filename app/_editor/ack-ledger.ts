/**
 * Which changes made here the server has acknowledged. Message 16 says how many SyncStep2 and Update messages of
 * this socket are committed, so the ledger counts what is really sent and remembers which message carried which
 * change. Plan:
 * - a change is recorded before it is sent; an Update that is sent next carries the newest change;
 * - a SyncStep2 carries everything that is in the document and not yet on its way on this socket;
 * - what earlier visits left in the store on this device is in no message before the store was read;
 * - a new socket begins at 0 and nothing is on its way: SyncStep2 will carry it again.
 * Until the first SyncStep2 of a socket no Update may leave (`mayUpdate`): what was typed before it would arrive
 * ahead of what was typed offline, and SyncStep2 holds it anyway.
 */
export class AckLedger {
  /** Unacknowledged changes with the number of the message that carries them on this socket; 0 for none. */
  #pending: { readonly changes: number; readonly carrier: number }[] = [];
  #inStore = 0;
  #sent = 0;
  #acknowledged = 0;
  #hasAnswered = false;

  /** Changes that earlier visits left unacknowledged in the store on this device, which is still to be read. */
  carry(count: number): void {
    this.#inStore += count;
  }

  /** Those of them that the document does not hold yet. */
  get inStore(): number {
    return this.#inStore;
  }

  get unsaved(): number {
    return this.#pending.reduce((sum, { changes }) => sum + changes, this.#inStore);
  }

  get mayUpdate(): boolean {
    return this.#hasAnswered;
  }

  /** A change was made here (before anything is sent for it). */
  changed(): void {
    this.#pending.push({ changes: 1, carrier: 0 });
  }

  /** The store brought something new into the document (before anything is sent for it). */
  storeBrought(): void {
    this.#leaveStore(0);
  }

  /** The store is read. What it did not bring was in the document already, and in what was sent of that. */
  storeRead(): void {
    this.#leaveStore(this.#hasAnswered ? this.#sent : 0);
  }

  #leaveStore(carrier: number): void {
    const changes = this.#inStore;
    this.#inStore = 0;
    const isCommitted = carrier > 0 && carrier <= this.#acknowledged;
    if (changes > 0 && !isCommitted) this.#pending.push({ changes, carrier });
  }

  /** A new socket: its count begins at 0. */
  opened(): void {
    this.#sent = this.#acknowledged = 0;
    this.#hasAnswered = false;
    this.#pending = this.#pending.map(({ changes }) => ({ changes, carrier: 0 }));
  }

  sentAnswer(): void {
    this.#sent += 1;
    this.#hasAnswered = true;
    this.#pending = this.#pending.map((one) => (one.carrier === 0 ? { ...one, carrier: this.#sent } : one));
  }

  sentUpdate(): void {
    this.#sent += 1;
    const newest = this.#pending.at(-1);
    if (newest?.carrier === 0) this.#pending.splice(-1, 1, { ...newest, carrier: this.#sent });
  }

  /** The first `count` messages of this socket are committed. */
  acknowledged(count: number): void {
    this.#acknowledged = count;
    this.#pending = this.#pending.filter(({ carrier }) => carrier === 0 || carrier > count);
  }
}
