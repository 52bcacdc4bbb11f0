/**
 * All that passes between the server's thread and the thread that runs PostgreSQL, besides the connections
 * themselves: those are message ports that carry the bytes of PostgreSQL's wire protocol in both directions.
 */
import type { MessagePort } from 'node:worker_threads';

export type WorkerSettings = {
  /** The folder of the database cluster; made when it is missing. */
  clusterDir: string;
};

export type ToWorker =
  /** A new connection. They are served one after the other: one waits until the one before it has closed. */
  | { type: 'connect'; port: MessagePort }
  /** Checkpoint, close the database, answer `closed`. */
  | { type: 'close' };

export type FromWorker =
  | { type: 'ready'; created: boolean; milliseconds: number }
  /** The database did not open, or crashed; the thread ends after this. */
  | { type: 'failed'; reason: string }
  | { type: 'checkpointed'; walBytes: number; milliseconds: number }
  | { type: 'closed' };
