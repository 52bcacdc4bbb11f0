/** EX61: several reports as one zip. */
import { spawnSync } from 'node:child_process';
import { crc32 } from 'node:zlib';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zipStream, type ArchiveEntry } from '#server/export/archive.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';

const entry = (name: string, words: string): ArchiveEntry => ({
  name,
  bytes: new TextEncoder().encode(words),
  at: new Date('2025-12-28T14:00:00Z'),
});

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
}

async function* each(...entries: ArchiveEntry[]): AsyncGenerator<ArchiveEntry, void> {
  yield* entries;
}

const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe('a zip', () => {
  test('EX61 has no two files of one name, and the same bytes for the same entries', async () => {
    const make = (): Promise<Uint8Array> =>
      bytesOf(
        zipStream(each(entry('Talks.md', 'one'), entry('talks.md', 'two'), entry('Переговоры.md', 'три'))),
      );
    const files = unzipSync(await make());
    expect(Object.entries(files).map(([name, bytes]) => [name, textOf(bytes)])).toEqual([
      ['Talks.md', 'one'],
      ['talks (2).md', 'two'],
      ['Переговоры.md', 'три'],
    ]);
    expect(await make()).toEqual(await make());
  });

  test('EX90 says of each file how long it is before its bytes, so that it can be read as a stream', async () => {
    const bytes = await bytesOf(
      zipStream(each(entry('a.pdf', 'x'.repeat(9)), entry('b.md', 'y'.repeat(900)))),
    );
    const view = new DataView(bytes.buffer);
    let at = 0;
    const found: unknown[] = [];
    while (view.getUint32(at, true) === 0x04034b50) {
      const [packed, whole] = [view.getUint32(at + 18, true), view.getUint32(at + 22, true)];
      const nameLength = view.getUint16(at + 26, true);
      found.push({ flags: view.getUint16(at + 6, true), crc: view.getUint32(at + 14, true), whole });
      at += 30 + nameLength + packed;
    }
    expect(found).toEqual([
      { flags: 0x0800, crc: crc32('x'.repeat(9)), whole: 9 },
      { flags: 0x0800, crc: crc32('y'.repeat(900)), whole: 900 },
    ]);
  });

  test(
    'EX90 is the same bytes in every time zone, also while clocks are changed',
    { timeout: 30_000 },
    () => {
      const code = `import { writeEntry } from '#server/export/zip-entry.ts';
      const at = new Date('2026-03-29T02:30:00Z');
      const { chunk } = writeEntry({ name: 'a.md', bytes: new Uint8Array(3), at, isPacked: false }, 0);
      console.log(Buffer.from(chunk).toString('hex'));`;
      const made = ['UTC', 'Europe/Berlin', 'Pacific/Apia'].map((TZ) => {
        const { stdout, stderr } = spawnSync(
          process.execPath,
          ['--import', 'tsx', '--input-type=module', '-e', code],
          { env: { ...process.env, TZ }, encoding: 'utf8' },
        );
        return `${stdout}${stderr}`;
      });
      expect(made[0]).toMatch(/^504b0304/);
      expect(new Set(made).size).toBe(1);
    },
  );

  test('EX90 holds times that a zip cannot say as the nearest it can', async () => {
    const early = { ...entry('a.md', 'x'), at: new Date(0) };
    expect(unzipSync(await bytesOf(zipStream(each(early))))).toHaveProperty(['a.md']);
    expect(await bytesOf(zipStream(each(early)))).toEqual(
      await bytesOf(zipStream(each({ ...early, at: new Date('1980-01-01T00:00:00Z') }))),
    );
  });

  test('EX61 asks for the next report only when the one before is taken, and for none after a cancel', async () => {
    const asked: number[] = [];
    let isEnded = false;
    async function* many(): AsyncGenerator<ArchiveEntry, void> {
      try {
        for (let i = 0; ; i++) {
          asked.push(i);
          yield entry(`${i}.pdf`, 'x'.repeat(100_000));
        }
      } finally {
        isEnded = true;
      }
    }
    const reader = zipStream(many()).getReader();
    await reader.read();
    expect(asked.length).toBeLessThan(4);
    await reader.cancel();
    expect(isEnded).toBe(true);
  });
});

describe('from the server', () => {
  let server: TestServer;
  const ids: string[] = [];
  beforeAll(async () => {
    server = await startServer();
    for (const text of ['One was hurt.', 'Two were hurt.']) {
      const { body } = await server.api('/reports', { method: 'POST', json: { title: 'Night', text } });
      ids.push(String(body?.id));
    }
  }, 60_000);
  afterAll(() => server.stop());

  const zipped = async (query: string): Promise<[string, string][]> => {
    const answer = await fetch(`${server.url}/api/v1/export?format=md&${query}`, {
      headers: { authorization: `Bearer ${server.ownerToken}` },
    });
    expect(answer.status).toBe(200);
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    return Object.entries(files).map(([name, bytes]) => [name, textOf(bytes)]);
  };

  test('EX61 come all, or those that were named', async () => {
    const both = await zipped(`report=${ids[0]}&report=${ids[1]}`);
    expect(both.map(([name]) => name)).toEqual(['Night.md', 'Night (2).md']);
    expect(both[1]?.[1]).toContain('Two were hurt.');
    expect(await zipped('all=1')).toEqual(both);
    expect((await zipped(`report=${ids[1]}`)).map(([name]) => name)).toEqual(['Night.md']);
  });

  test('EX61 what cannot be exported is named beside the others', async () => {
    const gone = '00000000-0000-4000-8000-000000000000';
    const files = await zipped(`report=${gone}&report=${ids[0]}`);
    expect(files.map(([name]) => name)).toEqual(['Night.md', 'Not exported.txt']);
    expect(files[1]?.[1]).toContain(gone);
  });

  test('EX61 neither is named, or both', async () => {
    for (const query of ['', `&all=1&report=${ids[0]}`])
      expect(await server.api(`/export?format=md${query}`)).toMatchObject({ status: 422 });
  });
});
