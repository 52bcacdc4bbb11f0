/** The contract of a document's log, on both engines. */
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { appendGroup, type NewEntry, type Written } from '#db/queries/document-append.ts';
import { documentHead, loadDocument, readClients } from '#db/queries/document-log.ts';
import type { Database } from '#db/open.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { SyncWorld } from './sync-world.ts';

const origin = { nodeId: 'test', at: new Date('2026-01-02T03:04:05.678Z') };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describeOnEveryDatabase('the document log', (open) => {
  let database: Database;
  let world: SyncWorld;
  let docId: string;
  let memberId: string;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await SyncWorld.create(database);
    docId = world.reportId;
    memberId = world.memberId('ed');
  });

  const entry = (text: string, id = docId): NewEntry => ({
    docId: id,
    memberId,
    data: bytes(text),
  });
  const append = (...texts: string[]): Promise<Written> =>
    appendGroup(
      database,
      texts.map((text) => entry(text)),
      [],
      origin,
    );
  const stored = async (id = docId): Promise<string[]> => {
    const document = await loadDocument(database.db, id);
    return (document?.entries ?? [])
      .slice(1)
      .map(({ seq, data }) => `${seq}:${new TextDecoder().decode(data)}`);
  };

  it('SY20 numbers the entries of a document without gaps, in the order of their commits', async () => {
    expect(await append('a', 'b')).toEqual({
      kind: 'written',
      base: new Map([[docId, 1]]),
      locked: new Set(),
      held: new Set(),
    });
    await append('c');
    expect(await stored()).toEqual(['2:a', '3:b', '4:c']);
    expect(await documentHead(database.db, docId)).toBe(4);
  });

  it('SY20 keeps every number unique when many append at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, i) => append(`x${i}`, `y${i}`)));
    const document = await loadDocument(database.db, docId);
    expect(document?.entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 81 }, (_, i) => i + 1));
  });

  it('SY20 appends to many documents in one group', async () => {
    const other = randomUUID();
    await world.addReport(other);
    const written = await appendGroup(database, [entry('a'), entry('b', other), entry('c')], [], origin);
    expect(written).toEqual({
      kind: 'written',
      base: new Map([
        [docId, 1],
        [other, 1],
      ]),
      locked: new Set(),
      held: new Set(),
    });
    expect([await stored(), await stored(other)]).toEqual([['2:a', '3:c'], ['2:b']]);
  });

  it('SY7 appends nothing to a locked document that may not be there, and the rest of the group', async () => {
    const other = randomUUID();
    await world.addReport(other, { locked: true });
    const text: NewEntry = { ...entry('text', other), unlessLocked: true };
    const claim = { docId: other, clientId: 7, memberId };
    const alone = await appendGroup(database, [text], [], origin);
    expect(alone).toEqual({ kind: 'written', base: new Map(), locked: new Set([other]), held: new Set() });
    const together = await appendGroup(
      database,
      [entry('a'), entry('rationale', other), text],
      [claim],
      origin,
    );
    expect(together).toEqual({
      kind: 'written',
      base: new Map([[docId, 1]]),
      locked: new Set([other]),
      held: new Set(),
    });
    expect((await readClients(database.db, other)).has(7)).toBe(false);
    await appendGroup(database, [entry('rationale', other)], [], origin);
    expect([await stored(), await stored(other)]).toEqual([['2:a'], ['2:rationale']]);
  });

  it('SY20 leaves out a document that does not exist', async () => {
    const written = await appendGroup(database, [entry('a'), entry('b', randomUUID())], [], origin);
    expect(written).toEqual({
      kind: 'written',
      base: new Map([[docId, 1]]),
      locked: new Set(),
      held: new Set(),
    });
  });

  it('SY8 gives a client id to its first user and appends nothing of a group that uses it as another', async () => {
    const own = { docId, clientId: 4_294_967_295, memberId };
    await appendGroup(database, [entry('a')], [own, own], origin);
    const forged = { ...own, memberId: world.memberId('eve') };
    const written = await appendGroup(database, [entry('b')], [forged], origin);
    expect(written).toEqual({ kind: 'foreign_client', clients: [{ docId, clientId: own.clientId }] });
    expect(await stored()).toEqual(['2:a']);
    expect((await readClients(database.db, docId)).get(own.clientId)).toBe(memberId);
  });

  it('SY22 appends in the transaction of a command, and nothing of it when that fails', async () => {
    const node = await world.startNode();
    const update = Y.encodeStateAsUpdate(new Y.Doc());
    await expect(
      database.db.transaction(async (tx) => {
        await node.rooms.append(tx, world.ref, update, memberId);
        throw new Error('the command failed');
      }),
    ).rejects.toThrow('the command failed');
    expect(await documentHead(database.db, docId)).toBe(1);
    await world.close();
  });
});
