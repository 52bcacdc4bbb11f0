/** One seed of the convergence fuzz: who does what next, what goes wrong, and what must be so in the end. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import * as Y from 'yjs';
import { entriesUpdate } from '#core/text/claim-entry.ts';
import { CLAIMS_ROOT } from '#core/text/schema.ts';
import type { Database, Tx } from '#db/open.ts';
import { loadDocument, setLocked } from '#db/queries/document-log.ts';
import * as schema from '#db/schema.ts';
import { CommittedDocument } from '#server/sync/document.ts';
import { openRooms, type Rooms } from '#server/sync/rooms.ts';
import { changeOf } from '#tests/server/sync/raw-client.ts';
import { people, silent, SyncWorld, until, type PersonName } from '#tests/server/sync/sync-world.ts';
import { contentOf, countMissing } from './document-content.ts';
import { editSomething } from './editing.ts';
import { FakeClient } from './fake-client.ts';
import { FaultyDatabase, type Fault } from './faulty-database.ts';
import { LossyBus, mendAll } from './lossy-bus.ts';
import { pick, randomFrom, type Random } from './random.ts';

interface Node {
  readonly rooms: Rooms;
  readonly faulty: FaultyDatabase;
  readonly bus: LossyBus;
  readonly clients: Set<FakeClient>;
}

const NAMES: readonly PersonName[] = [...people, 'ed', 'eve'];
/**
 * What an honest client may be turned away for here: the lock and the rights change under it. Nothing else, and for its
 * rights nobody else.
 */
const LOCKED = '4422 report_locked';
/** An update ahead of the SyncStep2 is kept for a second and a half of real time, which a busy machine may need. */
const TOO_EARLY = '4422 gap, early';
const LOSERS: readonly string[] = ['ed', 'rick', 'carl'];
const LOST = ['4401 signed_out', '4403 no_right', '4404 no_report'];
const WRITERS: readonly string[] = ['olga', 'ed', 'eve', 'rick'];

export class RandomDesk {
  readonly #clients: FakeClient[];
  #nodes: Node[] = [];
  /** Databases as nodes had them that died. */
  readonly #lost: FaultyDatabase[] = [];
  #started = 0;

  private constructor(
    readonly world: SyncWorld,
    readonly random: Random,
    readonly seed: number,
  ) {
    this.#clients = NAMES.map((name) => new FakeClient(name, world.reportId, random));
    this.#nodes = Array.from({ length: 1 + random(2) }, () => this.#startNode());
  }

  static async open(database: Database, seed: number): Promise<RandomDesk> {
    return new RandomDesk(await SyncWorld.create(database), randomFrom(seed), seed);
  }

  #startNode(): Node {
    const faulty = new FaultyDatabase(this.world.database);
    // Drawn apart: what is said when depends on the database too.
    const bus = new LossyBus(this.world.hub.connect(), randomFrom(this.seed * 1_000 + this.#started));
    const auth = this.world.authenticator();
    const nodeId = `node-${this.#started++}`;
    const rooms = openRooms({
      database: faulty.database,
      bus,
      auth,
      log: silent,
      now: () => new Date(),
      nodeId,
    });
    return { rooms, faulty, bus, clients: new Set() };
  }

  // What happens

  async step(): Promise<void> {
    await this.#act();
    for (let i = this.random(14); i > 0; i--) this.#deliver(pick(this.random, this.#clients));
    // Promises and the database go on for a while, as long as the seed says.
    for (let i = this.random(3); i > 0; i--) await new Promise((resolve) => setImmediate(resolve));
  }

  async #act(): Promise<void> {
    const client = pick(this.random, this.#clients);
    switch (this.random(24)) {
      case 0:
        return client.socket?.breakOff(this.random);
      case 1:
      case 2:
      case 3:
        return this.#connect(client);
      case 4:
        return client.reload();
      case 5:
        return this.#repeat(client);
      case 6:
        return this.#breakDatabase();
      case 7:
        return this.random(3) === 0 ? this.#crash() : undefined;
      case 8:
        return this.random(2) === 0 ? this.#setLocked(this.random(2) === 0) : undefined;
      case 9:
        return this.#changeRights();
      case 10:
      case 11:
        return this.#command();
      default:
        if (WRITERS.includes(client.name)) editSomething(client.doc, this.world.claimId, this.random);
    }
  }

  #deliver(client: FakeClient): void {
    const toServer = this.random(2) === 0;
    for (let i = 1 + this.random(3); i > 0; i--) {
      if (toServer) client.socket?.deliverToServer();
      else client.socket?.deliverToClient();
    }
  }

  #connect(client: FakeClient): void {
    if (client.socket !== null) return;
    const node = pick(this.random, this.#nodes);
    for (const { clients } of this.#nodes) clients.delete(client);
    node.clients.add(client);
    client.connect(node.rooms);
  }

  #repeat(client: FakeClient): void {
    const again = client.promised.at(-1);
    if (again !== undefined && WRITERS.includes(client.name)) client.repeat(again);
  }

  #breakDatabase(): void {
    const { faulty } = pick(this.random, this.#nodes);
    const faults: readonly Fault[] = ['fails before', 'fails after'];
    if (this.random(2) === 0) faulty.failingReads += 1 + this.random(3);
    else faulty.faults.push(pick(this.random, faults));
  }

  /** A node dies, now or in the middle of its next commit, and another takes its place. */
  async #crash(): Promise<void> {
    const node = pick(this.random, this.#nodes);
    if (this.random(2) === 0) {
      node.faulty.faults.unshift('answers never');
      for (const client of node.clients) while (client.socket?.deliverToServer() === true);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await this.#lose(node);
    this.#nodes = this.#nodes.map((one) => (one === node ? this.#startNode() : one));
  }

  async #lose(node: Node): Promise<void> {
    node.faulty.isLost = true;
    this.#lost.push(node.faulty);
    for (const client of node.clients) client.socket?.loseServer();
    await node.bus.close();
    void node.rooms.drain();
  }

  // What the server does

  async #setLocked(locked: boolean): Promise<void> {
    const { database, reportId, ref } = this.world;
    await database.db.transaction((tx) => setLocked(tx, reportId, locked));
    pick(this.random, this.#nodes).rooms.lockChanged(ref, locked);
  }

  #changeRights(): void {
    const name = pick(this.random, ['ed', 'rick', 'carl'] as const);
    const { world } = this;
    if (this.random(2) === 0) {
      world.removed.delete(name);
      return void world.given.delete(name);
    }
    const target = { memberId: world.memberId(name) };
    const { rooms } = pick(this.random, this.#nodes);
    if (this.random(2) === 0) {
      world.removed.add(name);
      return rooms.cut(target, 4401);
    }
    world.given.set(name, 'viewer');
    return rooms.cut(target, 4403);
  }

  /** A claim is made, moved or removed: rows and entry in one transaction, which may fail. */
  async #command(): Promise<void> {
    const { rooms } = pick(this.random, this.#nodes);
    const { world, random } = this;
    const isFailing = random(4) === 0;
    const doc = await rooms.fork(world.ref).catch(() => null);
    if (doc === null) return;
    const made = [...doc.getMap(CLAIMS_ROOT).keys()].filter((id) => id !== world.claimId);
    const claimId = made.length > 0 && random(2) === 0 ? pick(random, made) : null;
    const isRemoved = random(2) === 0;
    const writeRow = (tx: Tx): Promise<unknown> => {
      if (claimId === null) return this.#insertClaim(tx, newId);
      return isRemoved ? tx.delete(schema.claims).where(eq(schema.claims.id, claimId)) : Promise.resolve();
    };
    const newId = randomUUID();
    const update = claimId === null ? entryOf(newId) : changeEntry(doc, claimId, isRemoved);
    try {
      const appended = await world.database.db.transaction(async (tx) => {
        await writeRow(tx);
        const done = await rooms.append(tx, world.ref, update, world.memberId('olga'));
        if (isFailing) tx.rollback();
        return done;
      });
      rooms.deliver(world.ref, appended);
    } catch (error) {
      if (!isFailing) throw error;
    }
  }

  #insertClaim(tx: Tx, id: string): Promise<unknown> {
    const { workspaceId, reportId } = this.world;
    const at = new Date();
    return tx.insert(schema.claims).values({
      id,
      workspaceId,
      reportId,
      exact: 'talks',
      prefix: '',
      suffix: '',
      copies: 1,
      anchorState: 'anchored',
      anchorConfidence: 1,
      type: 'other',
      priority: 'normal',
      status: 'open',
      tags: [],
      attributionState: 'unchecked',
      createdBy: this.world.memberId('olga'),
      createdAt: at,
      updatedAt: at,
    });
  }

  // The end

  /** Everything is well again, everybody comes back, and all that is under way arrives. */
  async settle(): Promise<void> {
    await Promise.all(this.#lost.map((faulty) => faulty.ended()));
    for (const { faulty } of this.#nodes) faulty.faults.length = faulty.failingReads = 0;
    mendAll(this.#nodes.map(({ bus }) => bus));
    await this.#setLocked(false);
    this.world.removed.clear();
    this.world.given.clear();
    await until(() => {
      for (const client of this.#clients) {
        this.#connect(client);
        while (client.socket?.deliverToServer() === true || client.socket?.deliverToClient() === true);
      }
      return this.#clients.every(({ isSettled }) => isSettled) && this.#areEqual();
    }, 'everybody is in step').catch((error: unknown) => {
      // The check below says more than that it took too long.
      if (this.#clients.some(({ isSettled }) => !isSettled)) throw error;
    });
  }

  #areEqual(): boolean {
    const [first, ...others] = this.#clients.map(({ doc }) => JSON.stringify(contentOf(doc)));
    return others.every((other) => other === first);
  }

  async check(): Promise<void> {
    const { world } = this;
    const stored = await loadDocument(world.database.db, world.reportId);
    if (stored === null) throw new Error('no document');
    const log = new CommittedDocument(stored);
    const expected = contentOf(log.doc);
    for (const { name, doc } of this.#clients) expect(contentOf(doc), name).toEqual(expected);
    for (const { rooms } of this.#nodes) {
      const read = (): Promise<unknown> => rooms.read(world.ref, contentOf);
      // Nodes on the embedded database, which has one in life, do not ask the log before they read.
      if (world.database.engine === 'embedded')
        await until(async () => JSON.stringify(await read()) === JSON.stringify(expected), 'a node reads it');
      expect(await read()).toEqual(expected);
    }
    const newcomer = new Y.Doc();
    Y.applyUpdate(newcomer, log.state);
    expect(contentOf(newcomer)).toEqual(expected);
    expect([log.doc.store.pendingStructs, log.doc.store.pendingDs]).toEqual([null, null]);
    for (const { name, promised } of this.#clients)
      expect(countMissing(log.doc, promised), `what ${name} was promised`).toBe(0);
    for (const { name, turnedAway } of this.#clients) {
      const deserved = LOSERS.includes(name) ? [LOCKED, ...LOST] : [LOCKED];
      expect(
        turnedAway.filter((why) => why !== TOO_EARLY && !deserved.includes(why.replace(', early', ''))),
        `why ${name} was turned away`,
      ).toEqual([]);
    }
    await this.#checkClaims(log.doc);
  }

  async #checkClaims(doc: Y.Doc): Promise<void> {
    const { database, reportId, claimId } = this.world;
    const rows = await database.db
      .select({ id: schema.claims.id })
      .from(schema.claims)
      .where(eq(schema.claims.reportId, reportId));
    const entries = [...doc.getMap(CLAIMS_ROOT).keys()].filter((id) => id !== claimId);
    expect(entries.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.socket?.breakOff(this.random);
    for (const { rooms, bus } of this.#nodes) {
      await rooms.drain();
      await bus.close();
    }
  }
}

function entryOf(claimId: string): Uint8Array {
  const place = { start: new Uint8Array([1]), end: new Uint8Array([2]) };
  return entriesUpdate([{ claimId, place, rationale: null }]);
}

function changeEntry(doc: Y.Doc, claimId: string, isRemoved: boolean): Uint8Array {
  return changeOf(doc, () => {
    const claims = doc.getMap(CLAIMS_ROOT);
    const entry = claims.get(claimId);
    if (isRemoved) claims.delete(claimId);
    else if (entry instanceof Y.Map) entry.set('start', new Uint8Array([3]));
  });
}
