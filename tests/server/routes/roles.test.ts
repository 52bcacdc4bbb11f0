/**
 * Every route in every role: who may is answered, who may not is refused, another workspace's ids do not exist, and
 * nobody gets in without signing in. A route that is missing here fails the first test. Each answer is held against
 * the OpenAPI document.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles, type Role } from '#core/domain/words.ts';
import { allRoutes } from '#server/routes/registry.ts';
import { openApiDocument, type ApiDocument } from '#tests/support/api-document.ts';
import { figure, figureReport, paragraph } from '#tests/support/figure-report.ts';
import { chart } from '#tests/support/images.ts';
import { startServer, type ApiInit, type TestMember, type TestServer } from '#tests/support/server.ts';
import { makeWorkspace } from '#tests/support/workspace.ts';

interface Things {
  reportId: string;
  claimId: string;
  evidenceId: string;
  commentId: string;
  threadId: string;
  suggestionId: string;
  assignmentId: string;
  memberId: string;
  tokenId: string;
}

interface Case {
  /** The least role; `own`: decided by whose thing it is, tested elsewhere. */
  least: Role;
  status: number;
  path: (things: Things) => string;
  init?: (things: Things) => ApiInit;
  /** What has to be there first, as the owner. */
  first?: (things: Things) => Promise<void>;
}

let server: TestServer;
let stranger: string;
let api: ApiDocument;
const people = new Map<Role, TestMember>();

const quote = (exact: string) => ({ type: 'TextQuoteSelector', exact });
const send = (method: string, json?: unknown): ApiInit =>
  json === undefined ? { method } : { method, json };
const as = (role: Role): string => people.get(role)?.token ?? '';

async function make(path: string, json: unknown, token?: string): Promise<string> {
  const { status, body, text } = await server.api(path, { method: 'POST', json }, token);
  if (status !== 201) throw new Error(`${path}: ${status} ${text}`);
  return body.id;
}

async function makeThings(): Promise<Things> {
  const reportId = await make('/reports', { text: 'Two were killed. Sirens sounded for ten hours.' });
  const claimId = await make(`/reports/${reportId}/claims`, { selector: quote('Two were killed') });
  const memberId = people.get('viewer')?.id ?? '';
  return {
    reportId,
    claimId,
    memberId,
    evidenceId: await make(`/claims/${claimId}/evidence`, { title: 'Log', stance: 'supports' }),
    commentId: await make(`/claims/${claimId}/comments`, { body: 'Hm' }),
    threadId: await make(`/reports/${reportId}/threads`, { selector: quote('Sirens'), body: 'Where?' }),
    suggestionId: await make(`/reports/${reportId}/suggestions`, {
      selector: quote('ten hours'),
      kind: 'replace',
      text: 'nine hours',
    }),
    assignmentId: await make(`/claims/${claimId}/assignments`, { memberId: people.get('editor')?.id }),
    tokenId: await make('/tokens', { name: 'mine' }),
  };
}

const cases: Record<string, Case> = {
  'get /me': { least: 'viewer', status: 200, path: () => '/me' },
  'get /members': { least: 'viewer', status: 200, path: () => '/members' },
  'post /members': {
    least: 'owner',
    status: 201,
    path: () => '/members',
    init: () => send('POST', { email: `${randomUUID()}@example.org`, name: 'New', role: 'viewer' }),
  },
  'patch /members/{id}': {
    least: 'owner',
    status: 200,
    path: (t) => `/members/${t.memberId}`,
    init: () => send('PATCH', { role: 'viewer' }),
  },
  'get /tokens': { least: 'viewer', status: 200, path: () => '/tokens' },
  'post /tokens': {
    least: 'viewer',
    status: 201,
    path: () => '/tokens',
    init: () => send('POST', { name: 'script' }),
  },
  'get /reports': { least: 'viewer', status: 200, path: () => '/reports' },
  'post /reports': {
    least: 'editor',
    status: 201,
    path: () => '/reports',
    init: () => send('POST', { text: 'A text.' }),
  },
  'get /reports/{id}': { least: 'viewer', status: 200, path: (t) => `/reports/${t.reportId}` },
  'patch /reports/{id}': {
    least: 'editor',
    status: 200,
    path: (t) => `/reports/${t.reportId}`,
    init: () => send('PATCH', { title: 'Other' }),
  },
  'delete /reports/{id}': {
    least: 'owner',
    status: 204,
    path: (t) => `/reports/${t.reportId}`,
    init: () => send('DELETE'),
  },
  'post /reports/{id}/restore': {
    least: 'owner',
    status: 200,
    path: (t) => `/reports/${t.reportId}/restore`,
    init: () => send('POST'),
  },
  'get /reports/{id}/pages': { least: 'viewer', status: 200, path: (t) => `/reports/${t.reportId}/pages` },
  'get /reports/{id}/text': { least: 'viewer', status: 200, path: (t) => `/reports/${t.reportId}/text` },
  'get /images/{sha256}': {
    least: 'viewer',
    status: 200,
    path: () => `/images/${chart.sha256}`,
    first: async () => void (await make('/reports', figureReport([paragraph('A.'), figure(chart)], [chart]))),
  },
  'get /reports/{id}/export': {
    least: 'viewer',
    status: 200,
    path: (t) => `/reports/${t.reportId}/export?format=json`,
  },
  'get /reports/{id}/activity': {
    least: 'viewer',
    status: 200,
    path: (t) => `/reports/${t.reportId}/activity`,
  },
  'put /reports/{id}/roles/{memberId}': {
    least: 'owner',
    status: 200,
    path: (t) => `/reports/${t.reportId}/roles/${t.memberId}`,
    init: () => send('PUT', { role: 'viewer' }),
  },
  'delete /reports/{id}/roles/{memberId}': {
    least: 'owner',
    status: 204,
    path: (t) => `/reports/${t.reportId}/roles/${t.memberId}`,
    init: () => send('DELETE'),
  },
  'get /reports/{id}/history': {
    least: 'viewer',
    status: 200,
    path: (t) => `/reports/${t.reportId}/history`,
  },
  'post /reports/{id}/history': {
    least: 'editor',
    status: 201,
    path: (t) => `/reports/${t.reportId}/history`,
    init: () => send('POST', { name: 'Before lunch' }),
  },
  'get /reports/{id}/history/{checkpoint}': {
    least: 'viewer',
    status: 200,
    path: (t) => `/reports/${t.reportId}/history/1`,
  },
  'post /reports/{id}/history/{checkpoint}/restore': {
    least: 'editor',
    status: 200,
    path: (t) => `/reports/${t.reportId}/history/1/restore`,
    init: () => send('POST'),
  },
  'get /audit': { least: 'owner', status: 200, path: () => '/audit' },
  'get /reports/{id}/claims': { least: 'viewer', status: 200, path: (t) => `/reports/${t.reportId}/claims` },
  'post /reports/{id}/claims': {
    least: 'commenter',
    status: 201,
    path: (t) => `/reports/${t.reportId}/claims`,
    init: () => send('POST', { selector: quote('ten hours') }),
  },
  'get /claims': { least: 'viewer', status: 200, path: () => '/claims' },
  'get /claims/{id}': { least: 'viewer', status: 200, path: (t) => `/claims/${t.claimId}` },
  'patch /claims/{id}': {
    least: 'editor',
    status: 200,
    path: (t) => `/claims/${t.claimId}`,
    init: () => send('PATCH', { type: 'quantity' }),
  },
  'delete /claims/{id}': {
    least: 'editor',
    status: 204,
    path: (t) => `/claims/${t.claimId}`,
    init: () => send('DELETE'),
  },
  'post /claims/{id}/restore': {
    least: 'editor',
    status: 200,
    path: (t) => `/claims/${t.claimId}/restore`,
    init: () => send('POST'),
  },
  'put /claims/{id}/anchor': {
    least: 'editor',
    status: 200,
    path: (t) => `/claims/${t.claimId}/anchor`,
    init: () => send('PUT', { selector: quote('ten hours') }),
  },
  'put /claims/{id}/attribution': {
    least: 'editor',
    status: 200,
    path: (t) => `/claims/${t.claimId}/attribution`,
    init: () => send('PUT', { state: 'confirmed' }),
  },
  'put /claims/{id}/verdict': {
    least: 'editor',
    status: 200,
    path: (t) => `/claims/${t.claimId}/verdict`,
    init: () => send('PUT', { rating: 'true' }),
  },
  'post /claims/{id}/review': {
    least: 'editor',
    status: 200,
    path: (t) => `/claims/${t.claimId}/review`,
    init: () => send('POST', { decision: 'approve' }),
    first: async (t) => {
      await server.api(`/claims/${t.claimId}/verdict`, send('PUT', { rating: 'true' }));
    },
  },
  'get /claims/{id}/verdicts': { least: 'viewer', status: 200, path: (t) => `/claims/${t.claimId}/verdicts` },
  'post /claims/{id}/evidence': {
    least: 'editor',
    status: 201,
    path: (t) => `/claims/${t.claimId}/evidence`,
    init: () => send('POST', { title: 'Map', stance: 'context' }),
  },
  'patch /evidence/{id}': {
    least: 'editor',
    status: 200,
    path: (t) => `/evidence/${t.evidenceId}`,
    init: () => send('PATCH', { title: 'B' }),
  },
  'delete /evidence/{id}': {
    least: 'editor',
    status: 204,
    path: (t) => `/evidence/${t.evidenceId}`,
    init: () => send('DELETE'),
  },
  'post /claims/{id}/assignments': {
    least: 'editor',
    status: 201,
    path: (t) => `/claims/${t.claimId}/assignments`,
    init: (t) => send('POST', { memberId: t.memberId }),
  },
  'patch /assignments/{id}': {
    least: 'editor',
    status: 200,
    path: (t) => `/assignments/${t.assignmentId}`,
    init: () => send('PATCH', { status: 'done' }),
  },
  'delete /assignments/{id}': {
    least: 'editor',
    status: 204,
    path: (t) => `/assignments/${t.assignmentId}`,
    init: () => send('DELETE'),
  },
  'get /reports/{id}/threads': {
    least: 'viewer',
    status: 200,
    path: (t) => `/reports/${t.reportId}/threads`,
  },
  'post /reports/{id}/threads': {
    least: 'commenter',
    status: 201,
    path: (t) => `/reports/${t.reportId}/threads`,
    init: () => send('POST', { selector: quote('ten hours'), body: 'Sure?' }),
  },
  'post /reports/preview': {
    least: 'editor',
    status: 200,
    path: () => '/reports/preview',
    init: () => send('POST', { text: 'Ten were hurt.' }),
  },
  'get /export': {
    least: 'viewer',
    status: 200,
    path: (t) => `/export?format=md&report=${t.reportId}`,
  },
  'get /reports/{id}/suggestions': {
    least: 'viewer',
    status: 200,
    path: (t) => `/reports/${t.reportId}/suggestions`,
  },
  'post /reports/{id}/suggestions': {
    least: 'commenter',
    status: 201,
    path: (t) => `/reports/${t.reportId}/suggestions`,
    init: () => send('POST', { selector: quote('Sirens'), kind: 'delete' }),
  },
  'post /suggestions/{id}/accept': {
    least: 'editor',
    status: 200,
    path: (t) => `/suggestions/${t.suggestionId}/accept`,
    init: () => send('POST'),
    first: async (t) => {
      await server.api(`/reports/${t.reportId}`, send('PATCH', { locked: false }));
    },
  },
  'post /suggestions/{id}/reject': {
    least: 'editor',
    status: 200,
    path: (t) => `/suggestions/${t.suggestionId}/reject`,
    init: () => send('POST'),
  },
  'post /reports/{id}/returned': {
    least: 'editor',
    status: 422,
    path: (t) => `/reports/${t.reportId}/returned`,
    init: () => {
      const body = new FormData();
      body.append('file', new Blob(['no Word file']), 'a.txt');
      return { method: 'POST', body };
    },
  },
  'post /reports/{id}/annotations': {
    least: 'editor',
    status: 201,
    path: (t) => `/reports/${t.reportId}/annotations`,
    init: () =>
      send('POST', {
        '@context': 'http://www.w3.org/ns/anno.jsonld',
        id: `urn:uuid:${randomUUID()}`,
        type: 'Annotation',
        target: { source: 'http://example.org/', selector: quote('ten hours') },
      }),
  },
  'post /threads/{id}/comments': {
    least: 'commenter',
    status: 201,
    path: (t) => `/threads/${t.threadId}/comments`,
    init: () => send('POST', { body: 'Here' }),
  },
  'post /threads/{id}/resolve': {
    least: 'editor',
    status: 200,
    path: (t) => `/threads/${t.threadId}/resolve`,
    init: () => send('POST'),
  },
  'post /threads/{id}/reopen': {
    least: 'editor',
    status: 200,
    path: (t) => `/threads/${t.threadId}/reopen`,
    init: () => send('POST'),
  },
  'post /claims/{id}/thread/resolve': {
    least: 'editor',
    status: 200,
    path: (t) => `/claims/${t.claimId}/thread/resolve`,
    init: () => send('POST'),
  },
  'post /claims/{id}/thread/reopen': {
    least: 'editor',
    status: 200,
    path: (t) => `/claims/${t.claimId}/thread/reopen`,
    init: () => send('POST'),
  },
  'get /claims/{id}/comments': { least: 'viewer', status: 200, path: (t) => `/claims/${t.claimId}/comments` },
  'post /claims/{id}/comments': {
    least: 'commenter',
    status: 201,
    path: (t) => `/claims/${t.claimId}/comments`,
    init: () => send('POST', { body: 'I see' }),
  },
  'put /comments/{id}/reactions/{name}': {
    least: 'commenter',
    status: 200,
    path: (t) => `/comments/${t.commentId}/reactions/eyes`,
    init: () => send('PUT'),
  },
  'delete /comments/{id}/reactions/{name}': {
    least: 'commenter',
    status: 200,
    path: (t) => `/comments/${t.commentId}/reactions/eyes`,
    init: () => send('DELETE'),
  },
  'get /search': { least: 'viewer', status: 200, path: () => '/search?q=sirens' },
  'get /notifications': { least: 'viewer', status: 200, path: () => '/notifications' },
  'get /notifications/waiting': { least: 'viewer', status: 200, path: () => '/notifications/waiting' },
  'post /notifications/read': {
    least: 'viewer',
    status: 200,
    path: () => '/notifications/read',
    init: () => send('POST', { all: true }),
  },
};

/** Whose thing it is decides, or nobody need be signed in: each has tests of its own. */
const elsewhere = new Set([
  'patch /comments/{id}',
  'delete /comments/{id}',
  'delete /tokens/{id}',
  'delete /members/{id}',
  'post /invitations/accept',
  'post /setup',
  'post /demo/sign-in',
  'get /schemas/bundle.json',
]);

beforeAll(async () => {
  server = await startServer();
  for (const role of roles) people.set(role, await server.addMember(role, `the ${role}`));
  api = openApiDocument((await server.api('/openapi.json', {}, null)).body);
  stranger = (await makeWorkspace(server.runtime, 'Elsewhere')).token;
}, 60_000);
afterAll(() => server.stop());

describe('every route', () => {
  test('AP20: has its roles tested', () => {
    const known = allRoutes().map((route) => `${route.method} ${route.path}`);
    expect(known.filter((key) => !(key in cases) && !elsewhere.has(key))).toEqual([]);
    expect([...Object.keys(cases), ...elsewhere].filter((key) => !known.includes(key))).toEqual([]);
  });

  test.each(Object.entries(cases))(
    'AP21: %s is for its roles only, and answers what is said of it (AP42)',
    { timeout: 30_000 },
    async (key, one) => {
      const things = await makeThings();
      await one.first?.(things);
      const call = async (token: string | null) => {
        const answer = await server.api(one.path(things), one.init?.(things), token);
        expect(api.ofAnswer(key, answer)).toEqual([]);
        return answer;
      };
      expect((await call(null)).status, 'not signed in').toBe(401);
      for (const role of roles.slice(0, roles.indexOf(one.least))) {
        const { status, body } = await call(as(role));
        expect([status, body.code], role).toEqual([403, 'forbidden']);
      }
      const { status, text } = await call(as(one.least));
      expect(status, `${one.least}: ${text}`).toBe(one.status);
    },
  );

  const withIds = Object.entries(cases).filter(([key]) => key.includes('{id}'));
  test.each(withIds)(
    'RO3: %s does not know another workspace’s ids',
    { timeout: 30_000 },
    async (_key, one) => {
      const things = await makeThings();
      await one.first?.(things);
      const { status, body } = await server.api(one.path(things), one.init?.(things), stranger);
      expect([status, body.code]).toEqual([404, 'not_found']);
      const nonsense = one.path({
        ...things,
        ...Object.fromEntries(Object.keys(things).map((key) => [key, 'nonsense'])),
      });
      expect((await server.api(nonsense, one.init?.(things))).status, 'an id that is none').toBe(404);
    },
  );
});

test('RO2: a role given for one report counts there and nowhere else, and can be taken back', async () => {
  const { reportId, memberId } = await makeThings();
  const mark = (where: string) =>
    server.api(`/reports/${where}/claims`, send('POST', { selector: quote('ten hours') }), as('viewer'));
  expect((await mark(reportId)).status).toBe(403);
  await server.api(`/reports/${reportId}/roles/${memberId}`, send('PUT', { role: 'editor' }));
  expect((await mark(reportId)).status).toBe(201);
  expect((await mark((await makeThings()).reportId)).status).toBe(403);
  await server.api(`/reports/${reportId}/roles/${memberId}`, send('DELETE'));
  expect((await mark(reportId)).status).toBe(403);
});
