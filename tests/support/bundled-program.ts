/** The program of program.ts, bundled once a run as the build bundles the real one: it starts in a second. */
import { cpSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { oncePerRun, testRunFolder } from './test-run.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** Packages are found from the bundle's own folder upwards, so it must lie in the project. */
const cache = path.join(root, 'node_modules/.cache/proofdesk-test-program');
const AN_HOUR = 3_600_000;

const own = {
  name: 'own-imports',
  setup(plugin: {
    onResolve(options: { filter: RegExp }, resolve: (asked: { path: string }) => { path: string }): void;
  }) {
    plugin.onResolve({ filter: /^#(core|db|server)\// }, (asked) => ({
      path: path.join(root, asked.path.slice(1)),
    }));
  },
};

export function bundledProgram(): Promise<string> {
  return oncePerRun('program', async () => {
    removeOld();
    const folder = path.join(cache, path.basename(testRunFolder()));
    await build({
      absWorkingDir: root,
      entryPoints: {
        main: 'tests/support/program.ts',
        'pglite-worker': 'db/embedded/worker.ts',
        ...serverWorkers(),
      },
      outdir: folder,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      plugins: [own],
      sourcemap: 'linked',
      logLevel: 'silent',
    });
    cpSync(path.join(root, 'db/migrations'), path.join(folder, 'migrations'), { recursive: true });
    return path.join(folder, 'main.js');
  });
}

function serverWorkers(): Record<string, string> {
  const files = readdirSync(path.join(root, 'server'), { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith('-worker.ts'))
      .map((file) => [path.basename(file, '.ts'), path.join('server', file)]),
  );
}

function removeOld(): void {
  try {
    for (const name of readdirSync(cache)) {
      const folder = path.join(cache, name);
      if (Date.now() - statSync(folder).mtimeMs > AN_HOUR) rmSync(folder, { recursive: true, force: true });
    }
  } catch (error) {
    // The first bundle of this checkout.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
