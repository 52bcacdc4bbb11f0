import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { BODY_ROOT } from '#core/text/schema.ts';
import { verify } from '#server/cli/verify.ts';
import { RawClient } from '#tests/server/sync/raw-client.ts';
import { textOf, until } from '#tests/server/sync/sync-world.ts';
import { startServer, type TestMember, type TestServer } from '#tests/support/server.ts';

const TEXT = 'Two people died.\n\nThe call lasted 75 minutes.';

let server: TestServer;
let kim: TestMember;
let reportId: string;
beforeAll(async () => {
  server = await startServer();
  kim = await server.addMember('editor');
});
afterAll(() => server.stop());
beforeEach(async () => {
  reportId = (await server.api('/reports', { method: 'POST', json: { text: TEXT } })).body.id;
});

const post = (path: string, json?: unknown, token?: string) =>
  server.api(
    `/reports/${reportId}/${path}`,
    json === undefined ? { method: 'POST' } : { method: 'POST', json },
    token,
  );
const get = (path: string) => server.api(`/reports/${reportId}/${path}`);
const lock = (locked: boolean) => server.api(`/reports/${reportId}`, { method: 'PATCH', json: { locked } });

/** Kim opens the report and writes in it; her document stays open. */
async function kimWrites(change: (doc: Y.Doc) => void): Promise<RawClient> {
  await lock(false);
  const client = new RawClient({ url: `${server.url.replace('http', 'ws')}/sync` }, 'nobody', reportId, {
    headers: { authorization: `Bearer ${kim.token}` },
  });
  await client.synced();
  client.edit(change);
  await until(() => client.acknowledged === 1, 'it is saved');
  return client;
}

describe('the history of a report', () => {
  it('HI3 begins with the import, and keeps the moments that people name, newest first', async () => {
    const id = randomUUID();
    const named = await post('history', { id, name: ' Before lunch ' });
    expect(named).toMatchObject({ status: 201, body: { id, kind: 'named', name: 'Before lunch', seq: 1 } });
    expect((await post('history', { id, name: 'Before lunch' })).body).toEqual(named.body);
    const { body } = await get('history');
    expect(body.items.map((one: { kind: string; name: string | null }) => [one.kind, one.name])).toEqual([
      ['named', 'Before lunch'],
      ['imported', null],
    ]);
    const first = (await get('history?limit=1')).body;
    expect((await get(`history?after=${first.next}`)).body.items).toEqual([body.items[1]]);
  });

  it('HI3 refuses a name that is none, an id of somebody else and a moment that is not there', async () => {
    const id = randomUUID();
    await post('history', { id, name: 'Mine' }, kim.token);
    expect(await post('history', { id, name: 'Mine' })).toMatchObject({
      status: 409,
      body: { code: 'id_taken' },
    });
    expect(await post('history', { name: ' ' })).toMatchObject({ status: 422 });
    expect(await post('history', { name: 'x'.repeat(121) })).toMatchObject({ status: 422 });
    for (const moment of ['2', '0', randomUUID(), 'latest'])
      expect((await get(`history/${moment}`)).status).toBe(404);
    const other = (await server.api('/reports', { method: 'POST', json: { text: 'Other.' } })).body;
    expect((await server.api(`/reports/${other.id}/history/${id}`)).status).toBe(404);
  });

  it('HI2 tells of each part of a moment who wrote it', async () => {
    const client = await kimWrites((doc) => textOf(doc).insert(4, 'or three '));
    client.close();
    const { items } = (await get('history')).body;
    const [{ id: imported, by: owner }] = items;
    expect((await get(`history/${imported}`)).body).toMatchObject({
      text: 'Two people died.\nThe call lasted 75 minutes.',
      checkpoint: { kind: 'imported' },
      authors: [
        { start: 0, end: 16, by: owner },
        { start: 17, end: 44, by: owner },
      ],
    });
    expect((await get('history/2')).body).toMatchObject({
      text: 'Two or three people died.\nThe call lasted 75 minutes.',
      by: { id: kim.id },
      checkpoint: null,
      authors: [
        { start: 0, end: 4, by: owner },
        { start: 4, end: 13, by: { id: kim.id } },
        { start: 13, end: 25, by: owner },
        { start: 26, end: 53, by: owner },
      ],
    });
  });

  it('HI4 restores a moment as a new edit, while the text is locked and people have it open', async () => {
    const claim = await post('claims', { selector: { type: 'TextQuoteSelector', exact: '75 minutes' } });
    const client = await kimWrites((doc) => {
      textOf(doc).insert(0, 'Only ');
      doc.getXmlFragment(BODY_ROOT).delete(1, 1);
    });
    await lock(true);
    const id = randomUUID();
    const restored = await post('history/1/restore', { id });
    expect(restored).toMatchObject({
      status: 200,
      body: { before: { id, kind: 'before_restore', seq: 3 }, seq: 4 },
    });
    expect((await get('text')).text).toBe('Two people died.\nThe call lasted 75 minutes.');
    await until(() => client.doc.getXmlFragment(BODY_ROOT).length === 2, 'Kim sees it');
    expect(client.isOpen).toBe(true);
    client.close();
    await until(
      async () => (await server.api(`/claims/${claim.body.id}`)).body.anchor.exact === '75 minutes',
      'the claim is on its words',
    );
    // The same request again, and what stands already, change nothing.
    expect((await post('history/1/restore', { id })).body.seq).toBe(4);
    expect((await post('history/1/restore')).body).toEqual({ before: null, seq: 4 });
    const named = (await post('history', { name: 'Now' })).body;
    expect(await post('history/2/restore', { id: named.id })).toMatchObject({ status: 409 });
    expect((await post(`history/${id}/restore`)).body).toMatchObject({ seq: 5 });
    expect((await get('text')).text).toBe('Only Two people died.');
  });

  it('CM4 verify names a history with a gap, and one that cannot be read', async () => {
    const client = await kimWrites((doc) => textOf(doc).insert(0, 'x'.repeat(300_000)));
    for (let i = 2; i <= 4; i++) client.edit((doc) => textOf(doc).insert(0, 'y'.repeat(300_000)));
    const { pool } = server.runtime.database;
    await until(
      async () =>
        (await pool.query('select 1 from doc_segments where doc_id = $1', [reportId])).rowCount === 1,
      'the log was compacted',
    );
    client.close();
    const problems = async (): Promise<string[]> =>
      (await verify(server.runtime)).findings
        .filter(({ subject }) => subject === `report ${reportId}`)
        .map(({ problem }) => problem);
    expect(await problems()).toEqual([]);
    await pool.query("update doc_segments set data = '\\x00' where doc_id = $1", [reportId]);
    expect(await problems()).toEqual([expect.stringMatching(/^the history from 1 to \d+ cannot be read$/)]);
    await pool.query('update doc_segments set from_seq = 2 where doc_id = $1', [reportId]);
    expect(await problems()).toEqual(['the history has a gap before 2']);
    await pool.query('delete from doc_segments where doc_id = $1', [reportId]);
    expect(await problems()).toEqual([expect.stringMatching(/^the history ends before \d+$/)]);
  });
});
