/**
 * A workspace with a person of each role, one report, and nodes that serve its document: what the tests of sync
 * share. The authenticator is a small real one: `Authorization: Bearer NAME` is that person, as in the database.
 */
import { createServer, type Server } from 'node:http';
import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { defaultRatingScale } from '#core/domain/rating-scale.ts';
import { roles, type Role } from '#core/domain/words.ts';
import { BODY_ROOT, CLAIMS_ROOT } from '#core/text/schema.ts';
import type { Database } from '#db/open.ts';
import { setLocked } from '#db/queries/document-log.ts';
import { raiseRightsVersion } from '#db/queries/principals.ts';
import * as schema from '#db/schema.ts';
import { MemoryHub } from '#server/bus/memory-bus.ts';
import type { Bus } from '#server/bus/bus.ts';
import { openLog } from '#server/log.ts';
import type { Principal } from '#server/principal.ts';
import type { SyncAuthenticator } from '#server/sync/doorman.ts';
import { openRooms, type DocRef, type Rooms } from '#server/sync/rooms.ts';

export const people = ['olga', 'ed', 'eve', 'carl', 'vera', 'rick'] as const;
export type PersonName = (typeof people)[number];
const roleOf: Record<PersonName, Role> = {
  olga: 'owner',
  ed: 'editor',
  eve: 'editor',
  carl: 'commenter',
  vera: 'viewer',
  rick: 'editor',
};

export const silent = openLog({ level: 'silent', json: true });

/** The ids of a world, for another process that serves the same database. */
export interface WorldIds {
  readonly workspaceId: string;
  readonly reportId: string;
  readonly claimId: string;
  readonly members: Readonly<Record<string, string>>;
}

export class SyncWorld {
  readonly workspaceId: string;
  readonly reportId: string;
  readonly claimId: string;
  readonly members: Map<string, string>;
  readonly removed = new Set<string>();
  readonly given = new Map<string, Role>();
  readonly hub = new MemoryHub();
  readonly #nodes: Node[] = [];
  readonly #clients: Client[] = [];

  private constructor(
    readonly database: Database,
    ids: WorldIds,
  ) {
    this.workspaceId = ids.workspaceId;
    this.reportId = ids.reportId;
    this.claimId = ids.claimId;
    this.members = new Map(Object.entries(ids.members));
  }

  /** A world that another process made. */
  static attach(database: Database, ids: WorldIds): SyncWorld {
    return new SyncWorld(database, ids);
  }

  get ids(): WorldIds {
    const { workspaceId, reportId, claimId } = this;
    return { workspaceId, reportId, claimId, members: Object.fromEntries(this.members) };
  }

  static async create(
    database: Database,
    options: { locked?: boolean; text?: string } = {},
  ): Promise<SyncWorld> {
    const ids = { workspaceId: randomUUID(), reportId: randomUUID(), claimId: randomUUID(), members: {} };
    const world = new SyncWorld(database, ids);
    await world.#seed(options);
    return world;
  }

  get ref(): DocRef {
    return { workspaceId: this.workspaceId, reportId: this.reportId };
  }

  memberId(name: PersonName): string {
    return this.members.get(name) ?? '';
  }

  async #seed({
    locked = false,
    text = 'The talks lasted 75 minutes.',
  }: {
    locked?: boolean;
    text?: string;
  }): Promise<void> {
    const { db } = this.database;
    const at = new Date();
    await db
      .insert(schema.workspaces)
      .values({ id: this.workspaceId, name: 'Desk', ratingScale: [...defaultRatingScale], createdAt: at });
    for (const name of people) {
      const id = randomUUID();
      const userId = randomUUID();
      this.members.set(name, id);
      await db.insert(schema.users).values({ id: userId, name, email: `${name}-${userId}@example.org` });
      await db.insert(schema.members).values({
        id,
        workspaceId: this.workspaceId,
        userId,
        role: roleOf[name],
        color: '#abc',
        joinedAt: at,
      });
    }
    await this.addReport(this.reportId, { locked, text });
  }

  /** A report with one paragraph and one claim with an empty rationale. */
  async addReport(
    reportId: string,
    { locked = false, text = 'Words.' }: { locked?: boolean; text?: string } = {},
  ): Promise<void> {
    const at = new Date();
    const memberId = this.memberId('olga');
    await this.database.db.transaction(async (tx) => {
      await tx.insert(schema.reports).values({
        id: reportId,
        workspaceId: this.workspaceId,
        title: 'A report',
        purpose: 'external',
        genre: 'news_report',
        status: 'draft',
        plainText: text,
        wordCount: 5,
        createdBy: memberId,
        createdAt: at,
        updatedBy: memberId,
        updatedAt: at,
      });
      const node = openRooms({
        database: this.database,
        bus: this.hub.connect(),
        auth: this.authenticator(),
        log: silent,
        now: () => new Date(),
        nodeId: 'seed',
      });
      await node.create(
        tx,
        { workspaceId: this.workspaceId, reportId },
        firstUpdate(text, this.claimId),
        memberId,
      );
      await setLocked(tx, reportId, locked);
      await node.drain();
    });
  }

  authenticator(): SyncAuthenticator {
    return {
      authenticate: (headers) => {
        const name = headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
        const memberId = this.members.get(name);
        if (memberId === undefined || this.removed.has(name)) return Promise.resolve(null);
        const role = this.given.get(name) ?? roleOf[people.find((one) => one === name) ?? 'vera'];
        const principal: Principal = {
          workspaceId: this.workspaceId,
          memberId,
          userId: name,
          name,
          email: `${name}@example.org`,
          color: '#123456',
          role,
          via: { kind: 'token', id: `token-${name}` },
        };
        return Promise.resolve(principal);
      },
      roleFor: async (principal, reportId) => {
        const [report] = await this.database.db
          .select({ deletedAt: schema.reports.deletedAt })
          .from(schema.reports)
          .where(and(eq(schema.reports.id, reportId), eq(schema.reports.workspaceId, principal.workspaceId)));
        return report === undefined || report.deletedAt !== null
          ? null
          : (roles.find((role) => role === principal.role) ?? null);
      },
      forget: () => undefined,
      isAllowedOrigin: (origin) => origin === null || origin.startsWith('http://localhost'),
    };
  }

  /** A process that serves sync, all on the same database. */
  async startNode(options: { bus?: Bus; database?: Database; auth?: SyncAuthenticator } = {}): Promise<Node> {
    const { bus = this.hub.connect(), database = this.database, auth = this.authenticator() } = options;
    const rooms = openRooms({
      database,
      bus,
      auth,
      log: silent,
      now: () => new Date(),
      nodeId: `node-${this.#nodes.length}`,
    });
    const server = createServer();
    server.on('upgrade', (request, socket, head) => rooms.handleUpgrade(request, socket, head));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const node: Node = { rooms, server, bus, url: `ws://127.0.0.1:${port}/sync` };
    this.#nodes.push(node);
    return node;
  }

  /** What each command does that takes or gives a right. */
  raiseRights(): Promise<void> {
    return raiseRightsVersion(this.database.db, this.workspaceId);
  }

  /** What the command does that locks or unlocks a report, on one node. */
  async setLocked(node: Node, locked: boolean): Promise<void> {
    await this.database.db.transaction((tx) => setLocked(tx, this.reportId, locked));
    node.rooms.lockChanged(this.ref, locked);
  }

  /** An unchanged y-websocket client of a person, on a document of its own. */
  connect(
    node: Node,
    name: PersonName | 'nobody',
    options: { reportId?: string; doc?: Y.Doc; Provider?: typeof WebsocketProvider } = {},
  ): Client {
    const { reportId = this.reportId, doc = new Y.Doc(), Provider = WebsocketProvider } = options;
    const client = new Client(node, name, reportId, doc, Provider);
    this.#clients.push(client);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.provider.destroy();
    for (const { rooms, server, bus } of this.#nodes) {
      await rooms.drain();
      await bus.close();
      server.closeAllConnections();
      server.close();
    }
  }
}

export interface Node {
  readonly rooms: Rooms;
  readonly server: Server;
  readonly bus: Bus;
  readonly url: string;
}

export function firstUpdate(text: string, claimId: string, clientId?: number): Uint8Array {
  const doc = new Y.Doc();
  if (clientId !== undefined) doc.clientID = clientId;
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  doc.getXmlFragment(BODY_ROOT).insert(0, [paragraph]);
  const entry = new Y.Map<unknown>();
  doc.getMap(CLAIMS_ROOT).set(claimId, entry);
  entry.set('start', new Uint8Array([1]));
  entry.set('end', new Uint8Array([2]));
  entry.set('rationale', new Y.XmlFragment());
  return Y.encodeStateAsUpdate(doc);
}

/** A y-websocket provider that signs in, and what happened to it. */
export class Client {
  readonly provider: WebsocketProvider;
  closeCode: number | null = null;
  closeReason = '';

  constructor(
    node: Node,
    readonly name: string,
    reportId: string,
    readonly doc: Y.Doc,
    Provider: typeof WebsocketProvider,
  ) {
    // The browser's WebSocket takes no headers, so the class brings them.
    class SignedIn extends WebSocket {
      constructor(url: string | URL) {
        super(url, name === 'nobody' ? {} : { headers: { authorization: `Bearer ${name}` } });
      }
    }
    this.provider = new Provider(node.url, reportId, doc, {
      WebSocketPolyfill: SignedIn as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    });
    this.provider.on('connection-close', (event) => {
      this.closeCode = event?.code ?? null;
      this.closeReason = event?.reason ?? '';
    });
  }

  get body(): Y.XmlFragment {
    return this.doc.getXmlFragment(BODY_ROOT);
  }

  get words(): string {
    return wordsOf(this.doc);
  }

  /** The text of the first paragraph. */
  get text(): Y.XmlText {
    return textOf(this.doc);
  }

  rationale(claimId: string): Y.XmlFragment {
    return rationaleOf(this.doc, claimId);
  }

  async synced(): Promise<this> {
    await until(() => this.provider.synced, `${this.name} is synced`);
    return this;
  }
}

export function textOf(doc: Y.Doc): Y.XmlText {
  const paragraph = doc.getXmlFragment(BODY_ROOT).get(0);
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error('no paragraph with text');
  return text;
}

export function wordsOf(doc: Y.Doc): string {
  const paragraph = doc.getXmlFragment(BODY_ROOT).get(0);
  return paragraph instanceof Y.XmlElement ? paragraph.toArray().map(String).join('') : '';
}

export function rationaleOf(doc: Y.Doc, claimId: string): Y.XmlFragment {
  const entry = doc.getMap(CLAIMS_ROOT).get(claimId);
  const rationale = entry instanceof Y.Map ? entry.get('rationale') : null;
  if (!(rationale instanceof Y.XmlFragment)) throw new Error('no rationale');
  return rationale;
}

export function addParagraph(fragment: Y.XmlFragment, words: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  fragment.insert(fragment.length, [paragraph]);
}

/** Waits until it is so; fails after a while with what was awaited. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  milliseconds = 30_000,
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`waited too long until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
