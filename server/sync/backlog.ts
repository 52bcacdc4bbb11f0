/**
 * How much waits for its commit on this node, over all its rooms. A socket is read no further while much of its own
 * waits, but sockets come and go, and what they sent stays: nobody was told that it is saved, and yet it is stored when
 * the database is back. So that it cannot fill the memory until then, it is bounded; whoever comes later keeps their work.
 */
import { MAX_BACKLOG_BYTES } from './limits.ts';

export class Backlog {
  #bytes = 0;

  constructor(readonly most = MAX_BACKLOG_BYTES) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** False: there is no room for so much. What was taken is released once it is settled, however that ends. */
  take(bytes: number): boolean {
    if (this.#bytes + bytes > this.most) return false;
    this.#bytes += bytes;
    return true;
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
  }
}
