/**
 * The thread that runs the embedded PostgreSQL: in the main thread it would block the event loop for as long as
 * a query takes.
 *
 * An entry point of its own (the build bundles it as `pglite-worker.js` beside the server). Connections are
 * served one after the other, because there is one backend: one that is open keeps the next waiting.
 */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { Backend } from './backend.ts';
import { openCluster } from './cluster.ts';
import { FrontendMessages } from './frontend-messages.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';

const CHECKPOINT_LOOK_MILLISECONDS = 2000;

function main(server: MessagePort, settings: WorkerSettings): void {
  const tell = (message: FromWorker): void => server.postMessage(message);
  const die = (reason: string): never => {
    tell({ type: 'failed', reason });
    process.exit(1);
  };
  const inTurn = takeTurns((error) => die(reasonOf(error)));
  inTurn(async () => {
    const startedAt = performance.now();
    const { database, isNew } = await openCluster(settings.clusterDir);
    const backend = new Backend(database, () => performance.now(), die);
    const connect = serveInOrder(backend, inTurn);
    const look = setInterval(() => inTurn(() => checkpoint(backend, tell)), CHECKPOINT_LOOK_MILLISECONDS);
    server.on('message', (message: ToWorker) => {
      if (message.type === 'connect') connect(message.port);
      else inTurn(() => close(backend, look, tell));
    });
    tell({ type: 'ready', created: isNew, milliseconds: Math.round(performance.now() - startedAt) });
  });
}

async function checkpoint(backend: Backend, tell: (message: FromWorker) => void): Promise<void> {
  const done = await backend.checkpointIfDue();
  if (done !== null) tell({ type: 'checkpointed', ...done });
}

async function close(
  backend: Backend,
  look: NodeJS.Timeout,
  tell: (message: FromWorker) => void,
): Promise<void> {
  clearInterval(look);
  await backend.close();
  tell({ type: 'closed' });
  process.exit(0);
}

type Task = () => Promise<void>;

/** A queue of one: the backend has one state, and PGlite's own locks do not cover the raw protocol. */
function takeTurns(onError: (error: unknown) => void): (task: Task) => void {
  let last = Promise.resolve();
  return (task) => {
    last = last.then(task).catch(onError);
  };
}

/** What a connection sends before its turn waits in its port, which is not listened to until then. */
function serveInOrder(backend: Backend, inTurn: (task: Task) => void): (port: MessagePort) => void {
  const waiting: MessagePort[] = [];
  let isServing = false;
  const serveNext = (): void => {
    const port = waiting.shift();
    isServing = port !== undefined;
    if (port !== undefined) serve(port, backend, inTurn, serveNext);
  };
  return (port) => {
    waiting.push(port);
    if (!isServing) serveNext();
  };
}

function serve(port: MessagePort, backend: Backend, inTurn: (task: Task) => void, onEnd: () => void): void {
  const messages = new FrontendMessages();
  port.on('message', (bytes: Uint8Array) => {
    for (const batch of messages.push(bytes)) {
      inTurn(() => backend.run(batch, (answer) => port.postMessage(answer, [answer.buffer])));
    }
  });
  port.once('close', () => {
    inTurn(async () => {
      await backend.reset();
      onEnd();
    });
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

if (parentPort === null) throw new Error('This file is for a worker thread');
main(parentPort, workerData);
