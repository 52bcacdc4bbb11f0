/**
 * The shape of the program, held by a test: who may import whom, what can reach the browser, and that every
 * rule of docs/SPEC.md has its test. Each reader is first shown a small program with known faults, since a
 * check that can find nothing would pass for ever.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findServerCodeInBrowser, findWrongDirections, readImportGraph } from './support/import-graph.ts';
import { disagreements, numbersInTests, numbersInTitles, rulesOf } from './support/spec-rules.ts';

const root = path.dirname(import.meta.dirname);
const FOLDERS = ['app', 'core', 'db', 'server'];

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

function program(files: Record<string, string>): ReturnType<typeof readImportGraph> {
  const folder = mkdtempSync(path.join(tmpdir(), 'proofdesk-graph-'));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return readImportGraph(folder, FOLDERS);
}

describe('the import graph', () => {
  test('finds each import that goes against the direction', () => {
    const graph = program({
      'core/a.ts': `import { b } from '#db/b.ts';`,
      'db/b.ts': `export * from '../server/c.ts';`,
      'server/c.ts': `import type { Page } from '../app/page.tsx';\nimport '#core/a.ts';`,
      'server/api.ts': `export { c } from './c.ts';`,
      'app/page.tsx': `const api = await import('#server/api.ts');`,
      'app/_server/session.ts': `import { api } from '#server/api.ts';\nimport { c } from '#server/c.ts';`,
      'app/other.tsx': `import {\n  one,\n  two,\n} from './page.tsx';\nimport { session } from './_server/session.ts';`,
    });
    expect(findWrongDirections(graph).sort()).toEqual([
      'app/_server/session.ts imports server/c.ts',
      'app/page.tsx imports server/api.ts',
      'core/a.ts imports db/b.ts',
      'db/b.ts imports server/c.ts',
      'server/c.ts imports app/page.tsx',
    ]);
  });

  test('follows a client file to the server through files that say nothing', () => {
    const graph = program({
      'app/button.tsx': `'use client';\nimport { label } from './label.ts';`,
      'app/label.ts': `import { session } from './_server/session.ts';\nexport const label = session;`,
      'app/_server/session.ts': `export { session } from '#server/api.ts';`,
      'server/api.ts': `export const session = 1;`,
    });
    expect(findServerCodeInBrowser(graph)).toEqual([
      'app/button.tsx → app/label.ts → app/_server/session.ts → server/api.ts',
    ]);
  });

  test('stops at remote calls and at types, which bring no code along', () => {
    const graph = program({
      'app/button.tsx': `/** A header. */\n"use client"\nimport { save } from './_server/save.ts';\nimport type { Api } from './_server/types.ts';`,
      'app/_server/save.ts': `'use server';\nimport { api } from '#server/api.ts';`,
      'app/_server/types.ts': `import { api } from '#server/api.ts';\nexport type Api = typeof api;`,
      'server/api.ts': `export const api = 1;`,
    });
    expect(findServerCodeInBrowser(graph)).toEqual([]);
  });

  test('refuses an import that leads to no file', () => {
    expect(() => program({ 'core/a.ts': `import { b } from './b.ts';` })).toThrow('core/a.ts imports ./b.ts');
  });
});

describe('the program', () => {
  test('is read, with the imports between its folders', () => {
    const graph = readImportGraph(root, FOLDERS);
    const edges = [...graph.values()].flatMap(({ path: from, imports }) =>
      imports.map(({ to }) => ({ from, to })),
    );
    expect(edges.some(({ from, to }) => from.startsWith('db/') && to.startsWith('core/'))).toBe(true);
  });

  test('imports in one direction: app → server → db → core', () => {
    expect(findWrongDirections(readImportGraph(root, FOLDERS))).toEqual([]);
  });

  test('sends no code of server/ or db/ to the browser', () => {
    expect(findServerCodeInBrowser(readImportGraph(root, FOLDERS))).toEqual([]);
  });
});

describe('the specification', () => {
  test('has its rules and the titles of tests read from text', () => {
    const rules = rulesOf('# Sync\n- **SY1** One.\n- **SY2** Two (see **AN1**).\n- **AN1** Three.\n');
    expect(rules).toEqual(['SY1', 'SY2', 'AN1']);
    const tests = `test('SY1: reads UTF8', …); describe("AN1, SY9", …); it.each([1])(\`SY1 again\`, …); // SY2`;
    expect(numbersInTitles(tests, rules)).toEqual(['SY1', 'AN1', 'SY9']);
    expect(disagreements([...rules, 'SY1'], ['SY1', 'AN1', 'SY9'])).toEqual([
      'SY1 stands twice in docs/SPEC.md',
      'SY2 has no test that bears its number',
      'SY9 is tested but is no rule',
    ]);
  });

  test('has a test for every rule and a rule for every number in a test', () => {
    const rules = rulesOf(readFileSync(path.join(root, 'docs/SPEC.md'), 'utf8'));
    const tested = numbersInTests(path.join(root, 'tests'), rules);
    expect(disagreements(rules, tested)).toEqual([]);
  });
});
