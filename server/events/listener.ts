/**
 * One client on `/events`: first `hello`, then what it missed since its last version, then what happens, without a
 * hole and without repeating. Events that happen while the missed ones are read wait behind them.
 */
import type { Socket } from 'socket.io';
import { HELLO_EVENT } from '#core/events.ts';
import type { DbOrTx } from '#db/open.ts';
import { readEvents } from '#db/queries/events.ts';
import type { Principal } from '#server/principal.ts';
import { toStored, type StoredEvent, type WorkspaceStream } from './stream.ts';

/** Past this a client is quicker when it loads everything afresh. */
export const MOST_MISSED = 10_000;
const PAGE = 500;

export class EventListener {
  readonly socket: Socket;
  readonly principal: Principal;
  readonly headers: Headers;
  #waiting: StoredEvent[] | null = [];
  #leave: (() => void) | null = null;

  constructor(socket: Socket, principal: Principal, headers: Headers) {
    this.socket = socket;
    this.principal = principal;
    this.headers = headers;
  }

  async begin(stream: WorkspaceStream, db: DbOrTx, since: number | null, serverBuild: string): Promise<void> {
    await stream.open();
    // It read something that this node has not sent yet.
    if (since !== null && since > stream.head) await stream.catchUp();
    const head = stream.head;
    this.#leave = stream.join((event) => this.#hear(event));
    if (!this.socket.connected) return this.end();
    const isComplete = since === null || (since <= head && head - since <= MOST_MISSED);
    this.socket.emit(HELLO_EVENT, { version: head, complete: isComplete, serverBuild });
    if (since !== null && isComplete) await this.#sendMissed(db, since, head);
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const event of waiting) this.#send(event);
  }

  end(): void {
    this.#leave?.();
    this.#leave = null;
    this.#waiting = [];
  }

  async #sendMissed(db: DbOrTx, since: number, head: number): Promise<void> {
    for (let after = since; after < head;) {
      const rows = await readEvents(db, this.principal.workspaceId, { after, upTo: head, limit: PAGE });
      const last = rows.at(-1);
      if (last === undefined || !this.socket.connected) return;
      for (const row of rows) this.#send(toStored(row));
      after = last.version;
    }
  }

  #hear(event: StoredEvent): void {
    if (this.#waiting === null) this.#send(event);
    else this.#waiting.push(event);
  }

  #send({ name, payload, onlyMemberId }: StoredEvent): void {
    if (onlyMemberId === null || onlyMemberId === this.principal.memberId) this.socket.emit(name, payload);
  }
}
