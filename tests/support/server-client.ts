/**
 * A server from outside: its settings, its API with the owner's token, members that are added through it. Knows
 * nothing of how the server was started, so the browser stories use it too.
 */
import { randomBytes } from 'node:crypto';
import type { Role } from '#core/domain/words.ts';

export interface ApiInit {
  method?: string;
  /** Sent as JSON. */
  json?: unknown;
  body?: NonNullable<RequestInit['body']>;
  headers?: Record<string, string>;
}

export interface ApiAnswer {
  status: number;
  headers: Headers;
  /** The parsed JSON; null for an empty body, the text for anything else. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into whatever came
  body: any;
  text: string;
}

export interface TestMember {
  id: string;
  token: string;
  email: string;
  password: string;
  name: string;
}

export interface TestClient {
  readonly url: string;
  readonly ownerToken: string;
  readonly owner: { email: string; password: string };
  /** Under /api/v1, as the owner unless another token (or null: nobody) is given. */
  api(path: string, init?: ApiInit, token?: string | null): Promise<ApiAnswer>;
  addMember(role: Role, name?: string): Promise<TestMember>;
  /** Signs in by password; answers the value for a Cookie header. */
  signIn(email: string, password: string): Promise<string>;
}

export interface Owner {
  email: string;
  password: string;
  token: string;
}

export function makeOwner(): Owner {
  return {
    email: 'owner@example.org',
    password: 'correct horse battery',
    token: `pd_test_${randomBytes(24).toString('base64url')}`,
  };
}

/** The settings of a server with that owner, on a free port. */
export function environment(dataDir: string, owner: Owner): Record<string, string> {
  return {
    PORT: '0',
    DATA_DIR: dataDir,
    PROOFDESK_DEMO: 'off',
    PROOFDESK_OWNER_EMAIL: owner.email,
    PROOFDESK_OWNER_PASSWORD: owner.password,
    PROOFDESK_OWNER_TOKEN: owner.token,
  };
}

export function clientOf(url: string, owner: Owner): TestClient {
  let members = 0;
  const api = async (
    where: string,
    { json, headers, ...init }: ApiInit = {},
    token: string | null = owner.token,
  ): Promise<ApiAnswer> => {
    const response = await fetch(`${url}/api/v1${where}`, {
      ...init,
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : isJson ? JSON.parse(text) : text,
      text,
    };
  };
  const signIn = async (email: string, password: string): Promise<string> => {
    const response = await fetch(`${url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';', 1)[0])
      .join('; ');
  };
  const addMember = async (role: Role, name = `${role} ${++members}`): Promise<TestMember> => {
    const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@example.org`;
    const password = `${name} has a password`;
    const added = await api('/members', { method: 'POST', json: { email, name, role, password } });
    if (added.status !== 201) throw new Error(`adding a member answered ${added.status}: ${added.text}`);
    const cookie = await signIn(email, password);
    const made = await api(
      '/tokens',
      { method: 'POST', json: { name: 'test' }, headers: { Cookie: cookie } },
      null,
    );
    if (made.status !== 201) throw new Error(`making a token answered ${made.status}: ${made.text}`);
    return { id: String(added.body.id), token: String(made.body.secret), email, password, name };
  };
  return {
    url,
    ownerToken: owner.token,
    owner: { email: owner.email, password: owner.password },
    api,
    addMember,
    signIn,
  };
}
