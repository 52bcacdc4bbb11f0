import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimChoices } from '#core/export/options.ts';
import { formatNames } from '#server/export/report-files.ts';
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

test('CM21: the help names every export format and every choice of claims', { timeout: 60_000 }, async () => {
  const { out } = await proofdesk('--help');
  expect(out).toContain(`F: ${formatNames.join(', ')}`);
  expect(out).toContain(`C: ${claimChoices.join(', ')}`);
});

test('the README has every command of the help', { timeout: 60_000 }, async () => {
  const { out } = await proofdesk('--help');
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const table = readme.slice(readme.indexOf('## Command line'), readme.indexOf('## Settings'));
  const commands = [...out.matchAll(/^ {2}(user add|token create|[a-z]+)/gm)].map(([, name = '']) => name);
  expect(commands.length).toBeGreaterThan(8);
  expect(commands.filter((name) => !table.includes(`\`${name}`))).toEqual([]);
});

test.each([
  ['import'],
  ['user', 'add', '--email', 'kim@example.org'],
  ['export', 'seven', '--format', 'md', '-o', 'x.md'],
  ['export', '--format', 'md', '-o', 'x.zip'],
  ['export', '--all', '--format', 'md', '--without', 'words', '-o', 'x.zip'],
  ['export', '--all', '--format', 'md', '--only', 'false', '-o', 'x.zip'],
  ['export', '--all', '--format', 'md', '--only', 'status=lost', '-o', 'x.zip'],
  ['import', 'a.md', 'b.md', '--title', 'One'],
  ['import', 'a.md', '--purpose', 'fun'],
  ['import', 'a.md', '--title', ' '],
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
  'CM7, CM20: files go in and come out, members and tokens are made, and all holds together',
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
    // EX110
    const some = ['--only', 'rating=false, tag=legal', '-o', 'some.md'];
    expect(await proofdesk('export', report.id, '--format', 'md', ...some)).toMatchObject({ code: 0 });
    expect(await proofdesk('import', 'missing.md')).toMatchObject({
      code: 1,
      err: expect.stringContaining('missing.md'),
    });
    await importsEachForItself();
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

/** CM20: one that is refused stops no other, and what came of each is told. */
async function importsEachForItself(): Promise<void> {
  await writeFile(path.join(folder, 'page.html'), '<p>Three were hurt.</p><p hidden>Not so.</p>');
  await writeFile(path.join(folder, 'bad.bin'), Buffer.from('\x7fELF\x02\x01\x01\0\0\0', 'latin1'));
  const files = ['page.html', 'bad.bin', 'missing.md', 'http://127.0.0.1/', 'report.md'];
  const { code, out, err } = await proofdesk('import', ...files, '--purpose', 'draft', '--json');
  expect(code).toBe(1);
  const outcomes = JSON.parse(out);
  expect(outcomes).toMatchObject([
    {
      file: 'page.html',
      title: 'page',
      notes: { threads: 0, claims: 0, suggestions: 0 },
      unreadable: ['2 words that the page does not show were left out.'],
    },
    { file: 'bad.bin', error: expect.stringContaining('a program (ELF)'), code: 'unsupported_kind' },
    { file: 'missing.md', error: expect.stringContaining('missing.md') },
    { file: 'http://127.0.0.1/', code: 'address_refused' },
    { file: 'report.md', title: 'A title' },
  ]);
  expect(err).toContain('3 of 5 could not be imported');
  expect(JSON.parse((await proofdesk('inspect', outcomes[0].id, '--json')).out).report.purpose).toBe('draft');
  const told = await proofdesk('import', 'page.html', '--title', 'Night');
  expect(told).toMatchObject({ code: 0, out: expect.stringMatching(/→ \S+ {2}Night\n {2}2 words/) });
}
