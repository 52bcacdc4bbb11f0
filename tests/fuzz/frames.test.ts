/**
 * Frames with changed bytes, at the door of a room: no frame makes it throw, others keep their document and their
 * socket, and it needs no more memory for it. `FUZZ_FRAMES` sends more.
 */
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Connection } from '#server/sync/connection.ts';
import {
  decodeMessage,
  encodeAwareness,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
} from '#server/sync/frame.ts';
import { changeOf } from '#tests/server/sync/raw-client.ts';
import { enterRoom, openPlainRoom } from '#tests/server/sync/plain-room.ts';
import { brokenLinks, contentOf, entriesOf } from './document-content.ts';
import { editSomething } from './editing.ts';
import { changeBytes, forge } from './forging.ts';
import { CLAIM_ID } from './plain-server.ts';
import { pick, randomFrom, type Random } from './random.ts';

const FRAMES = Number(process.env['FUZZ_FRAMES'] ?? 6_000);
/** A room takes this many, then a fresh one goes on: a document that grows would only make each frame slower. */
const FRAMES_A_ROOM = 2_000;
/** What collection may leave at any moment; a leak of one frame in ten would be more. */
const MEMORY_BYTES = 300 * 1024 * 1024;
/** For each thousand frames, on a busy machine. */
const MILLISECONDS_A_THOUSAND = 5_000;

it(
  'SY11 survives frames of changed bytes, and so does everybody else',
  async () => {
    const before = process.memoryUsage().heapUsed;
    for (let sent = 0, seed = 1; sent < FRAMES; sent += FRAMES_A_ROOM, seed++) {
      await flood(seed, Math.min(FRAMES_A_ROOM, FRAMES - sent));
      expect(process.memoryUsage().heapUsed - before, `seed ${seed}`).toBeLessThan(MEMORY_BYTES);
    }
  },
  20_000 + (FRAMES / 1_000) * MILLISECONDS_A_THOUSAND,
);

async function flood(seed: number, count: number): Promise<void> {
  const random = randomFrom(seed);
  prepared.length = 0;
  const failures: unknown[] = [];
  const room = openPlainRoom({ fail: (error) => failures.push(error) });
  const reader = new Y.Doc();
  const codes: number[] = [];
  const read = (frame: Uint8Array): void => {
    const message = decodeMessage(frame);
    if (message?.kind === 'update') Y.applyUpdate(reader, message.update);
  };
  enterRoom(room, 'vera', 'viewer', { send: read, close: (code) => codes.push(code) }).receive(
    encodeStep1(new Uint8Array([0])),
  );
  const entries = entriesOf(room.doc);
  let forger: Connection | null = null;
  for (let i = 0; i < count; i++) {
    forger ??= enterRoom(room, 'mallory', 'editor');
    forger.receive(someFrame(room.doc, random));
    // The room works on what came while the next ones arrive.
    if (random(4) === 0) await room.settled();
    if (forger.isClosing) forger = null;
  }
  await room.settled();
  forger?.gone();
  expect([failures, codes], `seed ${seed}`).toEqual([[], []]);
  expect(entriesOf(room.doc), `seed ${seed}`).toEqual(entries);
  expect(brokenLinks(room.doc), `seed ${seed}`).toEqual([]);
  expect(contentOf(reader), `seed ${seed}`).toEqual(contentOf(room.doc));
  room.destroy();
}

function someFrame(doc: Y.Doc, random: Random): Uint8Array {
  const frame = honestFrame(doc, random);
  return random(10) === 0 ? frame : changeBytes(frame, random);
}

/** The documents of the forgers are made seldom, since that costs more than all the rest. */
const prepared: Uint8Array[] = [];

function honestFrame(doc: Y.Doc, random: Random): Uint8Array {
  if (prepared.length < 50 || random(20) === 0) {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    copy.clientID = 1 + random(50);
    prepared[random(50)] = encodeUpdate(changeOf(copy, () => editSomething(copy, CLAIM_ID, random)));
    prepared[random(50)] = encodeUpdate(forge(copy, random).update);
    prepared[random(50)] = encodeStep1(Y.encodeStateVector(copy));
    prepared[random(50)] = encodeStep2(Y.encodeStateAsUpdate(copy));
    prepared[random(50)] = encodeAwareness(
      new Uint8Array([1, 1 + random(50), 1, 15, ...new TextEncoder().encode('{"cursor":null}')]),
    );
    copy.destroy();
  }
  return pick(
    random,
    prepared.filter((frame) => frame !== undefined),
  );
}
