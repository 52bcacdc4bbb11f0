/** Files that a real server exported, sent back as they are, saved by LibreOffice, and without what tells them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answered } from '#tests/support/answered-word.ts';
import { OPENING_MS, savedByLibreOffice } from '#tests/support/libreoffice.ts';
import { startServer, type TestMember, type TestServer } from '#tests/support/server.ts';
import { rewrittenParts } from '#tests/support/office-parts.ts';

const source = `# Talks at the lake

The call lasted **75 minutes** and was “good and very productive”.

> Officials counted two dead and at least four injured.

The framework is 90% ready. Nobody has published it. The framework is 90% ready.
`;

let server: TestServer;
let editor: TestMember;
let reportId: string;
/** Comments that go out: five of people and the notes of three claims. */
const GONE_OUT = 8;

async function made(path: string, json: unknown, token?: string, method = 'POST'): Promise<string> {
  const answer = await server.api(path, { method, json }, token);
  expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300);
  return answer.body?.id ?? '';
}

async function exported(query: string): Promise<Uint8Array> {
  const answer = await fetch(`${server.url}/api/v1/reports/${reportId}/export?format=${query}`, {
    headers: { authorization: `Bearer ${server.ownerToken}` },
  });
  expect(answer.status).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
}

async function sent(bytes: Uint8Array, name: string, query = ''): Promise<Record<string, unknown>> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const answer = await fetch(`${server.url}/api/v1/reports/${reportId}/returned${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.ownerToken}` },
    body: form,
  });
  const body = (await answer.json()) as Record<string, unknown>;
  expect(answer.status, JSON.stringify(body)).toBe(200);
  return body;
}

beforeAll(async () => {
  server = await startServer();
  editor = await server.addMember('editor', 'Ben Okafor');
  reportId = await made('/reports', { markdown: source });
  const claims = `/reports/${reportId}/claims`;
  const quote = (exact: string) => ({ type: 'TextQuoteSelector', exact });
  const decided = await made(claims, {
    selector: quote('The call lasted 75 minutes'),
    rationale: 'Read-outs.',
  });
  await made(claims, { selector: quote('75 minutes and was “good') });
  await made(claims, { selector: { ...quote('90% ready'), prefix: 'it. The framework is ' } });
  await made(`/claims/${decided}/verdict`, { rating: 'true', summary: 'So it is.' }, editor.token, 'PUT');
  const first = await made(`/claims/${decided}/comments`, { body: 'From where to where?' });
  await made(`/claims/${decided}/comments`, { body: 'From door to door.', parentId: first }, editor.token);
  // Two that are alike: by one person, in one minute, in the same words.
  await made(`/claims/${decided}/comments`, { body: 'Agreed.' });
  await made(`/claims/${decided}/comments`, { body: 'Agreed.' });
  await made(`/reports/${reportId}/threads`, { selector: quote('Officials'), body: 'Which officials?' });
}, 60_000);

afterAll(() => server.stop());

const nothingNew = {
  summary: 'Nothing new',
  alreadyThere: GONE_OUT,
  repliesAdded: 0,
  threadsAdded: 0,
  textsChanged: 0,
  toPlace: [],
  unreadable: [],
};

describe('a file that comes back without answers brings nothing', () => {
  test.each(['docx', 'pdf', 'docx&names=0'])('IM154 as it went out, %s', async (query) => {
    expect(await sent(await exported(query), `back.${query.slice(0, 4)}`)).toMatchObject(nothingNew);
  });

  test(
    'IM154 saved by LibreOffice',
    async () => {
      const saved = await savedByLibreOffice(await exported('docx'), 'docx');
      expect(await sent(saved, 'saved.docx')).toMatchObject(nothingNew);
    },
    OPENING_MS,
  );

  test('IM154 without our part and without the digits that name its comments', async () => {
    const bare = rewrittenParts(await exported('docx'), (name, xml) => {
      if (/customXml|commentsIds|commentsExtensible/.test(name)) return null;
      return name === 'word/comments.xml'
        ? xml.replaceAll(/w14:paraId="([0-9A-F]{8})"/g, (_, key: string) => `w14:paraId="${shifted(key)}"`)
        : name === 'word/commentsExtended.xml'
          ? xml.replaceAll(
              /(w15:paraId(?:Parent)?)="([0-9A-F]{8})"/g,
              (_, at: string, key: string) => `${at}="${shifted(key)}"`,
            )
          : xml;
    });
    expect(await sent(bare, 'bare.docx')).toMatchObject(nothingNew);
  });
});

test('IM155 what would come of a file is said before anything is kept, and is what comes of it', async () => {
  const before = await server.api(`/reports/${reportId}/threads`);
  const file = answered(await exported('docx'), {
    to: 'Which officials?',
    author: 'Lena Vogt',
    words: 'Those of the city.',
  });
  const told = await sent(file, 'answered.docx', '?preview=1');
  expect(told).toMatchObject({ summary: '1 reply added', repliesAdded: 1, alreadyThere: GONE_OUT });
  expect((await server.api(`/reports/${reportId}/threads`)).text).toBe(before.text);
  expect(await sent(file, 'answered.docx')).toEqual(told);
  expect((await server.api(`/reports/${reportId}/threads`)).text).toContain('Those of the city.');
  expect(await sent(file, 'answered.docx', '?preview=1')).toMatchObject({ summary: 'Nothing new' });
});

function shifted(key: string): string {
  return (Number.parseInt(key, 16) ^ 0x1234567).toString(16).toUpperCase().padStart(8, '0');
}
