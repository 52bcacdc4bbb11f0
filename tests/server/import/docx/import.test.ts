/** Word files through the front door. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '#tests/support/server.ts';

const folder = path.join(import.meta.dirname, '../../../fixtures/docx');
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.stop());

interface Thread {
  readonly state: string;
  readonly anchor: { readonly exact: string } | null;
  readonly comments: readonly { readonly body: string }[];
}

/** Threads and suggestions, as a reader of the report meets them. */
async function importFile(name: string): Promise<{ report: { id: string; source: object }; said: string[] }> {
  const form = new FormData();
  form.set('file', new File([readFileSync(path.join(folder, `${name}.docx`))], 'report.txt'));
  const { status, body } = await server.api('/reports', { method: 'POST', body: form });
  expect(status).toBe(201);
  const { body: list } = await server.api(`/reports/${body.id}/threads`);
  const said = (list.items as Thread[]).map(
    ({ state, anchor, comments }) =>
      `${state} “${anchor?.exact ?? ''}” ${comments.map((comment) => comment.body).join(' / ')}`,
  );
  return { report: body, said: said.sort() };
}

test('IM34 a file of LibreOffice becomes a report with its threads on their words', async () => {
  const { report, said } = await importFile('libreoffice-report');
  expect(report).toMatchObject({ title: 'Talks on the framework', source: { kind: 'docx' } });
  expect(said).toEqual(
    expect.arrayContaining([
      'open “the framework is 90 % ready” Who says so?\nI found no source.',
      'resolved “1,200” Checked.',
    ]),
  );
  const { body } = await server.api(`/reports/${report.id}/suggestions`);
  expect(body.items).toMatchObject([{ kind: 'replace', text: 'nine', anchor: { exact: 'ten' } }]);
});

test('IM34 a file of Word keeps answers and what is resolved', async () => {
  const { said } = await importFile('Comment010');
  expect(said).toHaveLength(6);
  expect(said).toContain('resolved “look” Parent Comment 6 / R1 / R2');
});

test('IM24 a file with a comment and no words becomes a report that has it', async () => {
  const { said } = await importFile('Comment005');
  expect(said).toEqual(['open “” test']);
});
