/** `npm run -s proofdesk -- COMMAND`: the command line. Stdout is the command's own; progress goes to stderr. */
import './node-version.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stopOnSignals } from './child.mjs';
import { ensureBuilt, main, root, toStderr } from './ensure.mjs';

stopOnSignals();
await main(async () => {
  await ensureBuilt(toStderr);
  const program = join(root, 'dist/cli/main.js');
  process.env.NODE_ENV = 'production';
  process.argv[1] = program;
  await import(pathToFileURL(program).href);
});
