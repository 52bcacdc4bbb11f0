/**
 * Compresses what the build made for browsers, once, harder than a server could while somebody waits: each text
 * under .next/static gets a `.br` and a `.gz` beside it, which server/http/built-files.ts serves.
 */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = join(dirname(dirname(fileURLToPath(import.meta.url))), '.next/static');

const compressors = {
  // 11 takes three times as long for 2 % less.
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

async function compress(path) {
  const bytes = await readFile(path);
  for (const [ending, shrink] of Object.entries(compressors))
    await writeFile(`${path}.${ending}`, await shrink(bytes));
}

const entries = await readdir(root, { recursive: true, withFileTypes: true });
const texts = entries.filter((entry) => entry.isFile() && /\.(?:js|css|json|svg|txt)$/.test(entry.name));
await Promise.all(texts.map((entry) => compress(join(entry.parentPath ?? entry.path, entry.name))));
