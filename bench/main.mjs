/**
 * `npm run bench [-- PART…] [--bare]`: measures the built product, prints a table, writes bench/results.json. It never
 * fails on a time, only on something that does not work. Parts that were not asked for keep their last figures.
 * `--quick`, `--only` and `--servers` are for `sync`: README.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machine, table } from './measure.mjs';

const PARTS = ['start', 'sync', 'events', 'report', 'export', 'anchor', 'memory'];
/** Another word for the same. */
const ALIASES = { render: 'report' };
const RESULTS = new URL('results.json', import.meta.url);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    bare: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    servers: { type: 'string', default: '' },
  },
});
const asked = positionals.map((name) => ALIASES[name] ?? name);
const unknown = asked.filter((name) => !PARTS.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}; there are ${PARTS.join(', ')}\n`);
  process.exit(2);
}

const results = { ...lastResults(), machine: machine() };
for (const part of PARTS.filter((name) => asked.length === 0 || asked.includes(name))) {
  const { run, table: show = table } = await import(`./parts/${part}.mjs`);
  const figures = await run(values);
  process.stdout.write(`\n${part}\n${show(figures)}\n`);
  // A choice within a part is for looking at; it would take the place of the whole.
  if (values.only !== '' || values.servers !== '') continue;
  results.parts[part] = { at: new Date().toISOString(), figures };
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
}
process.exit(0);

function lastResults() {
  try {
    return { parts: {}, ...JSON.parse(readFileSync(RESULTS, 'utf8')) };
  } catch (error) {
    if (error.code === 'ENOENT') return { parts: {} };
    throw error;
  }
}
