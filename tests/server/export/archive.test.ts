/** EX61: several reports as one zip. */
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
