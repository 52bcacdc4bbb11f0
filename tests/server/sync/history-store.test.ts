/** The contract of snapshots, segments and moments, on both engines. */
import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { BODY_ROOT } from '#core/text/schema.ts';
import { readTail, replaceTail } from '#db/queries/document-history.ts';
import { appendGroup } from '#db/queries/document-append.ts';
import { loadDocument, readDocumentSince } from '#db/queries/document-log.ts';
import type { Database } from '#db/open.ts';
import { Compactor } from '#server/sync/compactor.ts';
import { CommittedDocument } from '#server/sync/document.ts';
import { readHistory } from '#server/sync/history.ts';
import { makeSnapshot } from '#server/sync/snapshot.ts';
import { packSegment, unpackSegment } from '#server/sync/segment.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { changeOf } from './raw-client.ts';
import { addParagraph, silent, SyncWorld, textOf } from './sync-world.ts';

const TEXT = 'The talks lasted 75 minutes.';

describeOnEveryDatabase('the history of a document', (open) => {
  let database: Database;
  let world: SyncWorld;
  let docId: string;
  let writer: Y.Doc;
  let second: number;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await SyncWorld.create(database, { text: TEXT });
    docId = world.reportId;
    writer = (await loaded()).copy();
    second = 0;
  });
  afterEach(() => world.close());

  const loaded = async (): Promise<CommittedDocument> => {
    const stored = await loadDocument(database.db, docId);
    if (stored === null) throw new Error('no document');
    return new CommittedDocument(stored);
  };
  /** Writes as Ed, a second after the entry before; answers what then stands there. */
  const write = async (change: (doc: Y.Doc) => void): Promise<string> => {
    const data = changeOf(writer, change);
    const at = new Date(Date.UTC(2026, 0, 2, 3, 4, ++second));
    await appendGroup(database, [{ docId, memberId: world.memberId('ed'), data }], [], {
      nodeId: 'test',
      at,
    });
    return shape(writer);
  };
  const type = (words: string): Promise<string> => write((doc) => textOf(doc).insert(0, words));
  const compact = async (): Promise<boolean> => {
    const tail = await readTail(database.db, docId);
    const last = tail?.entries.at(-1);
    if (tail === null || last === undefined) return false;
    return replaceTail(database, {
      docId,
      afterSeq: tail.snapshotSeq,
      uptoSeq: last.seq,
      ...makeSnapshot(tail),
      at: new Date(),
    });
  };
  const snapshots = async (): Promise<number[]> => {
    const { rows } = await database.db.execute<{ upto_seq: string }>(
      sql`SELECT upto_seq FROM doc_snapshots WHERE doc_id = ${docId} ORDER BY upto_seq`,
    );
    return rows.map((row) => Number(row.upto_seq));
  };

  it('SY20 puts a snapshot in the place of what it covers, and keeps what came meanwhile', async () => {
    await type('A');
    const tail = await readTail(database.db, docId);
    if (tail === null) throw new Error('no log');
    const expected = await type('B');
    const made = makeSnapshot(tail);
    expect(await replaceTail(database, { docId, afterSeq: 0, uptoSeq: 2, ...made, at: new Date() })).toBe(
      true,
    );
    expect(await loadDocument(database.db, docId)).toMatchObject({
      headSeq: 3,
      snapshotSeq: 2,
      entries: [{ seq: 2 }, { seq: 3 }],
    });
    expect(shape((await loaded()).doc)).toBe(expected);
    expect(await readDocumentSince(database.db, docId, 2)).toMatchObject([{ seq: 3 }]);
    expect(await readDocumentSince(database.db, docId, 1)).toBeNull();
  });

  it('SY20 takes no snapshot that goes on from another than the present one, or is newer than the log', async () => {
    await type('A');
    const tail = await readTail(database.db, docId);
    if (tail === null) throw new Error('no log');
    const snapshot = { docId, afterSeq: 0, uptoSeq: 2, ...makeSnapshot(tail), at: new Date() };
    expect(await replaceTail(database, { ...snapshot, uptoSeq: 9 })).toBe(false);
    expect(await replaceTail(database, snapshot)).toBe(true);
    expect(await replaceTail(database, snapshot)).toBe(false);
    expect(await replaceTail(database, { ...snapshot, afterSeq: 2 })).toBe(false);
  });

  it('SY20 loses no entry that is appended while two make snapshots', async () => {
    const compactors = [1, 2].map(() => new Compactor({ database, log: silent }));
    let isWriting = true;
    const keepCompacting = async (compactor: Compactor): Promise<void> => {
      while (isWriting) await compactor.compact(docId);
    };
    const compacting = compactors.map(keepCompacting);
    const shapes: string[] = [];
    for (let i = 0; i < 40; i++) shapes.push(await type('x'));
    isWriting = false;
    await Promise.all(compacting);
    for (const compactor of compactors) await compactor.close();
    expect(shape((await loaded()).doc)).toBe(shapes.at(-1));
    expect((await loadDocument(database.db, docId))?.snapshotSeq).toBeGreaterThan(1);
    for (const [i, expected] of shapes.entries())
      expect(shape((await readHistory(database, docId, i + 2)).doc)).toBe(expected);
  });

  it('HI1 reads every moment as it was, before, at and after snapshots', async () => {
    const shapes = [`<paragraph>${TEXT}</paragraph>`];
    for (let round = 0; round < 4; round++) {
      shapes.push(await type('New. '));
      shapes.push(await write((doc) => addParagraph(doc.getXmlFragment(BODY_ROOT), 'Gone soon.')));
      shapes.push(await write((doc) => doc.getXmlFragment(BODY_ROOT).delete(1, 1)));
      if (round < 3) expect(await compact()).toBe(true);
    }
    const read = shapes.map(async (_, i) => shape((await readHistory(database, docId, i + 1)).doc));
    expect(await Promise.all(read)).toEqual(shapes);
    const moment = await readHistory(database, docId, 7);
    expect([moment.memberId, moment.at.toISOString()]).toEqual([
      world.memberId('ed'),
      '2026-01-02T03:04:06.000Z',
    ]);
  });

  it('HI1 answers not_found for what is no moment', async () => {
    await expect(readHistory(database, docId, 2)).rejects.toMatchObject({ code: 'not_found' });
    await expect(readHistory(database, docId, 0)).rejects.toMatchObject({ code: 'not_found' });
    await expect(readHistory(database, world.memberId('ed'), 1)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('HI5 keeps an old snapshot only where the log before it is longer than it is', async () => {
    const much = 'Words that make the log long. '.repeat(40);
    for (let i = 0; i < 3; i++) await type(much);
    await write((doc) => textOf(doc).delete(0, 3 * much.length));
    await compact();
    await type('A');
    await compact();
    await type('B');
    await compact();
    // The first stands for a log much longer than itself, the second for one letter, the third is the present one.
    expect(await snapshots()).toEqual([5, 7]);
  });

  it('HI5 packs entries with who and when, and unpacks them the same', () => {
    const entries = [null, 'a', 'b', 'a'].map((memberId, i) => ({
      seq: 5 + i,
      memberId,
      at: new Date(Date.UTC(2026, 0, 1) - i * 1_000),
      data: new Uint8Array(i).fill(i),
    }));
    expect(unpackSegment(packSegment(entries), 5)).toEqual(entries);
    expect(unpackSegment(packSegment([]), 1)).toEqual([]);
  });
});

const shape = (doc: Y.Doc): string => doc.getXmlFragment(BODY_ROOT).toString();
