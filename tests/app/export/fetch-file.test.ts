import { afterEach, describe, expect, it, vi } from 'vitest';
import { formatDocx } from '#server/export/docx/docx.ts';
import { richProjection } from '#tests/core/export/rich-report.ts';
import { zipStream, type ArchiveEntry } from '#server/export/archive.ts';
import { fetchFile, fetchZip, type FileProgress } from '../../../app/_export/fetch-file.ts';
import { countFiles } from '../../../app/_export/zip-progress.ts';

const utf8 = (words: string): Uint8Array => new TextEncoder().encode(words.repeat(200));
const word = formatDocx(richProjection());

/** As the server makes it: two Word files, which are zips themselves and stored as they are, and a text. */
async function* files(): AsyncGenerator<ArchiveEntry, void> {
  const at = new Date('2025-12-28T14:00:00Z');
  yield { name: 'Talks.docx', bytes: word, at };
  yield { name: 'Переговоры.docx', bytes: word, at };
  yield { name: 'Talks.md', bytes: utf8('harbour '), at };
}

const zip = new Uint8Array(
  await new Response(zipStream(files()) as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer(),
);

afterEach(() => {
  vi.unstubAllGlobals();
});

function chunks(size: number): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: Math.ceil(zip.length / size) }, (_, at) =>
    Uint8Array.from(zip.subarray(at * size, (at + 1) * size)),
  );
}

function serve(body: ReadableStream<Uint8Array<ArrayBuffer>> | string, init: ResponseInit = {}): void {
  vi.stubGlobal('fetch', async () => new Response(body, init));
}

function streamOf(parts: readonly Uint8Array<ArrayBuffer>[], end: 'close' | Error = 'close') {
  let at = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const part = parts[at++];
      if (part !== undefined) controller.enqueue(part);
      else if (end === 'close') controller.close();
      else controller.error(end);
    },
  });
}

describe('UI54: a zip on its way', () => {
  it.each([1, 7, 64, 100_000])('is counted file by file in pieces of %i bytes', (size) => {
    const seen: number[] = [];
    const take = countFiles((done) => seen.push(done));
    for (const chunk of chunks(size)) take(chunk);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('arrives whole, under the server’s name', async () => {
    const headers = {
      'x-reports': '3',
      'content-disposition': `attachment; filename="Reports.zip"; filename*=UTF-8''Berichte%20%C3%BC.zip`,
    };
    serve(streamOf(chunks(50)), { headers });
    const seen: FileProgress[] = [];
    const { signal } = new AbortController();
    const answer = await fetchZip('/zip', { signal, onProgress: (progress) => seen.push(progress) });
    expect(answer).toMatchObject({ name: 'Berichte ü.zip', reports: 3 });
    expect(new Uint8Array(await answer.blob.arrayBuffer())).toEqual(Uint8Array.from(zip));
    expect(seen).toEqual([0, 1, 2, 3].map((done) => ({ of: 'reports', done, all: 3 })));
  });

  it('counts without being told how many', async () => {
    serve(streamOf(chunks(50)));
    const { signal } = new AbortController();
    const answer = await fetchZip('/zip', { signal, onProgress: () => undefined });
    expect(answer).toMatchObject({ name: 'export', reports: 3 });
  });

  it('that breaks off is no file', async () => {
    serve(streamOf(chunks(5_000).slice(0, 3), new Error('reset')));
    const { signal } = new AbortController();
    await expect(fetchZip('/zip', { signal, onProgress: () => undefined })).rejects.toThrow('broke off');
  });

  it('that is refused says why', async () => {
    serve('{"code":"forbidden","detail":"Not yours."}', { status: 403 });
    const { signal } = new AbortController();
    await expect(fetchZip('/zip', { signal, onProgress: () => undefined })).rejects.toThrow('Not yours.');
  });

  it('without a server says so', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    const { signal } = new AbortController();
    await expect(fetchZip('/zip', { signal, onProgress: () => undefined })).rejects.toThrow(
      /does not answer/,
    );
  });
});

describe('UI59: one file on its way', () => {
  const ask = (signal = new AbortController().signal) => {
    const seen: FileProgress[] = [];
    return { seen, answer: fetchFile('/file', { signal, onProgress: (progress) => seen.push(progress) }) };
  };

  it('is counted by its bytes and keeps the server’s name and type', async () => {
    const headers = {
      'content-type': 'text/markdown; charset=utf-8',
      'content-length': '8',
      'content-disposition': 'attachment; filename="Talks.md"',
    };
    serve(streamOf([new Uint8Array(5), new Uint8Array(3)]), { headers });
    const { seen, answer } = ask();
    const { blob, name } = await answer;
    expect([name, blob.size, blob.type]).toEqual(['Talks.md', 8, 'text/markdown; charset=utf-8']);
    expect(seen).toEqual([5, 8].map((done) => ({ of: 'bytes', done, all: 8 })));
  });

  it.each([
    [413, '{"code":"too_large","detail":"Too large for this format."}', 'Too large for this format.'],
    [502, '<html>Bad gateway</html>', 'Something went wrong. Try again.'],
  ])('that is refused with %i is no file and says why', async (status, body, sentence) => {
    serve(body, { status });
    await expect(ask().answer).rejects.toThrow(sentence);
  });

  it('that breaks off is no file', async () => {
    serve(streamOf([new Uint8Array(5)], new Error('reset')));
    await expect(ask().answer).rejects.toThrow('broke off');
  });
});
