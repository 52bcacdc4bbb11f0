/**
 * Puts snapshots in the place of long logs, one document at a time, in a thread of its own. Nothing is lost whatever
 * happens: until the swap commits the log is whole, the swap is one transaction, and a crash in between leaves a log
 * that is found too long at its next load. Two nodes may do the same work; one of them comes too late.
 */
import type { Worker } from 'node:worker_threads';
import { withinTime } from '#core/within-time.ts';
import { readTail, replaceTail, type DocumentTail } from '#db/queries/document-history.ts';
import type { Database } from '#db/open.ts';
import type { Log } from '#server/log.ts';
import { startThread } from '#server/thread.ts';
import { SNAPSHOT_CLOSE_MILLISECONDS, SNAPSHOT_WORKER_IDLE_MILLISECONDS } from './limits.ts';
import type { MadeSnapshot } from './snapshot.ts';
import type { FromSnapshotWorker } from './snapshot-worker.ts';

export interface CompactorOptions {
  readonly database: Database;
  readonly log: Log;
}

export class Compactor {
  /** One after the other: each holds a document and its log in memory. */
  #last: Promise<void> = Promise.resolve();
  #thread: Worker | null = null;
  #idle: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(readonly options: CompactorOptions) {}

  /** Resolves when it is done, or could not be. Never fails. */
  compact(docId: string): Promise<void> {
    this.#last = this.#last.then(() => this.#compact(docId));
    return this.#last;
  }

  /** Nothing is lost by a snapshot that is not made: a database that hangs holds up no stop. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#stopThread();
    await withinTime(this.#last, SNAPSHOT_CLOSE_MILLISECONDS);
  }

  async #compact(docId: string): Promise<void> {
    const { database, log } = this.options;
    if (this.#isClosed) return;
    try {
      const tail = await readTail(database.db, docId);
      const last = tail?.entries.at(-1);
      if (tail === null || last === undefined) return;
      const made = await this.#make(tail);
      if (made === null) return;
      await replaceTail(database, {
        docId,
        afterSeq: tail.snapshotSeq,
        uptoSeq: last.seq,
        ...made,
        at: last.at,
      });
    } catch (error) {
      log.warn({ err: error, report: docId }, 'a snapshot could not be made; the log stays longer');
    }
  }

  /** Null: it was closed meanwhile. */
  #make(tail: DocumentTail): Promise<MadeSnapshot | null> {
    if (this.#isClosed) return Promise.resolve(null);
    const thread = (this.#thread ??= startQuietThread());
    if (this.#idle !== null) clearTimeout(this.#idle);
    return new Promise<MadeSnapshot | null>((resolve, reject) => {
      const answered = (answer: FromSnapshotWorker): void => {
        thread.off('error', reject).off('exit', exited);
        this.#restLater();
        if ('made' in answer) resolve(answer.made);
        else reject(new Error(`the snapshot thread failed: ${answer.fault}`));
      };
      const exited = (): void => {
        this.#thread = null;
        if (this.#isClosed) resolve(null);
        else reject(new Error('the snapshot thread ended'));
      };
      thread.once('message', answered).once('error', reject).once('exit', exited);
      thread.postMessage(tail);
    });
  }

  /** A thread holds some 20 MB; it goes when nobody has written for a while. */
  #restLater(): void {
    this.#idle = setTimeout(() => void this.#stopThread(), SNAPSHOT_WORKER_IDLE_MILLISECONDS).unref();
  }

  async #stopThread(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const thread = this.#thread;
    this.#thread = null;
    await thread?.terminate();
  }
}

/** One that keeps no process alive. */
function startQuietThread(): Worker {
  const thread = startThread(import.meta.url, 'snapshot-worker');
  thread.unref();
  return thread;
}
