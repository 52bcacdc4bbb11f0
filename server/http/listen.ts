/** Takes the port, or says who holds it. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const TRY_MILLISECONDS = 2_000;
const RETRY_MILLISECONDS = 100;
const ANSWER_MILLISECONDS = 1_000;

/** `message` is the whole line for people. Recognised by `code`. */
export class PortHeldError extends Error {
  readonly code = 'port_held';
}

/** Listens, for two seconds also against somebody who is just leaving. Answers the port. */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  const deadline = performance.now() + TRY_MILLISECONDS;
  for (;;) {
    const failure = await tryToListen(server, port, host);
    if (failure === null) break;
    if (failure.code !== 'EADDRINUSE') throw failure;
    if (performance.now() >= deadline)
      throw new PortHeldError(`Port ${port} on ${host} is held by ${await holderOf(port, host)}`);
    await delay(RETRY_MILLISECONDS);
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function tryToListen(server: Server, port: number, host: string): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const done = (error: NodeJS.ErrnoException | null): void => {
      server.off('error', failed);
      server.off('listening', listening);
      resolve(error);
    };
    const failed = (error: NodeJS.ErrnoException): void => done(error);
    const listening = (): void => done(null);
    server.once('error', failed);
    server.once('listening', listening);
    server.listen({ port, host });
  });
}

async function holderOf(port: number, host: string): Promise<string> {
  const pid = (await proofdeskAt(port, host)) ?? null;
  if (pid !== null) return `Proofdesk, pid ${pid}`;
  const other = process.platform === 'linux' ? processOnPort(port) : null;
  return other ?? 'another program';
}

/** The pid of the Proofdesk that answers there; null when nobody does, or somebody else. */
async function proofdeskAt(port: number, host: string): Promise<number | null> {
  const name = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host;
  try {
    const response = await fetch(`http://${name}:${port}/healthz`, {
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
    });
    const answer: unknown = await response.json();
    const isOurs =
      typeof answer === 'object' && answer !== null && 'service' in answer && answer.service === 'proofdesk';
    return isOurs && 'pid' in answer && typeof answer.pid === 'number' ? answer.pid : null;
  } catch (error) {
    // Whatever holds the port does not speak our language.
    if (error instanceof Error) return null;
    throw error;
  }
}

/** `NAME, pid N` of the listening process, as far as we may look (Linux). */
function processOnPort(port: number): string | null {
  const inodes = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningInodes(table, port)),
  );
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (readSockets(pid).some((inode) => inodes.has(inode)))
      return `${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()}, pid ${pid}`;
  }
  return null;
}

function listeningInodes(table: string, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const LISTEN = '0A';
  return readFileSync(table, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(`:${hex}`) === true && state === LISTEN)
    .map((fields) => fields[9] ?? '');
}

/** The sockets of a process; none when it is gone or not ours to look at. */
function readSockets(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap(
      (fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [],
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}
