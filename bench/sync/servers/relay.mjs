/** The floor: no document, nothing kept, nothing looked at. */
import { fileURLToPath } from 'node:url';
import { startProgram } from '../processes.mjs';
import { plainDialect } from '../wire.mjs';

const PROGRAM = fileURLToPath(new URL('../../relay.mjs', import.meta.url));

export function relay({ onServerCore }) {
  const dialect = plainDialect();
  let program = null;
  let made = 0;
  return {
    name: 'relay',
    title: 'bare relay',
    hasDocuments: false,
    acknowledges: null,
    async start(env = {}) {
      program = await startProgram([...onServerCore, process.execPath, PROGRAM], { env });
    },
    pids: () => [program.pid],
    open: async () => `document-${(made += 1)}`,
    doorOf: (id) => ({ address: `ws://127.0.0.1:${program.port}/${id}`, dialect, answersStep1: false }),
    stop: async () => program?.stop(),
    kill: async () => program?.kill(),
  };
}
