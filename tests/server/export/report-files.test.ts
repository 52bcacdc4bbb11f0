/** Reports as files when a format fails. */
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#core/errors.ts';
import type { ExportFormat } from '#core/export/formats.ts';
import { everything } from '#core/export/options.ts';
import { zipStream } from '#server/export/archive.ts';
import { entriesOf, exported } from '#server/export/report-files.ts';
import type { Principal } from '#server/principal.ts';
import { openTestDatabase } from '#tests/support/database.ts';
import { openDesk, type TestDesk } from '#tests/support/desk.ts';

const format: ExportFormat = {
  label: 'Words',
  mediaType: 'text/plain',
  extension: 'txt',
  format: ({ text }) => {
    if (text.startsWith('Bad')) throw new RangeError('Maximum call stack size exceeded');
    if (text.startsWith('Long')) throw new AppError('too_large', 'The report is too large for this format.');
    return text;
  },
};

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let desk: TestDesk;
let ana: Principal;
let ids: string[];
beforeAll(async () => {
  database = await openTestDatabase();
  desk = await openDesk(database);
  ana = await desk.join('Ana Reyes', 'owner');
  ids = [];
  for (const text of ['Bad words.', 'Good words.', 'Long words.', 'More words.'])
    ids.push((await desk.import(ana, text)).id);
});
afterAll(() => database.close());

describe('a format that fails', () => {
  test('EX65 leaves the others in the zip, and a text at its root says which failed and why', async () => {
    const entries = entriesOf(desk.runtime, ana, ids, format, everything);
    const files = unzipSync(await bytesOf(zipStream(entries)));
    const words = Object.entries(files).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]);
    const [bad, , long] = ids;
    expect(words).toEqual([
      ['A report.txt', 'Good words.'],
      ['A report (2).txt', 'More words.'],
      [
        'Not exported.txt',
        `These reports could not be exported.\n\nA report (${bad}): The report could not be written in this format (Words). Another one may work; why is in the log of the server.\nA report (${long}): The report is too large for this format.\n`,
      ],
    ]);
  });

  test('EX65 is a problem that says what may work instead when the report leaves alone', async () => {
    const [bad = '', good = ''] = ids;
    await expect(exported(desk.runtime, ana, bad, format, everything)).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringMatching(/in this format \(Words\)\. Another one may work/),
    });
    await expect(exported(desk.runtime, ana, good, format, everything)).resolves.toMatchObject({
      title: 'A report',
    });
  });
});
