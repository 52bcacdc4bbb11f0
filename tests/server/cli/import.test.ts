/** `import` in this process, where a test says which addresses may be fetched. */
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importFiles } from '#server/cli/import.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';
import { onlyHere, openSite, type WebSite } from '#tests/support/web-site.ts';

let server: TestServer;
let site: WebSite;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'proofdesk-import-'));
  site = await openSite({
    '/talks': (_request, response) =>
      void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<h1>Talks</h1><p>One was hurt.</p><p hidden>Not so.</p>'),
  });
  server = await startServer({ addresses: onlyHere });
}, 60_000);
afterAll(async () => {
  await server.stop();
  await site.stop();
  await rm(folder, { recursive: true });
});

async function imported(words: readonly string[]) {
  const told: { value: unknown; lines: readonly string[] }[] = [];
  const output = { result: (value: unknown, lines: readonly string[]) => void told.push({ value, lines }) };
  const asked = { runtime: server.runtime, output, words, options: {}, cwd: folder };
  const failure = await importFiles(asked).then(
    () => null,
    (error: Error) => error.message,
  );
  return { told, failure };
}

test('CM20: an address is imported, and what of its page was left out is told', async () => {
  const { told, failure } = await imported([`${site.url}/talks`]);
  expect(failure).toBeNull();
  expect(told).toMatchObject([
    {
      value: [
        {
          file: `${site.url}/talks`,
          title: 'Talks',
          unreadable: ['2 words that the page does not show were left out.'],
        },
      ],
      lines: [
        expect.stringMatching(/^http:.* → .* {2}Talks$/),
        '  2 words that the page does not show were left out.',
      ],
    },
  ]);
});

test('CM20: an address that gives nothing, a folder and a file that is too large stop no other', async () => {
  await writeFile(path.join(folder, 'large.txt'), '');
  // Sparse: it takes no room.
  await truncate(path.join(folder, 'large.txt'), 3 * 1024 ** 3);
  await writeFile(path.join(folder, 'last.txt'), 'Some words.');
  const { told, failure } = await imported([`${site.url}/none`, '.', 'large.txt', 'last.txt']);
  expect(told).toMatchObject([
    {
      value: [
        { code: 'address_unreachable' },
        { file: '.', code: 'unsupported_kind', error: expect.stringContaining('folder') },
        { file: 'large.txt', code: 'too_large' },
        { file: 'last.txt', title: 'last' },
      ],
      lines: [expect.stringContaining('last.txt → ')],
    },
  ]);
  expect(failure).toMatch(/^3 of 4 could not be imported\n/);
});
