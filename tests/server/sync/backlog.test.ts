import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { Backlog } from '#server/sync/backlog.ts';
import type { CommitRequest, Committed } from '#server/sync/commit-queue.ts';
import { encodeUpdate } from '#server/sync/frame.ts';
import { enterRoom, openPlainRoom } from './plain-room.ts';
import { changeOf } from './raw-client.ts';
import { textOf, wordsOf } from './sync-world.ts';

const MOST = 20_000;
const EACH = 1_000;

it('SY64 holds no more than the bound while the database hangs, whoever comes and goes, and then stores what waits', async () => {
  const failures: unknown[] = [];
  const backlog = new Backlog(MOST);
  let isAway = true;
  let seq = 1;
  const waiting: (() => void)[] = [];
  const commit = ({ entries }: CommitRequest): Promise<Committed> =>
    new Promise((resolve) => {
      const answer = (): void => {
        const firstSeq = seq + 1;
        seq += entries.length;
        resolve({ kind: 'committed', firstSeq });
      };
      if (isAway) waiting.push(answer);
      else answer();
    });
  const room = openPlainRoom({ fail: (error) => failures.push(error), commit, backlog });
  const taken: string[] = [];
  const closed: number[] = [];
  for (let i = 0; i < 100; i++) {
    const mine = new Y.Doc();
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(room.doc));
    const mark = `[${i}]`;
    const codes: number[] = [];
    const socket = enterRoom(room, `ed ${i}`, 'editor', { close: (code) => codes.push(code) });
    socket.receive(encodeUpdate(changeOf(mine, (doc) => textOf(doc).insert(0, mark.padEnd(EACH)))));
    if (codes.length === 0) taken.push(mark);
    closed.push(...codes);
    expect(backlog.bytes).toBeLessThanOrEqual(MOST);
    socket.gone();
    await Promise.resolve();
  }
  expect([taken.length, new Set(closed)]).toEqual([Math.floor(MOST / (EACH + 30)), new Set([1013])]);

  isAway = false;
  for (const answer of waiting) answer();
  await room.settled();
  expect([failures, backlog.bytes]).toEqual([[], 0]);
  expect(taken.filter((mark) => !wordsOf(room.doc).includes(mark))).toEqual([]);
  // And it goes on.
  const late = enterRoom(room, 'late', 'editor', { close: (code) => closed.push(code) });
  const mine = new Y.Doc();
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(room.doc));
  late.receive(encodeUpdate(changeOf(mine, (doc) => textOf(doc).insert(0, 'Late. '))));
  await room.settled();
  expect(wordsOf(room.doc).startsWith('Late. ')).toBe(true);
});
