/**
 * Which changes made here the server has acknowledged. Message 16 says how many SyncStep2 and Update messages of
 * this socket are committed, so the ledger counts what is really sent and remembers which message carried which
 * change. Plan:
 * - a change is recorded before it is sent; an Update that is sent next carries the newest change;
 * - a SyncStep2 carries everything that is not yet on its way on this socket;
 * - a new socket begins at 0 and nothing is on its way: SyncStep2 will carry it again.
 * Until the first SyncStep2 of a socket no Update may leave (`mayUpdate`): what was typed before it would arrive
 * ahead of what was typed offline, and SyncStep2 holds it anyway.
 */
export class AckLedger {
  /** For each unacknowledged change, the number of the message that carries it on this socket; 0 for none. */
  #carriers: number[] = [];
  #sent = 0;
  #hasAnswered = false;

  /** Changes that earlier visits left unacknowledged in the store on this device. */
  carry(count: number): void {
    for (let i = 0; i < count; i++) this.#carriers.unshift(0);
  }

  get unsaved(): number {
    return this.#carriers.length;
  }

  get mayUpdate(): boolean {
    return this.#hasAnswered;
  }

  /** A change was made here (before anything is sent for it). */
  changed(): void {
    this.#carriers.push(0);
  }

  /** A new socket: its count begins at 0. */
  opened(): void {
    this.#sent = 0;
    this.#hasAnswered = false;
    this.#carriers.fill(0);
  }

  sentAnswer(): void {
    this.#sent += 1;
    this.#hasAnswered = true;
    this.#carriers = this.#carriers.map((carrier) => (carrier === 0 ? this.#sent : carrier));
  }

  sentUpdate(): void {
    this.#sent += 1;
    const newest = this.#carriers.length - 1;
    if (this.#carriers[newest] === 0) this.#carriers[newest] = this.#sent;
  }

  /** The first `count` messages of this socket are committed. */
  acknowledged(count: number): void {
    this.#carriers = this.#carriers.filter((carrier) => carrier === 0 || carrier > count);
  }
}
