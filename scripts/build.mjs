/** `npm run build`: the pages and the server, whether they are stale or not. */
import './node-version.mjs';
import { stopOnSignals } from './child.mjs';
import { ensureBuilt, main, toStdout } from './ensure.mjs';

stopOnSignals();
await main(() => ensureBuilt(toStdout, { force: true }));
