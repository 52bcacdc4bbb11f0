/**
 * The embedded PostgreSQL as the server's thread sees it: something that hands out connections.
 *
 * When its thread dies (a crash, a statement that never ends) the open connections fail and the next one starts
 * it again: PostgreSQL recovers from its log, so nothing that was acknowledged is lost.
 */
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { ChannelStream } from './channel-stream.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';

/**
 * WebAssembly has no timer that could interrupt a statement, so `statement_timeout` does nothing. Past this the
 * thread is ended: everybody else waits behind that statement.
 */
const STUCK_MILLISECONDS = 120_000;

/** How long a clean close may take, within the 10 s that the whole server has. */
const CLOSE_MILLISECONDS = 4000;

export type EngineLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

export type Engine = {
  /** A connection that speaks PostgreSQL's wire protocol. One at a time is served, the others wait. */
  connect(): Duplex;
  /** Ends the connections and closes the database cleanly. */
  close(): Promise<void>;
};

type Thread = { worker: Worker; exited: Promise<void> };

/** Starts the engine and resolves when the database is open. Rejects when it does not open. */
export async function startEngine(
  settings: WorkerSettings,
  log: EngineLog,
  stuckMilliseconds = STUCK_MILLISECONDS,
): Promise<Engine> {
  const streams = new Set<Duplex>();
  let isClosing = false;
  let thread: Promise<Thread> | null = null;

  const onExit = (): void => {
    thread = null;
    for (const stream of streams) stream.destroy(new Error('The embedded database stopped'));
  };
  const running = (): Promise<Thread> => {
    if (isClosing) return Promise.reject(new Error('The embedded database is closed'));
    thread ??= startThread(settings, log, onExit);
    return thread;
  };

  const onStuck = (): void => {
    log.error(
      { milliseconds: stuckMilliseconds },
      'a statement does not end: restarting the embedded database',
    );
    void thread?.then(({ worker }) => worker.terminate());
  };

  await running();
  return {
    connect() {
      const { port1, port2 } = new MessageChannel();
      const connected = running().then(({ worker }) =>
        worker.postMessage({ type: 'connect', port: port2 } satisfies ToWorker, [port2]),
      );
      const stream = new ChannelStream(port1, { connected, patience: stuckMilliseconds, onStuck });
      streams.add(stream);
      stream.once('close', () => streams.delete(stream));
      return stream;
    },
    async close() {
      isClosing = true;
      const open = await thread?.catch(() => null);
      for (const stream of streams) stream.destroy();
      if (open) await closeThread(open);
    },
  };
}

/** A statement that runs on is cut off: what it did is not committed, and the log has the rest. */
async function closeThread({ worker, exited }: Thread): Promise<void> {
  worker.postMessage({ type: 'close' } satisfies ToWorker);
  const alarm = setTimeout(() => void worker.terminate(), CLOSE_MILLISECONDS);
  await exited;
  clearTimeout(alarm);
}

function startThread(settings: WorkerSettings, log: EngineLog, onExit: () => void): Promise<Thread> {
  const worker = startWorker(settings);
  let failure = 'The thread of the embedded database ended';
  let isClosed = false;
  return new Promise((resolve, reject) => {
    const exited = new Promise<void>((done) => {
      worker.once('exit', () => {
        if (!isClosed) log.error({ reason: failure }, 'the embedded database stopped');
        reject(new Error(failure));
        onExit();
        done();
      });
    });
    worker.on('error', (error) => {
      failure = error instanceof Error ? error.message : String(error);
    });
    worker.on('message', (message: FromWorker) => {
      switch (message.type) {
        case 'ready':
          log.info(
            { created: message.created, milliseconds: message.milliseconds },
            'embedded database is open',
          );
          return resolve({ worker, exited });
        case 'checkpointed':
          return log.info(message, 'embedded database made a checkpoint');
        case 'failed':
          failure = message.reason;
          return;
        case 'closed':
          isClosed = true;
      }
    });
  });
}

/** From the built server the worker is the bundle beside it; from the sources it is TypeScript. */
function startWorker(workerData: WorkerSettings): Worker {
  const here = fileURLToPath(import.meta.url);
  const entry = here.endsWith('.ts') ? 'worker-from-sources.mjs' : 'pglite-worker.js';
  return new Worker(path.join(path.dirname(here), entry), { workerData, execArgv: [] });
}
