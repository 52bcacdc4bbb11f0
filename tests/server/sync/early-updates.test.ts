/** What comes into a room before the SyncStep2 of its socket, and how much of it at a time. */
import { expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { CommitRequest, Committed } from '#server/sync/commit-queue.ts';
import type { Connection } from '#server/sync/connection.ts';
import { encodeStep2, encodeUpdate } from '#server/sync/frame.ts';
import { MAX_EARLY_UPDATES } from '#server/sync/limits.ts';
import type { Room } from '#server/sync/room.ts';
import { enterRoom, openPlainRoom } from './plain-room.ts';
import { changeOf } from './raw-client.ts';
import { textOf, wordsOf } from './sync-world.ts';

const ACK = 16;
const fail = (error: unknown): never => {
  throw error;
};

function copyOf(room: Room): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(room.doc));
  return doc;
}

interface Visit {
  readonly connection: Connection;
  readonly acks: number[];
  readonly closed: number[];
}

function visit(room: Room): Visit {
  const [acks, closed]: [number[], number[]] = [[], []];
  const connection = enterRoom(room, 'ed', 'editor', {
    send: ([type, count = 0]) => {
      if (type === ACK) acks.push(count);
    },
    close: (code) => closed.push(code),
  });
  return { connection, acks, closed };
}

it('SY36 what is typed before the work from offline is asked for waits for it, and is acknowledged with it', async () => {
  const room = openPlainRoom({ fail });
  const doc = copyOf(room);
  const stateVector = Y.encodeStateVector(room.doc);
  changeOf(doc, () => textOf(doc).insert(0, 'offline '));
  const { connection, acks, closed } = visit(room);
  for (const words of ['and ', 'then ']) {
    connection.receive(encodeUpdate(changeOf(doc, () => textOf(doc).insert(8, words))));
    await room.settled();
  }
  expect(acks).toEqual([]);
  connection.receive(encodeStep2(Y.encodeStateAsUpdate(doc, stateVector)));
  await room.settled();
  expect(closed).toEqual([]);
  expect(wordsOf(room.doc)).toMatch(/^offline then and The talks/);
  expect(acks.at(-1)).toBe(3);
});

it('SY36 what came early is not acknowledged with its SyncStep2, but once it is committed itself', async () => {
  let [seq, commits] = [1, 0];
  let release: (() => void) | null = null;
  const commit = ({ entries }: CommitRequest): Promise<Committed> => {
    const committed = { kind: 'committed', firstSeq: seq + 1 } as const;
    [seq, commits] = [seq + entries.length, commits + 1];
    if (commits === 1) return Promise.resolve(committed);
    return new Promise((resolve) => (release = () => resolve(committed)));
  };
  const room = openPlainRoom({ fail, commit });
  const doc = copyOf(room);
  const offline = changeOf(doc, () => textOf(doc).insert(0, 'offline '));
  const { connection, acks, closed } = visit(room);
  // In one turn: its SyncStep2 is in line already when it turns out that this must wait for it.
  connection.receive(encodeUpdate(changeOf(doc, () => textOf(doc).insert(8, 'and '))));
  connection.receive(encodeStep2(offline));
  await vi.waitUntil(() => release !== null);
  expect([wordsOf(room.doc).startsWith('offline The'), acks]).toEqual([true, []]);
  release!();
  await room.settled();
  expect([acks.at(-1), closed]).toEqual([2, []]);
});

it('SY36 what hangs on nothing that came by the SyncStep2 is refused, and so is too much before it', async () => {
  const room = openPlainRoom({ fail });
  const doc = copyOf(room);
  const lost = changeOf(doc, () => textOf(doc).insert(0, 'lost '));
  const early = changeOf(doc, () => textOf(doc).insert(5, 'early '));
  const one = visit(room);
  one.connection.receive(encodeUpdate(early));
  one.connection.receive(encodeStep2(new Uint8Array([0, 0])));
  await room.settled();
  expect(one.closed).toEqual([4422]);

  const many = visit(room);
  for (let i = 0; i <= MAX_EARLY_UPDATES; i += 1) many.connection.receive(encodeUpdate(early));
  await room.settled();
  expect(many.closed).toEqual([4422]);

  const whole = visit(room);
  whole.connection.receive(encodeUpdate(lost));
  whole.connection.receive(encodeUpdate(early));
  await room.settled();
  expect(whole.acks.at(-1)).toBe(2);
  expect(wordsOf(room.doc)).toMatch(/^lost early /);
});

it('SY38 large updates of one turn are committed apart, small ones together', async () => {
  const commits: number[] = [];
  let seq = 1;
  const commit = ({ entries }: CommitRequest): Promise<Committed> => {
    commits.push(entries.reduce((sum, { data }) => sum + data.length, 0));
    const firstSeq = seq + 1;
    seq += entries.length;
    return Promise.resolve({ kind: 'committed', firstSeq });
  };
  const room = openPlainRoom({ fail, commit });
  const [small, large] = [visit(room), visit(room)];
  const doc = copyOf(room);
  for (const words of ['a', 'b', 'c'])
    small.connection.receive(encodeUpdate(changeOf(doc, () => textOf(doc).insert(0, words))));
  await room.settled();
  expect(commits).toHaveLength(1);
  for (let i = 0; i < 3; i += 1)
    large.connection.receive(encodeUpdate(changeOf(doc, () => textOf(doc).insert(0, 'w'.repeat(100_000)))));
  await room.settled();
  expect(commits).toHaveLength(4);
  expect(large.closed).toEqual([]);
});
