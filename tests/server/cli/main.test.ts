import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDataDir } from '#tests/support/database.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';

const root = path.resolve(import.meta.dirname, '../../..');
/** Under node_modules, where the bundle finds its packages. */
const bundle = 'node_modules/.cache/proofdesk-cli-test';

let dataDir: string;
let folder: string;
let server: TestServer | null = null;

beforeAll(async () => {
  dataDir = await createTestDataDir();
  folder = await mkdtemp(path.join(tmpdir(), 'proofdesk-cli-'));
  // From the sources each call would take seconds to begin.
  await promisify(execFile)(process.execPath, ['scripts/bundle.mjs', bundle], { cwd: root });
  server = await startServer({ dataDir });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

function proofdesk(...args: string[]): Promise<Ended> {
  const program = path.join(root, bundle, 'cli/main.js');
  const { PATH = '', HOME = '' } = process.env;
  const env = { NODE_ENV: 'production', PATH, HOME, DATA_DIR: dataDir, INIT_CWD: folder } as const;
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...args], { cwd: root, env }, (_error, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    );
  });
}

test('CM5: bad usage ends with 2 and says what is right', { timeout: 60_000 }, async () => {
  expect(await proofdesk('fly')).toMatchObject({ code: 2, err: expect.stringContaining('usage: proofdesk') });
  expect(await proofdesk('backup', '--speed', '9')).toMatchObject({ code: 2 });
  expect((await proofdesk('--help')).code).toBe(0);
});

test.each([
  ['import'],
  ['user', 'add', '--email', 'kim@example.org'],
  ['export', 'seven', '--format', 'md', '-o', 'x.md'],
  ['export', '--format', 'md', '-o', 'x.zip'],
  ['export', '--all', '--format', 'md', '--without', 'words', '-o', 'x.zip'],
  ['verify', 'all'],
])('CM5: bad usage is told before the folder is asked for: %s %s', async (...args) => {
  expect(await proofdesk(...args)).toMatchObject({ code: 2, err: expect.not.stringContaining('held by') });
});

test('CM6: while the server runs it says who holds the folder', { timeout: 60_000 }, async () => {
  const { code, err } = await proofdesk('verify');
  expect(code).toBe(1);
  expect(err).toContain(`pid ${process.pid}`);
});

test(
  'CM7: files go in and come out, members and tokens are made, and all holds together',
  { timeout: 180_000 },
  async () => {
    await server?.stop();
    server = null;
    await writeFile(path.join(folder, 'report.md'), '# A title\n\nTwo were killed.');
    const imported = await proofdesk('import', 'report.md', '--json');
    expect(imported, imported.err).toMatchObject({ code: 0 });
    const [report] = JSON.parse(imported.out);
    expect(report).toMatchObject({ file: 'report.md', title: 'A title' });
    expect(await proofdesk('export', report.id, '--format', 'md', '-o', 'out.md')).toMatchObject({ code: 0 });
    expect(await readFile(path.join(folder, 'out.md'), 'utf8')).toContain('Two were killed.');
    expect(await proofdesk('export', report.id, '--format', 'stone', '-o', 'x')).toMatchObject({ code: 2 });
    expect(
      await proofdesk('export', '--all', '--format', 'md', '--without', 'names', '-o', 'all.zip'),
    ).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 reports'),
    });
    expect(Object.keys(unzipSync(await readFile(path.join(folder, 'all.zip'))))).toEqual(['A title.md']);
    expect(await proofdesk('import', 'missing.md')).toMatchObject({
      code: 1,
      err: expect.stringContaining('missing.md'),
    });
    const added = await proofdesk('user', 'add', '--email', 'ed@example.org', '--name', 'Ed', '--json');
    expect(JSON.parse(added.out)).toMatchObject({
      role: 'editor',
      invitation: expect.stringContaining('/invitation?token='),
    });
    expect((await proofdesk('token', 'create', '--email', 'ed@example.org')).out).toContain('pd_');
    expect(await proofdesk('verify')).toMatchObject({ code: 0 });
    expect((await proofdesk('inspect', report.id)).out).toContain('locked');
  },
);
