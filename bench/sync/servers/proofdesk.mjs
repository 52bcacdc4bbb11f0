/**
 * This product, as `npm start` runs it, on its embedded database or on PostgreSQL. Every socket is signed in; people
 * are shared out over members, since a member may have 20 sockets.
 */
import { randomUUID } from 'node:crypto';
import { ask, startServer } from '../../server.mjs';
import { temporaryFolder } from '../processes.mjs';
import { plainDialect } from '../wire.mjs';

/** 20 sockets each: 540 in all. */
const MEMBERS = 27;
const PASSWORD = 'a password of the bench';

export function proofdesk({ onServerCore }, { name, title, databaseUrl = null, extraPids = () => [] }) {
  const dialect = plainDialect();
  const dataDir = temporaryFolder();
  const env =
    databaseUrl === null
      ? {}
      : { DATABASE_URL: databaseUrl, AUTH_SECRET: 'a secret of the bench only, 0123456789' };
  let server = null;
  let tokens = null;
  return {
    name,
    title,
    hasDocuments: true,
    acknowledges: 'durably',
    async start(more = {}) {
      server = await startServer({ dataDir, keep: true, before: onServerCore, env: { ...env, ...more } });
      tokens ??= await makeMembers(server);
    },
    /** For what is asked over HTTP. */
    web: () => ({ url: server.url }),
    pids: () => [server.pid, ...extraPids()],
    async open() {
      const { id } = await ask(server, 'POST', '/reports', { title: 'Bench', text: 'The beginning.' });
      await ask(server, 'PATCH', `/reports/${id}`, { locked: false });
      return id;
    },
    /** How many commits took up to so many ms, so far. */
    async commitTimes() {
      const text = await (await fetch(`${server.url}/metrics`)).text();
      return [...text.matchAll(/^proofdesk_commit_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm)].map(
        ([, le, count]) => ({
          upTo: le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le) * 1_000,
          count: Number(count),
        }),
      );
    },
    /** `index` tells people of one scenario apart: no two may have the same. */
    doorOf: (id, index) => ({
      address: `${server.url.replace('http', 'ws')}/sync/${id}?ack=1`,
      headers: { Authorization: `Bearer ${tokens[index % MEMBERS]}` },
      dialect,
      answersStep1: true,
    }),
    stop: async () => server?.stop(),
    kill: async () => server?.kill(),
  };
}

async function makeMembers(server) {
  const tokens = [];
  for (let i = 0; i < MEMBERS; i++) {
    const email = `person-${i}-${randomUUID()}@bench.example`;
    await ask(server, 'POST', '/members', { email, name: `Person ${i}`, role: 'editor', password: PASSWORD });
    tokens.push(await tokenOf(server, email));
  }
  return tokens;
}

async function tokenOf(server, email) {
  const post = async (path, body, headers) => {
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: server.url, ...headers },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const signedIn = await post('/api/auth/sign-in/email', { email, password: PASSWORD });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  const made = await post('/api/v1/tokens', { name: 'bench' }, { Cookie: cookie });
  return (await made.json()).secret;
}
