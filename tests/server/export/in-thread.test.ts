/** Heavy formats are made in a thread; here it runs from the sources, as in development. */
import type { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { exportFormats as lightFormats, isExportFormat as isLightFormat } from '#core/export/formats.ts';
import { buildProjection } from '#core/export/projection.ts';
import { formatDocx } from '#server/export/docx/docx.ts';
import { exportFormats, isExportFormat } from '#server/export/formats.ts';
import { formatInThread } from '#server/export/in-thread.ts';
import { formatPdf } from '#server/export/pdf/pdf.ts';
import { formatHere } from '#server/export/thread-formats.ts';
import { formatXlsx } from '#server/export/xlsx/xlsx.ts';
import { comment, input, richProjection, thread } from '#tests/core/export/rich-report.ts';

describe('formats that are made in a thread', () => {
  test('EX44 are the same bytes as made here, several at once', async () => {
    const projection = richProjection();
    const [docx, again, xlsx, pdf] = await Promise.all([
      exportFormats.docx.format(projection),
      exportFormats.docx.format(projection),
      exportFormats.xlsx.format(projection),
      exportFormats.pdf.format(projection),
    ]);
    expect(Buffer.from(docx).equals(Buffer.from(formatDocx(projection)))).toBe(true);
    expect(Buffer.from(again).equals(Buffer.from(docx))).toBe(true);
    expect(Buffer.from(xlsx).equals(Buffer.from(formatXlsx(projection)))).toBe(true);
    expect(Buffer.from(pdf).equals(Buffer.from(await formatPdf(projection)))).toBe(true);
  });

  test.each(Object.keys(lightFormats).filter(isLightFormat))(
    'EX64 a large report leaves as %s from a thread, the same bytes',
    async (name) => {
      const small = exportFormats[name].format(richProjection());
      expect(small).toBe(lightFormats[name].format(richProjection()));
      const long = comment(800, 'long '.repeat(160_000));
      const large = buildProjection({ ...input, threads: [thread(700, [long])] });
      const made = exportFormats[name].format(large);
      expect(made).toBeInstanceOf(Promise);
      expect(Buffer.from(await made).equals(Buffer.from(lightFormats[name].format(large)))).toBe(true);
    },
  );

  test('EX44 end with a sentence when they take too long, and the next one is made', async () => {
    const projection = richProjection();
    const late = await Promise.allSettled([1, 2, 3].map(() => formatInThread('docx', projection, 0)));
    for (const each of late)
      expect(each).toMatchObject({
        status: 'rejected',
        reason: { code: 'too_large', message: expect.stringMatching(/web page/) },
      });
    await expect(formatInThread('xlsx', projection)).resolves.toBeInstanceOf(Uint8Array);
  });

  test('EX111 are made by the thread that rests, in the same bytes, and never by one that met a cap', async () => {
    const projection = richProjection();
    const begun: Worker[] = [];
    const note = (worker: Worker): unknown => begun.push(worker);
    await formatInThread('csv', projection);
    process.on('worker', note);
    for (const name of ['pdf', 'docx', 'xlsx', 'html', 'pdf'] as const) {
      const made = await formatInThread(name, projection);
      expect(Buffer.from(made).equals(Buffer.from(await formatHere(name, projection)))).toBe(true);
    }
    expect(begun).toEqual([]);
    await Promise.all(
      [1, 2].map(() => expect(formatInThread('pdf', projection, 0)).rejects.toThrow(/too large/)),
    );
    await formatInThread('csv', projection);
    process.off('worker', note);
    expect(begun.length).toBeGreaterThan(0);
  });

  test('EX44 leave the loop free while they are made', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await formatInThread('docx', richProjection());
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  test('every format of the table has a name of its own', () => {
    expect(Object.keys(exportFormats)).toEqual(
      expect.arrayContaining([...Object.keys(lightFormats), 'docx', 'pdf', 'xlsx']),
    );
    expect(isExportFormat('docx')).toBe(true);
    expect(isExportFormat('toString')).toBe(false);
    expect(exportFormats.docx).toMatchObject({
      mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      extension: 'docx',
    });
  });
});
