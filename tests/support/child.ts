/** A TypeScript program of ours as a process of its own, to be killed. Its lines are read as they come. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { wasmFlags } from './wasm-flags.ts';

export type Child = {
  process: ChildProcess;
  lines: AsyncIterableIterator<string>;
  /** Kills it with no chance to tidy up, and resolves when it is gone. */
  kill(): Promise<void>;
};

/** `program` is a file in tests/support. */
export function startChild(program: string, ...parameters: readonly string[]): Child {
  const file = path.join(import.meta.dirname, program);
  const child = spawn(process.execPath, [...wasmFlags, '--import', 'tsx', file, ...parameters], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  return {
    process: child,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
