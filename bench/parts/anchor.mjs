/** Finds 1,000 quotations again in a text of 100 KB: one half as it was, one half after every fifth sentence was edited. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { makeText, spreadRanges } from '../content.mjs';
import { figure, median, repeat } from '../measure.mjs';
import { root } from '../../scripts/ensure.mjs';

const QUOTES = 1_000;
const BYTES = 100_000;
const RUNS = 7;

export async function run() {
  const { prepareText, describeQuote, reanchor } = await loadAnchor();
  const text = makeText(30_000).slice(0, BYTES);
  const source = prepareText(text);
  const quotes = spreadRanges(text.length, QUOTES).map(({ start, end }) => describeQuote(source, start, end));
  const edited = text.replaceAll(/(Point \d*[05] \w+) \w+ \w+/g, '$1 quite other words');
  const figures = [];
  for (const [name, target] of [
    ['in the same text', text],
    ['every fifth sentence edited', edited],
  ]) {
    const find = () => {
      const prepared = prepareText(target);
      return quotes.filter((quote) => reanchor(prepared, quote) !== null).length;
    };
    const found = find();
    const times = await repeat(RUNS, find);
    const note = `${found} of ${QUOTES} found`;
    figures.push(figure(`1,000 quotations, 100 KB, ${name}`, median(times), 'ms', { runs: RUNS, note }));
  }
  return figures;
}

/** The sources themselves, bundled in memory. */
async function loadAnchor() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: `export { prepareText } from './core/anchor/fold.ts'; export { describeQuote, reanchor } from './core/anchor/quote.ts';`,
      resolveDir: root,
      loader: 'ts',
    },
    alias: { '#core': join(root, 'core') },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
