/** A socket of which nothing is read: what is kept for it. */
import * as encoding from 'lib0/encoding';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { Connection, type Wire } from '#server/sync/connection.ts';
import { encodeStep1 } from '#server/sync/frame.ts';
import type { Room } from '#server/sync/room.ts';
import { openPlainRoom, principalOf } from './plain-room.ts';
import { changeOf } from './raw-client.ts';
import { textOf } from './sync-world.ts';

/** Keeps all that it is given until somebody reads. */
class StalledWire implements Wire {
  #unread: { readonly frame: Uint8Array; readonly sent: (() => void) | undefined }[] = [];
  readonly codes: number[] = [];

  send(frame: Uint8Array, sent?: () => void): void {
    this.#unread.push({ frame, sent });
  }

  buffered(): number {
    return this.#unread.reduce((sum, { frame }) => sum + frame.length, 0);
  }

  setPaused(): void {}
  ping(): void {}
  terminate(): void {}

  close(code: number): void {
    this.codes.push(code);
  }

  /** Everything of now has left; how many SyncStep2 were among it. */
  read(): number {
    const read = this.#unread.splice(0);
    for (const { sent } of read) sent?.();
    return read.filter(({ frame }) => frame[0] === 0 && frame[1] === 1).length;
  }
}

/** A document of about a megabyte. */
function openBigRoom(): Room {
  const room = openPlainRoom({
    fail: (error) => {
      throw error;
    },
  });
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(room.doc));
  room.advance([{ seq: 2, data: changeOf(copy, (doc) => textOf(doc).insert(0, 'w'.repeat(1_000_000))) }]);
  return room;
}

/** A SyncStep1 that knows one character of a client that nobody else knows: no answer to it is prepared. */
const step1From = (clientId: number): Uint8Array =>
  encodeStep1(
    encoding.encode((encoder) => {
      for (const number of [1, clientId, 1]) encoding.writeVarUint(encoder, number);
    }),
  );

function enter(room: Room): { wire: StalledWire; ask: (times: number) => void } {
  let now = 0;
  const wire = new StalledWire();
  const connection = new Connection(wire, true, () => now);
  connection.open(room, principalOf('vera', 'viewer'), 'viewer');
  const ask = (times: number): void => {
    for (let i = 1; i <= times; i++) {
      now += 1_000;
      connection.receive(step1From(i));
    }
  };
  return { wire, ask };
}

it('SY16 keeps one answer for a reader that asks again and again and does not read', () => {
  const { wire, ask } = enter(openBigRoom());
  ask(60);
  expect(wire.buffered()).toBeGreaterThan(1_000_000);
  expect(wire.buffered()).toBeLessThan(1_100_000);
});

it('SY16 answers who reads on, the newest of what was asked meanwhile', () => {
  const { wire, ask } = enter(openBigRoom());
  ask(3);
  expect([wire.read(), wire.read(), wire.read()]).toEqual([1, 1, 0]);
  ask(1);
  expect(wire.read()).toBe(1);
  expect(wire.codes).toEqual([]);
});
