/**
 * A desk for one file of stories: the built server with data of its own, its people, and reports to work on.
 *
 *   const desk = deskForThisFile();
 *   test('UI3: …', async ({ browser }) => {
 *     const report = await desk.importReport();
 *     const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { test, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import type { Role } from '#core/domain/words.ts';
import {
  clientOf,
  environment,
  makeOwner,
  type ApiAnswer,
  type ApiInit,
  type TestClient,
  type TestMember,
} from '#tests/support/server-client.ts';
import { runBuiltServer, type BuiltServer } from './built-server.ts';
import { Person } from './person.ts';
import { runFolder } from './run-folder.ts';
import { wireReport } from './wire-report.ts';

export interface Report {
  readonly id: string;
  readonly title: string;
}

export class Desk {
  readonly #owner = makeOwner();
  readonly #env: Record<string, string>;
  readonly #dataDir = path.join(runFolder(), `data-${randomUUID()}`);
  readonly #members = new Map<string, { readonly member: TestMember; readonly role: Role }>();
  readonly #people: Person[] = [];
  #server: BuiltServer | null = null;
  #client: TestClient | null = null;

  constructor(env: Record<string, string> = {}) {
    this.#env = env;
  }

  get url(): string {
    return this.#running.url;
  }

  get owner(): { email: string; password: string } {
    return this.#owner;
  }

  get #running(): BuiltServer {
    if (this.#server === null) throw new Error('the desk is not open');
    return this.#server;
  }

  get #api(): TestClient {
    if (this.#client === null) throw new Error('the desk is not open');
    return this.#client;
  }

  /** Also again, on the same data and the same port. */
  async open(): Promise<void> {
    const port = this.#server?.port ?? 0;
    if (port === 0)
      await promisify(execFile)('cp', ['-R', path.join(runFolder(), 'template'), this.#dataDir]);
    const env = { ...environment(this.#dataDir, this.#owner), ...this.#env, PORT: String(port) };
    this.#server = await runBuiltServer(env);
    this.#client = clientOf(`http://127.0.0.1:${this.#server.port}`, this.#owner);
  }

  async close(): Promise<void> {
    await this.#server?.stop();
  }

  async cutPower(): Promise<void> {
    await this.#running.kill();
  }

  /** Under /api/v1, as the owner unless somebody's token is given. Fails on anything that is no success. */
  async api(where: string, init: ApiInit = {}, token?: string): Promise<ApiAnswer> {
    const answer = await this.#api.api(where, init, token);
    if (answer.status >= 300) throw new Error(`${where} answered ${answer.status}: ${answer.text}`);
    return answer;
  }

  /** A report by somebody else, as a file of Markdown brings it. */
  async importReport(more: Record<string, unknown> = {}): Promise<Report> {
    const json = { title: wireReport.title, markdown: wireReport.markdown, purpose: 'external', ...more };
    const { body } = await this.api('/reports', { method: 'POST', json });
    return { id: String(body.id), title: String(body.title) };
  }

  /** A claim on these words, made by the owner or by whoever has the token; answers its id. */
  async addClaim(
    report: Report,
    exact: string,
    more: Record<string, unknown> = {},
    token?: string,
  ): Promise<string> {
    const json = { selector: { type: 'TextQuoteSelector', exact }, ...more };
    const { body } = await this.api(`/reports/${report.id}/claims`, { method: 'POST', json }, token);
    return String(body.id);
  }

  /** The member of that name, added the first time. Their role is the same in all stories, which may begin at any. */
  async member(name: string, role: Role): Promise<TestMember> {
    const known = this.#members.get(name);
    if (known !== undefined && known.role !== role)
      throw new Error(`${name} is no ${role} but ${known.role}`);
    if (known !== undefined) return known.member;
    const member = await this.#api.addMember(role, name);
    this.#members.set(name, { member, role });
    return member;
  }

  /** Somebody at a browser of their own, signed in, with nothing open yet. */
  async arrive(
    browser: Browser,
    name: string,
    role: Role,
    options: BrowserContextOptions = {},
  ): Promise<Person> {
    const member = await this.member(name, role);
    const cookie = await this.#api.signIn(member.email, member.password);
    const page = await this.#page(browser, options);
    await page.context().addCookies(
      cookie.split('; ').map((pair) => {
        const at = pair.indexOf('=');
        return { name: pair.slice(0, at), value: pair.slice(at + 1), url: this.url };
      }),
    );
    return this.#welcome(new Person(name, page, member));
  }

  /** Somebody who is not signed in. */
  async stranger(browser: Browser, name: string, options: BrowserContextOptions = {}): Promise<Person> {
    return this.#welcome(new Person(name, await this.#page(browser, options)));
  }

  #welcome(person: Person): Person {
    this.#people.push(person);
    return person;
  }

  async #page(browser: Browser, options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({
      baseURL: this.url,
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    });
    return await context.newPage();
  }

  /** Several people with the same report open. */
  async sitDown<Who extends string>(
    browser: Browser,
    report: Report,
    people: Record<Who, Role>,
  ): Promise<Record<Who, Person>> {
    const arrived: [string, Person][] = [];
    for (const [who, role] of Object.entries<Role>(people))
      arrived.push([who, await this.arrive(browser, nameOf(who), role)]);
    await Promise.all(arrived.map(([, person]) => person.openReport(report)));
    return Object.fromEntries(arrived) as Record<Who, Person>;
  }

  /** Everybody goes home, and had no error and no dialog on the way. */
  async everyoneLeaves(): Promise<void> {
    await Promise.all(this.#people.splice(0).map((person) => person.leave()));
  }
}

/** "chloe" is Chloe. */
function nameOf(who: string): string {
  return who.charAt(0).toUpperCase() + who.slice(1);
}

/** Opened before the first story of the file and closed after the last. */
export function deskForThisFile(env: Record<string, string> = {}): Desk {
  const desk = new Desk(env);
  test.beforeAll(async () => {
    await desk.open();
  });
  test.afterEach(async () => {
    await desk.everyoneLeaves();
  });
  test.afterAll(async () => {
    await desk.close();
  });
  return desk;
}
