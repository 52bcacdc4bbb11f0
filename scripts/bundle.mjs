/**
 * Bundles our own server code for Node: one file an entry, packages stay in node_modules. Files that the code
 * finds beside itself (migrations, workers) are put beside each bundle. Not split into chunks, because code in
 * a chunk would look for them in the wrong folder.
 */
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Where to, from the root: `dist`, or the folder that a test names. */
const dist = join(root, process.argv[2] ?? 'dist');

/** Programs that open the database, by the folder of dist/ each gets. */
const PROGRAMS = { server: 'server/main.ts', cli: 'server/cli/main.ts' };

/**
 * Threads that a program starts, by the name (and `.js`) that it looks for beside itself: the database, and every
 * file of the server that is called `…-worker.ts`.
 */
function workers() {
  const all = { 'pglite-worker': 'db/embedded/worker.ts' };
  for (const file of readdirSync(join(root, 'server'), { recursive: true })) {
    if (file.endsWith('-worker.ts')) all[basename(file, '.ts')] = join('server', file);
  }
  return all;
}

/** `#core/x.ts` is ours and is bundled, though it looks like a package to esbuild. */
const ownImports = {
  name: 'own-imports',
  setup(plugin) {
    plugin.onResolve({ filter: /^#(core|db|server)\// }, ({ path }) => ({ path: join(root, path.slice(1)) }));
  },
};

function entries() {
  const all = {};
  for (const [folder, program] of Object.entries(PROGRAMS)) {
    all[`${folder}/main`] = program;
    for (const [name, worker] of Object.entries(workers())) all[`${folder}/${name}`] = worker;
  }
  return all;
}

for (const folder of Object.keys(PROGRAMS)) rmSync(join(dist, folder), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: entries(),
  outdir: dist,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  plugins: [ownImports],
  define: { 'process.env.NODE_ENV': '"production"' },
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
});
const migrations = join(root, 'db/migrations');
if (existsSync(migrations)) {
  for (const folder of Object.keys(PROGRAMS)) {
    cpSync(migrations, join(dist, folder, 'migrations'), { recursive: true });
  }
}
