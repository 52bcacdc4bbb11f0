/**
 * `npm start`: a bare checkout becomes a running server. The server then runs in this very process, so there is
 * nobody between it and the signals, and its exit code is ours.
 */
import './node-version.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stopOnSignals } from './child.mjs';
import { ensureBuilt, main, root, toStdout } from './ensure.mjs';

process.chdir(root);
stopOnSignals({ exitCode: () => 0 });
await main(async () => {
  await ensureBuilt(toStdout);
  process.env.NODE_ENV = 'production';
  await import(pathToFileURL(join(root, 'dist/server/main.js')).href);
});
