import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Committed } from '#server/sync/commit-queue.ts';
import { decodeMessage, encodeUpdate } from '#server/sync/frame.ts';
import { enterRoom, openPlainRoom } from './plain-room.ts';
import { changeOf } from './raw-client.ts';
import { textOf, wordsOf } from './sync-world.ts';

it('SY18 shows an author, too, what another node committed after the author’s own entry and said before', async () => {
  let answer: (committed: Committed) => void = () => undefined;
  const failures: unknown[] = [];
  const room = openPlainRoom({
    fail: (error) => failures.push(error),
    commit: () => new Promise((resolve) => (answer = resolve)),
  });
  const copy = (): Y.Doc => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(room.doc));
    return doc;
  };
  const [mine, theirs] = [copy(), copy()];
  const codes: number[] = [];
  const hear = (frame: Uint8Array): void => {
    const message = decodeMessage(frame);
    if (message?.kind === 'update') Y.applyUpdate(mine, message.update, 'server');
  };
  const ed = enterRoom(room, 'ed', 'editor', { send: hear, close: (code) => codes.push(code) });

  ed.receive(encodeUpdate(changeOf(mine, (doc) => textOf(doc).insert(0, 'Ed. '))));
  await Promise.resolve();
  await Promise.resolve();
  // While the database answers, the other node's entry arrives; Ed's is entry 2.
  room.advance([{ seq: 3, data: changeOf(theirs, (doc) => textOf(doc).insert(0, 'Eve. ')) }]);
  answer({ kind: 'committed', firstSeq: 2 });
  await room.settled();
  expect(room.seq).toBe(3);
  expect(wordsOf(mine)).toBe(wordsOf(room.doc));

  // What builds on it is no gap.
  ed.receive(encodeUpdate(changeOf(mine, (doc) => textOf(doc).insert(wordsOf(mine).indexOf('ve.'), 'x'))));
  await Promise.resolve();
  await Promise.resolve();
  answer({ kind: 'committed', firstSeq: 4 });
  await room.settled();
  expect([failures, codes]).toEqual([[], []]);
  expect(wordsOf(room.doc)).toContain('Exve.');
});
