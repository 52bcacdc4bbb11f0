/**
 * One PostgreSQL backend, fed with batches of wire protocol and asked to tidy up in between.
 *
 * It has one session state for all connections, so whoever ends a connection must `reset` it. Everything here
 * must run one after the other; the worker sees to that. What PostgreSQL would leave to its postmaster is done
 * here: dying on a crash (PGlite swallows it and would go on with broken memory) and checkpoints.
 */
import type { PGlite } from '@electric-sql/pglite';
import { concat, type Batch } from './frontend-messages.ts';

/** A longer log makes the start after a crash slower and the folder bigger. */
const CHECKPOINT_BYTES = 10 * 1024 * 1024;
const CHECKPOINT_MILLISECONDS = 5 * 60 * 1000;

/** An answer is passed on in pieces of about this size, so that a big result is not held twice. */
const PIECE_BYTES = 256 * 1024;

/** With this exit status PGlite's build leaves the main loop for an ordinary SQL error, which it then handles. */
const SQL_ERROR_STATUS = 100;

export type Checkpoint = { walBytes: number; milliseconds: number };

export class Backend {
  readonly #database: PGlite;
  readonly #now: () => number;
  #isSettled = true;
  #hasWorked = false;
  #checkpointedAt: number;
  #checkpointLsn = 0;

  /** `die` must not return: it ends the thread, because the memory of a crashed backend cannot be trusted. */
  constructor(database: PGlite, now: () => number, die: (reason: string) => never) {
    this.#database = database;
    this.#now = now;
    this.#checkpointedAt = now();
    dieOnCrash(database, die);
  }

  /** Runs a batch and hands the answer on in pieces; each piece is a copy that may be transferred. */
  async run(batch: Batch, onAnswer: (bytes: Uint8Array<ArrayBuffer>) => void): Promise<void> {
    const pieces: Uint8Array[] = [];
    let size = 0;
    const flush = (): void => {
      if (size > 0) onAnswer(concat(...pieces.splice(0)));
      size = 0;
    };
    const onRawData = (bytes: Uint8Array): void => {
      pieces.push(bytes.slice());
      size += bytes.length;
      if (size >= PIECE_BYTES) flush();
    };
    this.#isSettled = batch.isComplete;
    this.#hasWorked = true;
    await this.#database.execProtocolRawStream(batch.bytes, { syncToFs: false, onRawData });
    flush();
  }

  /** Forgets the connection that ended: its open transaction, settings, prepared statements, locks. */
  async reset(): Promise<void> {
    await this.#runAlone(syncMessage());
    await this.#runAlone(queryMessage('ROLLBACK'));
    await this.#runAlone(queryMessage('DISCARD ALL'));
    this.#isSettled = true;
  }

  /** Checkpoints when the log has grown long or old and nobody is in a transaction; null when it did not. */
  async checkpointIfDue(): Promise<Checkpoint | null> {
    if (!this.#hasWorked || !this.#isSettled || this.#database.isInTransaction()) return null;
    this.#hasWorked = false;
    const walBytes = (await this.#walPosition()) - this.#checkpointLsn;
    const isOld = this.#now() - this.#checkpointedAt >= CHECKPOINT_MILLISECONDS;
    if (walBytes < CHECKPOINT_BYTES && !isOld) {
      // Look again when it has grown old, even if nothing more is written.
      this.#hasWorked = walBytes > 0;
      return null;
    }
    return { walBytes, milliseconds: await this.checkpoint() };
  }

  /** Returns how long it took, in milliseconds. */
  async checkpoint(): Promise<number> {
    const startedAt = this.#now();
    await this.#database.exec('CHECKPOINT');
    this.#checkpointedAt = this.#now();
    this.#checkpointLsn = await this.#walPosition();
    return this.#checkpointedAt - startedAt;
  }

  /** Leaves nothing to recover for the next start. */
  async close(): Promise<void> {
    await this.reset();
    await this.checkpoint();
    await this.#database.close();
  }

  async #walPosition(): Promise<number> {
    const [result] = await this.#database.exec(
      `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS position`,
    );
    const position: unknown = result?.rows[0]?.['position'];
    if (typeof position !== 'number') throw new Error('The database does not tell the end of its log');
    return position;
  }

  async #runAlone(bytes: Uint8Array): Promise<void> {
    await this.#database.execProtocolRawStream(bytes, { syncToFs: false, onRawData: () => undefined });
  }
}

function dieOnCrash(database: PGlite, die: (reason: string) => never): void {
  const module = database.Module;
  const runOnce = module._PostgresMainLoopOnce;
  module._PostgresMainLoopOnce = () => {
    try {
      runOnce();
    } catch (error) {
      if (exitStatus(error) === SQL_ERROR_STATUS) throw error;
      die(
        error instanceof Error ? error.message : `PostgreSQL ended with status ${String(exitStatus(error))}`,
      );
    }
  };
}

/** Emscripten throws objects that are no Errors. */
function exitStatus(thrown: unknown): unknown {
  return typeof thrown === 'object' && thrown !== null && 'status' in thrown ? thrown.status : null;
}

function syncMessage(): Uint8Array {
  return Uint8Array.of(0x53, 0, 0, 0, 4);
}

function queryMessage(sql: string): Uint8Array {
  const text = new TextEncoder().encode(sql);
  const message = new Uint8Array(text.length + 6);
  message[0] = 0x51;
  new DataView(message.buffer).setUint32(1, text.length + 5);
  message.set(text, 5);
  return message;
}
