/** What stands in place of parts of lib0 in the browser has all that the packages there take from them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as dom from '../../../app/_editor/left-out/dom.ts';
import * as logging from '../../../app/_editor/left-out/logging.ts';

const packages = ['yjs', 'y-prosemirror', 'y-protocols', 'y-websocket', 'y-indexeddb'];

/** The names that files of these packages take from a module of lib0. */
function takenFrom(module: string): Set<string> {
  const taken = new Set<string>();
  for (const name of packages) {
    for (const path of sourcesOf(name)) {
      const source = readFileSync(path, 'utf8');
      const alias = new RegExp(`import \\* as (\\w+) from '${module}'`).exec(source)?.[1];
      if (alias === undefined) continue;
      for (const [, member] of source.matchAll(new RegExp(`\\b${alias}\\.(\\w+)`, 'g')))
        if (member !== undefined) taken.add(member);
    }
  }
  return taken;
}

function sourcesOf(name: string): string[] {
  const root = join('node_modules', name);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(?:src\/.*|[^/]*)\.js$/.test(path))
    .map((path) => join(root, path));
}

test.each([
  ['lib0/logging', logging],
  ['lib0/dom', dom],
])('%s', (module, ours) => {
  const taken = [...takenFrom(module)];
  expect(taken).not.toEqual([]);
  expect(Object.keys(ours)).toEqual(expect.arrayContaining(taken));
});
