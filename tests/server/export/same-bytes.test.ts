/** EX66: what is not in an export does not move its times. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Compactor } from '#server/sync/compactor.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';

let server: TestServer;
let reportId: string;
let claimId: string;
let clock = Date.parse('2026-01-05T09:00:00.000Z');

async function made(path: string, json: unknown, method = 'POST'): Promise<string> {
  const answer = await server.api(path, { method, json });
  expect(answer.status, answer.text).toBeLessThan(300);
  return String(answer.body?.id);
}

async function exported(query: string): Promise<string> {
  const answer = await server.api(`/reports/${reportId}/export?format=${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.text;
}

const FORMATS = ['html', 'md', 'json', 'webannotation', 'csv'];
const allExports = (more = ''): Promise<string[]> =>
  Promise.all(FORMATS.map((format) => exported(`${format}${more}`)));

beforeAll(async () => {
  // Every look at the clock is a second later than the one before.
  server = await startServer({ now: () => new Date((clock += 1_000)) });
  reportId = await made('/reports', { text: 'The call lasted 75 minutes. Nobody said why.' });
  const selector = { type: 'TextQuoteSelector', exact: 'The call lasted 75 minutes' };
  claimId = await made(`/reports/${reportId}/claims`, { selector, type: 'quantity' });
}, 60_000);
afterAll(() => server.stop());

describe('the bytes of an export', () => {
  test('EX66 stay the same after what is desk only and after assignments', async () => {
    const before = await allExports();
    const remark = await made(`/claims/${claimId}/comments`, { body: 'A private word', deskOnly: true });
    await made(`/claims/${claimId}/comments`, { body: 'And an answer', parentId: remark });
    const source = await made(`/claims/${claimId}/evidence`, {
      title: 'A friend',
      stance: 'context',
      deskOnly: true,
    });
    await made(`/evidence/${source}`, { title: 'A good friend' }, 'PATCH');
    await made(`/reports/${reportId}/threads`, {
      selector: { type: 'TextQuoteSelector', exact: 'Nobody' },
      body: 'Among us',
      deskOnly: true,
    });
    const { body } = await server.api('/me');
    await made(`/claims/${claimId}/assignments`, { memberId: body?.['id'], role: 'checker' });
    expect(await allExports()).toEqual(before);
  });

  test('EX66 stay the same after a comment when comments are left out', async () => {
    const [without, whole] = [await allExports('&threads=0'), await exported('json')];
    await made(`/claims/${claimId}/comments`, { body: 'From where to where?' });
    expect(await allExports('&threads=0')).toEqual(without);
    const [earlier, later] = [JSON.parse(whole), JSON.parse(await exported('json'))];
    expect(later.exportedAt > earlier.exportedAt).toBe(true);
    expect(later.report.updatedAt).toBe(later.exportedAt);
  });

  test('EX66 stay the same when a snapshot takes the place of the log', async () => {
    const before = await allExports();
    const { database, log } = server.runtime;
    const compactor = new Compactor({ database, log });
    await compactor.compact(reportId);
    await compactor.close();
    expect(await allExports()).toEqual(before);
  });
});
