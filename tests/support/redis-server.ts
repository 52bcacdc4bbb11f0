/** A real Redis for a test that needs nodes to tell each other things. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { until } from '#tests/server/sync/sync-world.ts';
import { freePort } from './free-port.ts';

/** Redis on a free port, nothing kept. */
export class RedisServer {
  #process: ChildProcess | null = null;
  port = 0;

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    if (this.port === 0) this.port = await freePort();
    const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.#process = spawn('redis-server', options, { stdio: 'ignore' });
    await until(() => this.#answers(), 'Redis answers');
  }

  /** Breaks the connections that subscribe to nothing. */
  cutPublishers(): void {
    this.#ask('client', 'kill', 'type', 'normal', 'skipme', 'yes');
  }

  #ask(...words: string[]): string {
    return execFileSync('redis-cli', ['-p', String(this.port), ...words], { stdio: 'pipe' }).toString();
  }

  #answers(): boolean {
    try {
      return this.#ask('ping').startsWith('PONG');
    } catch {
      return false; // not yet
    }
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child === null || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}
