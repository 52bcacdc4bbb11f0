/** What the pages for people say of the program is so: the files that they name exist, and nothing is missing. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { exportFormats } from '#server/export/formats.ts';

const root = path.dirname(import.meta.dirname);
const page = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const files = ['app', 'core', 'db', 'server', 'scripts', 'public'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
    path.posix.join(folder, name.replaceAll(path.sep, '/')),
  ),
);

test('every file that the page on how it is built names is there', () => {
  const named = [...page('ARCHITECTURE.md').matchAll(/`([\w./-]+\.(?:tsx?|js|mjs))`/g)].map(
    ([, name = '']) => name,
  );
  expect(named).toEqual(expect.arrayContaining(['intake.ts', 'examination.ts', 'draft.ts', 'order.ts']));
  const missing = named.filter((name) => !files.some((file) => file === name || file.endsWith(`/${name}`)));
  expect(missing).toEqual([]);
});

test('the table of formats in the README has every one, under the name that the API takes', () => {
  const readme = page('README.md');
  const table = readme.slice(readme.indexOf('## What comes in'), readme.indexOf('## Command line'));
  expect(Object.keys(exportFormats).filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
});
