/** `npm run bench -- PART…`: this product beside its peers, against the production build. */
import './node-version.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stopOnSignals } from './child.mjs';
import { ensureBuilt, main, root, toStderr } from './ensure.mjs';

stopOnSignals();
await main(async () => {
  await ensureBuilt(toStderr);
  const program = join(root, 'bench/main.mjs');
  process.argv[1] = program;
  await import(pathToFileURL(program).href);
});
