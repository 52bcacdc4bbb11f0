/**
 * `npm run dev`: the server from its sources, started again when one of them changes; the pages reload by Next's
 * own hot reload in the browser, without a restart.
 */
import './node-version.mjs';
import { join } from 'node:path';
import { run, stopOnSignals } from './child.mjs';
import { ensureInstalled, main, root, toStdout } from './ensure.mjs';

stopOnSignals({ exitCode: () => 0 });
await main(async () => {
  await ensureInstalled(toStdout);
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const { code } = await run(process.execPath, [tsx, 'watch', '--clear-screen=false', 'server/main.ts'], {
    cwd: root,
    show: true,
    env: { ...process.env, NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' },
  });
  process.exitCode = code;
});
