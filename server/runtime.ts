/**
 * The one running thing of a process: what is open, and nothing else. Next may load a module of ours up to three
 * times in one process, so the runtime lives on `globalThis`, is made once by `server/main.ts` (or a test), and
 * everybody else asks for it. Nothing opens anything when it is imported.
 */
import type { Database } from '#db/open.ts';
import type { Authenticator } from '#server/auth/authenticator.ts';
import type { Bus } from '#server/bus/bus.ts';
import type { Config } from '#server/config.ts';
import type { EventHub } from '#server/events/hub.ts';
import type { AddressFetcher } from '#server/import/web/fetch-address.ts';
import type { Log } from '#server/log.ts';
import type { Mailer } from '#server/mail.ts';
import type { Rooms } from '#server/sync/rooms.ts';

export interface Runtime {
  readonly config: Config;
  readonly log: Log;
  /** The only source of time for records; tests give their own. */
  readonly now: () => Date;
  readonly newId: () => string;
  readonly database: Database;
  readonly bus: Bus;
  readonly rooms: Rooms;
  readonly events: EventHub;
  readonly auth: Authenticator;
  readonly mail: Mailer;
  /** Fetches pages that people name. */
  readonly web: AddressFetcher;
}

const key = Symbol.for('proofdesk.runtime');
type Holder = { [key]?: Runtime };

export function setRuntime(runtime: Runtime): void {
  (globalThis as Holder)[key] = runtime;
}

/** Throws when called before the server is up: a page or route that runs outside it is a mistake. */
export function getRuntime(): Runtime {
  const runtime = (globalThis as Holder)[key];
  if (runtime === undefined) throw new Error('The server is not running: no runtime in this process');
  return runtime;
}
