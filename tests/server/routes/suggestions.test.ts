/** Suggestions from outside: made, carried out, left, taken back. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exportFormats } from '#core/export/formats.ts';
import { verify } from '#server/cli/verify.ts';
import { RawClient } from '#tests/server/sync/raw-client.ts';
import { textOf, until } from '#tests/server/sync/sync-world.ts';
import { startServer, type ApiAnswer, type TestMember, type TestServer } from '#tests/support/server.ts';

const TEXT = 'Two people **died** there.\n\nThe call lasted 75 minutes.';

let server: TestServer;
let dara: TestMember;
let kim: TestMember;
let reportId: string;
beforeAll(async () => {
  server = await startServer();
  dara = await server.addMember('commenter', 'Dara');
  kim = await server.addMember('editor', 'Kim');
});
afterAll(() => server.stop());
beforeEach(async () => {
  reportId = (await server.api('/reports', { method: 'POST', json: { markdown: TEXT } })).body.id;
});

const quote = (exact: string) => ({ type: 'TextQuoteSelector', exact });
const suggest = (json: object, token: string = dara.token): Promise<ApiAnswer> =>
  server.api(`/reports/${reportId}/suggestions`, { method: 'POST', json }, token);
const decide = (id: string, word: 'accept' | 'reject', token: string = kim.token): Promise<ApiAnswer> =>
  server.api(`/suggestions/${id}/${word}`, { method: 'POST' }, token);
const text = async (): Promise<string> => (await server.api(`/reports/${reportId}/text`)).text;
const lock = (locked: boolean) => server.api(`/reports/${reportId}`, { method: 'PATCH', json: { locked } });
const list = async () => (await server.api(`/reports/${reportId}/suggestions`)).body.items;

describe('a suggestion', () => {
  it('IM69 is made by a commenter, seen by all as a thread, and told of', async () => {
    const made = await suggest({ selector: quote('75 minutes'), kind: 'replace', text: '57 minutes' });
    expect(made).toMatchObject({
      status: 201,
      body: {
        reportId,
        kind: 'replace',
        text: '57 minutes',
        state: 'pending',
        by: { id: dara.id, name: 'Dara' },
        decidedBy: null,
        quote: { exact: '75 minutes' },
        anchor: { exact: '75 minutes', state: 'anchored' },
      },
    });
    expect(await list()).toEqual([made.body]);
    const threads = (await server.api(`/reports/${reportId}/threads`)).body.items;
    expect(threads).toMatchObject([{ id: made.body.id, claimId: null, suggestion: { kind: 'replace' } }]);
  });

  it('IM69 sent twice is made once; the id of something else is refused', async () => {
    const input = { id: randomUUID(), selector: quote('call'), kind: 'delete' };
    const made = await suggest(input);
    expect((await suggest(input)).body).toEqual(made.body);
    expect(await suggest(input, kim.token)).toMatchObject({ status: 409, body: { code: 'id_taken' } });
    expect(await list()).toHaveLength(1);
  });

  it.each([
    [{ kind: 'delete', text: 'x' }, 422],
    [{ kind: 'insert' }, 422],
    [{ kind: 'replace', text: '' }, 422],
    [{ kind: 'move', text: 'x' }, 422],
    [{ kind: 'delete', selector: quote('not there') }, 422],
  ])('IM69 refuses %j', async (input, status) => {
    expect((await suggest({ selector: quote('call'), ...input })).status).toBe(status);
  });

  it('IM69 is not carried out while the text is locked', async () => {
    const { body } = await suggest({ selector: quote('75'), kind: 'replace', text: '57' });
    expect(await decide(body.id, 'accept')).toMatchObject({ status: 409, body: { code: 'report_locked' } });
    expect(await text()).toContain('75 minutes');
    expect((await list())[0].state).toBe('pending');
    expect(await decide(body.id, 'accept', dara.token)).toMatchObject({ status: 403 });
  });

  it('IM69 changes no more than its words, with a checkpoint before it; people in the report stay in it', async () => {
    await server.api(`/reports/${reportId}/claims`, {
      method: 'POST',
      json: { selector: quote('The call lasted 75 minutes') },
    });
    const { body } = await suggest({ selector: quote('died'), kind: 'replace', text: 'were killed' });
    await lock(false);
    const client = new RawClient({ url: `${server.url.replace('http', 'ws')}/sync` }, 'nobody', reportId, {
      headers: { authorization: `Bearer ${kim.token}` },
    });
    await client.synced();
    const accepted = await decide(body.id, 'accept');
    expect(accepted).toMatchObject({
      status: 200,
      body: { id: body.id, state: 'accepted', decidedBy: { name: 'Kim' } },
    });
    await until(() => textOf(client.doc).toString().includes('were killed'), 'the open document has it');
    client.close();
    expect(await text()).toBe('Two people were killed there.\nThe call lasted 75 minutes.');
    const html = (await server.api(`/reports/${reportId}/export?format=html`)).text;
    expect(html).toContain('<strong>were killed</strong>');
    const [claim] = (await server.api(`/reports/${reportId}/claims`)).body.items;
    expect(claim.anchor).toMatchObject({ state: 'anchored', exact: 'The call lasted 75 minutes' });
    const { items } = (await server.api(`/reports/${reportId}/history`)).body;
    expect(items[0]).toMatchObject({ kind: 'before_suggestion', by: { name: 'Kim' } });
    const before = (await server.api(`/reports/${reportId}/history/${items[0].id}`)).body;
    expect(before.text).toContain('Two people died there.');
    const [thread] = (await server.api(`/reports/${reportId}/threads`)).body.items;
    expect(thread).toMatchObject({
      state: 'resolved',
      resolvedBy: { name: 'Kim' },
      anchor: { state: 'orphaned' },
      quote: { exact: 'died' },
    });
    expect((await verify(server.runtime)).findings).toEqual([]);
  });

  it('IM70 asked again answers the same, and the other decision is refused', async () => {
    const { body } = await suggest({ selector: quote('call'), kind: 'insert', text: ' itself' });
    await lock(false);
    const first = await decide(body.id, 'accept');
    await lock(true);
    expect((await decide(body.id, 'accept')).body).toMatchObject({ id: first.body.id, state: 'accepted' });
    expect(await decide(body.id, 'reject')).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
    expect((await text()).match(/itself/g)).toHaveLength(1);
    const [audited] = (await server.api(`/reports/${reportId}/activity?limit=200`)).body.items.filter(
      (one: { verb: string }) => one.verb === 'suggestion.accepted',
    );
    expect(audited.after).toEqual({ kind: 'insert', text: ' itself', words: 'call' });
  });

  it('IM70 of two at once on the same words one is carried out', async () => {
    const one = await suggest({ selector: quote('75'), kind: 'replace', text: '57' });
    const other = await suggest({ selector: quote('75'), kind: 'replace', text: '70' });
    await lock(false);
    const answers = await Promise.all([decide(one.body.id, 'accept'), decide(other.body.id, 'accept')]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('conflict');
    expect(await text()).toMatch(/lasted (57|70) minutes/);
  });

  it('IM70 is left by an editor, and taken back by whoever made it', async () => {
    const left = await suggest({ selector: quote('call'), kind: 'delete' });
    expect((await decide(left.body.id, 'reject')).body).toMatchObject({ state: 'rejected' });
    const back = await suggest({ selector: quote('call'), kind: 'delete' });
    expect((await decide(back.body.id, 'reject', dara.token)).body).toMatchObject({ state: 'withdrawn' });
    const others = await suggest({ selector: quote('call'), kind: 'delete' }, kim.token);
    expect(await decide(others.body.id, 'reject', dara.token)).toMatchObject({ status: 403 });
    expect(await text()).toContain('The call lasted');
  });

  it('IM70 a thread without one is none', async () => {
    const { body } = await server.api(`/reports/${reportId}/threads`, {
      method: 'POST',
      json: { selector: quote('call'), body: 'Hm' },
    });
    for (const word of ['accept', 'reject'] as const)
      expect(await decide(body.id, word)).toMatchObject({ status: 404 });
    expect(await list()).toEqual([]);
  });

  it('IM71 comes back with a bundle, and every other format says what it would change', async () => {
    const { body } = await suggest({ selector: quote('call'), kind: 'replace', text: 'conversation' });
    await suggest({ selector: quote('people'), kind: 'delete' });
    await decide((await list())[1].id, 'reject');
    await server.api(`/threads/${body.id}/comments`, {
      method: 'POST',
      json: { body: 'Longer, but right.' },
    });
    const exported = async (id: string, format: string) =>
      (await server.api(`/reports/${id}/export?format=${format}`)).text;
    const bundle = await exported(reportId, 'json');
    const taken = await server.api('/reports', { method: 'POST', json: JSON.parse(bundle) });
    expect(taken.body).toMatchObject({ notes: { threads: 0, claims: 0, suggestions: 2 }, unreadable: [] });
    const again = JSON.parse(await exported(taken.body.id, 'json')).threads;
    expect(again.map((thread: { suggestion: unknown }) => thread.suggestion)).toEqual(
      JSON.parse(bundle).threads.map((thread: { suggestion: unknown }) => thread.suggestion),
    );
    expect(again.find((one: { state: string }) => one.state === 'open').comments).toMatchObject([
      { body: '', author: 'Dara' },
      { body: 'Longer, but right.' },
    ]);
    for (const format of Object.keys(exportFormats).filter(
      (name) => !['json', 'csv', 'claimreview'].includes(name),
    )) {
      const out = await exported(taken.body.id, format);
      expect(out, format).toMatch(
        format === 'webannotation'
          ? /"purpose": "editing",\s*"value": "conversation"/
          : /Suggests to replace .call. by .conversation./,
      );
      expect(out, format).toMatch(/Suggests to delete .people. \(rejected by .*\)/);
    }
  });
});
