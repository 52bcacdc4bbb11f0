/** A real server: a report is imported, checked by two people, exported in every format, and taken back in. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportFormats, isExportFormat } from '#server/export/formats.ts';
import { richProjection } from '#tests/core/export/rich-report.ts';
import { partsOf } from '#tests/support/office-parts.ts';
import { startServer, type TestMember, type TestServer } from '#tests/support/server.ts';
import { textOf, unpacked } from '#tests/support/pdf-programs.ts';

const source = `# Talks at the lake

The call lasted **75 minutes** and was “good and very productive”.

> Officials counted two dead and at least four injured.

| Source | Dead |
|--------|------|
| City   | 2    |

- <script>alert(1)</script> [link](javascript:alert(2))
`;

let server: TestServer;
let editor: TestMember;
let reportId: string;
let claimId: string;

async function made(path: string, json: unknown, method = 'POST', token?: string): Promise<string> {
  const answer = await server.api(path, { method, json }, token);
  expect(answer, `${method} ${path}: ${answer.text}`).toMatchObject({
    status: expect.toSatisfy((status: number) => status < 300),
  });
  return answer.body?.id ?? '';
}

async function exported(report: string, format: string): Promise<string> {
  const answer = await server.api(`/reports/${report}/export?format=${format}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.text;
}

/** What an export says: its text, the parts of an Office file, or the words and objects of a PDF. */
async function wordsIn(format: string): Promise<string> {
  if (!['docx', 'xlsx', 'pdf'].includes(format)) return exported(reportId, format);
  const answer = await fetch(`${server.url}/api/v1/reports/${reportId}/export?format=${format}`, {
    headers: { authorization: `Bearer ${server.ownerToken}` },
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (format === 'pdf') return `${textOf(bytes)}\n${unpacked(bytes).toString('latin1')}`;
  return [...partsOf(bytes).values()].join('\n');
}

beforeAll(async () => {
  server = await startServer();
  editor = await server.addMember('editor', 'Ben Okafor');
  reportId = await made('/reports', { markdown: source });
  const quote = (exact: string) => ({ type: 'TextQuoteSelector', exact });
  claimId = await made(`/reports/${reportId}/claims`, {
    selector: quote('The call lasted 75 minutes'),
    type: 'quantity',
    claimant: '=cmd()',
    rationale: 'Both read-outs say so.',
    tags: ['call'],
  });
  await made(`/reports/${reportId}/claims`, { selector: quote('75 minutes and was “good') });
  const { text } = await server.api(`/reports/${reportId}/text`);
  const start = text.indexOf('productive');
  await made(`/reports/${reportId}/claims`, {
    selector: { type: 'TextPositionSelector', start, end: text.indexOf(' counted') },
  });
  await made(`/claims/${claimId}/evidence`, {
    title: 'Read-out',
    url: 'https://example.org/a?b=1',
    stance: 'supports',
    quote: 'An hour and a quarter.',
  });
  await made(`/claims/${claimId}/evidence`, { title: 'DESKONLY source', stance: 'context', deskOnly: true });
  const comment = await made(`/claims/${claimId}/comments`, { body: 'From where to where?' });
  await made(
    `/claims/${claimId}/comments`,
    { body: `@[Ben Okafor](member:${editor.id}) knows.`, parentId: comment },
    'POST',
    editor.token,
  );
  await made(`/claims/${claimId}/comments`, { body: 'DESKONLY talk', deskOnly: true });
  await made(`/reports/${reportId}/threads`, { selector: quote('Officials'), body: 'Which officials?' });
  await made(
    `/claims/${claimId}/verdict`,
    { rating: 'true', summary: 'Both sides gave the same length.' },
    'PUT',
    editor.token,
  );
  const other = await server.addMember('editor', 'Chloé Martin');
  await made(`/claims/${claimId}/review`, { decision: 'approve', comment: 'Agreed.' }, 'POST', other.token);
}, 60_000);

afterAll(() => server.stop());

describe('exports of a report that people worked on', () => {
  test.each(Object.keys(exportFormats).filter(isExportFormat))(
    'EX1 %s holds the verdict and not a byte of what is desk only',
    async (format) => {
      const answer = await server.api(`/reports/${reportId}/export?format=${format}`);
      expect(answer.headers.get('content-type')).toBe(exportFormats[format].mediaType);
      expect(answer.headers.get('content-disposition')).toContain(
        `Talks at the lake.${exportFormats[format].extension}`,
      );
      const words = await wordsIn(format);
      expect(words).toMatch(/Both sides gave the same length\./);
      expect(words).toMatch(/signed.off/i);
      expect(words).not.toMatch(/DESKONLY|javascript:/);
      if (format === 'html' || format === 'md')
        expect(answer.text).not.toMatch(/<script(?! type="application\/ld\+json">)/);
    },
  );

  test('EX6 are the same bytes when nothing changed in between', async () => {
    expect(await exported(reportId, 'html')).toBe(await exported(reportId, 'html'));
    const { exportedAt, claims } = JSON.parse(await exported(reportId, 'json'));
    for (const { updatedAt } of claims)
      expect(Date.parse(exportedAt)).toBeGreaterThanOrEqual(Date.parse(updatedAt));
    expect(Date.parse(exportedAt)).toBeLessThanOrEqual(Date.now());
  });

  test('EX60 leave out what was not chosen, names in mentions too', async () => {
    const left = async (query: string): Promise<string> => exported(reportId, `md&${query}`);
    expect(await left('claims=signed_off')).toContain('[^1]:');
    expect(await left('claims=signed_off')).not.toContain('[^2]:');
    expect(await left('threads=0')).not.toMatch(/From where|Which officials/);
    expect(await left('evidence=0')).not.toContain('An hour and a quarter.');
    const nameless = await left('names=0');
    expect(nameless).toMatch(/@Person \d knows/);
    expect(nameless).not.toMatch(/Ben Okafor|Chloé/);
    const bad = await server.api(`/reports/${reportId}/export?format=md&claims=mine`);
    expect(bad).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  });

  test.each([
    ['rating=true', 1],
    ['status=open', 2],
    ['type=quantity', 1],
    ['tag=call', 1],
    ['tag=cal', 0],
    ['tag=call&rating=false', 0],
    ['claims=decided&status=open', 0],
  ])('EX110 of %s are what the list of claims answers, in every format', async (query, count) => {
    const own = query.replace('claims=decided&', '');
    const { body } = await server.api(`/claims?report=${reportId}&${own}`);
    if (own === query) expect(body.items).toHaveLength(count);
    const { claims } = JSON.parse(await exported(reportId, `json&${query}`));
    expect(claims).toHaveLength(count);
    const table = (await exported(reportId, `csv&${query}`)).trim().split('\r\n');
    expect(table).toHaveLength(1 + count);
    const notes = (await exported(reportId, `md&${query}`)).match(/^\[\^\d+\]:/gm) ?? [];
    expect(notes).toHaveLength(count);
  });

  test('EX110 what is no criterion is named', async () => {
    for (const query of ['status=lost', 'assignee=ben', `tag=${'x'.repeat(61)}`]) {
      const { status, body } = await server.api(`/reports/${reportId}/export?format=md&${query}`);
      expect([status, body.code, body.detail]).toEqual([
        422,
        'invalid_input',
        expect.stringContaining(query.slice(0, query.indexOf('='))),
      ]);
    }
  });

  test('EX60 shown in a frame of our own are shown and not kept', async () => {
    const { headers } = await server.api(`/reports/${reportId}/export?format=html&inline=1`);
    expect(headers.get('content-disposition')).toMatch(/^inline/);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    const kept = await server.api(`/reports/${reportId}/export?format=html`);
    expect(kept.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  test('EX14 positions count in the text that the server answers', async () => {
    const { text } = await server.api(`/reports/${reportId}/text`);
    const items: { target: { selector?: { exact?: string; start?: number; end?: number }[] } }[] = JSON.parse(
      await exported(reportId, 'webannotation'),
    ).first.items;
    const placed = items.flatMap((item) =>
      item.target.selector?.length === 2 ? [item.target.selector] : [],
    );
    expect(placed).toHaveLength(4);
    for (const [quote, position] of placed)
      expect(text.slice(position?.start, position?.end)).toBe(quote?.exact);
  });
});

describe('a bundle taken back in', () => {
  test('IM12 nothing is lost: the next export differs in ids, times of the import, and in that its verdicts are imported', async () => {
    const first = await exported(reportId, 'json');
    const again = await server.api('/reports', {
      method: 'POST',
      body: first,
      headers: { 'content-type': 'application/json' },
    });
    expect(again.status, again.text).toBe(201);
    expect(again.body).toMatchObject({ title: 'Talks at the lake', source: { kind: 'json' } });
    const second = await exported(again.body.id, 'json');
    expect(comparable(second)).toEqual(comparable(first));
    expect(JSON.parse(second).claims[0].verdicts[0]).toMatchObject({
      state: 'imported',
      standing: 'imported',
      label: 'True',
    });
    expect(JSON.parse(second).claims[0].status).not.toBe('decided');
  });

  test('IM12 once more it is the same byte for byte, but for ids and times of the import', async () => {
    const exportOf = async (bundle: string): Promise<string> => {
      const headers = { 'content-type': 'application/json' };
      const answer = await server.api('/reports', { method: 'POST', body: bundle, headers });
      expect(answer.status, answer.text).toBe(201);
      return exported(answer.body.id, 'json');
    };
    const once = await exportOf(String(exportFormats.json.format(richProjection())));
    const twice = await exportOf(once);
    const { claims, threads } = JSON.parse(once);
    expect([claims.length, threads.length]).toEqual([
      richProjection().claims.length,
      richProjection().threads.length,
    ]);
    expect(withoutImport(twice)).toBe(withoutImport(once));
  });

  test('IM12 it comes as a file too, whatever the file is called', async () => {
    const form = new FormData();
    form.append('file', new Blob([await exported(reportId, 'json')]), 'anything.txt');
    const answer = await server.api('/reports', { method: 'POST', body: form });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body.source.kind).toBe('json');
  });

  test('IM14 a bundle that is not as it should be leaves nothing behind', async () => {
    const before = (await server.api('/reports')).body.items.length;
    const bundle = JSON.parse(await exported(reportId, 'json'));
    bundle.claims.at(-1).anchor.end = 99_999_999;
    const answer = await server.api('/reports', { method: 'POST', json: bundle });
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input']);
    expect((await server.api('/reports')).body.items).toHaveLength(before);
  });
});

/** The bundle as it was written, without the ids and times that an import gives. */
function withoutImport(json: string): string {
  return withNumberedIds(json).replace(
    /"(exportedAt|takenAt|createdAt|updatedAt|sha256)": ?"(?!2025-)[^"]*"/g,
    '"$1": "…"',
  );
}

/** A bundle without what an import changes, its ids numbered in the order in which they appear. */
function comparable(json: string): unknown {
  const bundle = JSON.parse(json);
  delete bundle.exportedAt;
  for (const field of ['source', 'createdAt', 'updatedAt', 'createdBy', 'status'])
    delete bundle.report[field];
  for (const claim of bundle.claims) {
    delete claim.status;
    delete claim.updatedAt;
    for (const verdict of claim.verdicts) delete verdict.state;
    for (const verdict of claim.verdicts) delete verdict.standing;
  }
  delete bundle.people;
  return JSON.parse(withNumberedIds(JSON.stringify(bundle)));
}

function withNumberedIds(json: string): string {
  const numbers = new Map<string, number>();
  return json.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (uuid) => {
    if (!numbers.has(uuid)) numbers.set(uuid, numbers.size);
    return `id-${numbers.get(uuid)}`;
  });
}
