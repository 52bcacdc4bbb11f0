/** Awareness by itself: the size of a state, and one person's client id on several sockets, on one node and on two. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { expect, it } from 'vitest';
import { Awareness, type Visitor } from '#server/sync/awareness.ts';

const ID = 7;

/** Who hears what is said of client id 7. */
class Socket implements Visitor {
  readonly heard: unknown[] = [];
  readonly person: Visitor['person'];

  constructor(
    readonly room: Awareness,
    name: string,
  ) {
    this.person = { id: name, name, color: '#123456' };
    room.enter(this);
  }

  send(frame: Uint8Array): void {
    const outer = decoding.createDecoder(frame);
    decoding.readVarUint(outer);
    const decoder = decoding.createDecoder(decoding.readVarUint8Array(outer));
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const clientId = decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
      const state: unknown = JSON.parse(decoding.readVarString(decoder));
      if (clientId === ID) this.heard.push(isPlace(state) ? state.at : null);
    }
  }

  /** Its state, and that it was passed on. */
  async say(clock: number, state: object): Promise<void> {
    this.room.hear(this, entryOf(clock, state));
    await isPassedOn();
  }

  async leave(): Promise<void> {
    this.room.leave(this);
    await isPassedOn();
  }
}

/** A node tells what changed at the end of its turn, and the other at the end of the next. */
async function isPassedOn(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const isPlace = (state: unknown): state is { at: unknown } =>
  typeof state === 'object' && state !== null && 'at' in state;

function entryOf(clock: number, state: object): Uint8Array {
  return encoding.encode((encoder) => {
    for (const number of [1, ID, clock]) encoding.writeVarUint(encoder, number);
    encoding.writeVarString(encoder, JSON.stringify(state));
  });
}

const openRoom = (publish: (update: Uint8Array) => void = () => undefined): Awareness =>
  new Awareness(publish, () => 0);

/** Two nodes that hear each other at once. */
function openTwo(): [Awareness, Awareness] {
  const one: Awareness = openRoom((update) => other.hearNode('one', update));
  const other: Awareness = openRoom((update) => one.hearNode('other', update));
  return [one, other];
}

it.each([
  ['bytes, not of characters', 'ü'.repeat(1_500), 'too_large'],
  ['what fits', 'ü'.repeat(900), null],
])('SY15 the size of a state is one of %s', (_what, note, problem) => {
  const room = openRoom();
  expect(room.hear(new Socket(room, 'ed'), entryOf(1, { note }))).toBe(problem);
});

it('SY60 shows at once who came back while the old socket is half open, and does not let it end that', async () => {
  const room = openRoom();
  const eve = new Socket(room, 'eve');
  const old = new Socket(room, 'ed');
  await old.say(5, { at: 1 });
  const back = new Socket(room, 'ed');
  await back.say(6, { at: 2 });
  await back.say(7, { at: 3 });
  await old.leave();
  await back.say(8, { at: 4 });
  expect(eve.heard).toEqual([1, 2, 3, 4]);
  await back.leave();
  expect(eve.heard.at(-1)).toBeNull();
});

it('SY60 lets nobody else take a client id over', async () => {
  const room = openRoom();
  const eve = new Socket(room, 'eve');
  await new Socket(room, 'ed').say(5, { at: 1 });
  await new Socket(room, 'rick').say(6, { at: 2, user: { id: 'ed' } });
  expect(eve.heard).toEqual([1]);
});

it('SY60 lets no socket take over what it only echoes', async () => {
  const room = openRoom();
  const eve = new Socket(room, 'eve');
  const ed = new Socket(room, 'ed');
  await ed.say(5, { at: 1 });
  const other = new Socket(room, 'ed');
  await other.say(5, { at: 1, user: { id: 'ed', name: 'ed', color: '#123456' } });
  await ed.say(6, { at: 2 });
  expect(eve.heard).toEqual([1, 2]);
});

it('SY60 lets no socket take back what it lost', async () => {
  const room = openRoom();
  const eve = new Socket(room, 'eve');
  const old = new Socket(room, 'ed');
  await old.say(5, { at: 1 });
  const back = new Socket(room, 'ed');
  await back.say(6, { at: 2 });
  await old.say(9, { at: 'late' });
  await back.say(10, { at: 3 });
  expect(eve.heard).toEqual([1, 2, 3]);
});

it('SY60 shows on both nodes who came back to another than the half open socket’s', async () => {
  const [one, other] = openTwo();
  const [eve, carl] = [new Socket(one, 'eve'), new Socket(other, 'carl')];
  const old = new Socket(one, 'ed');
  await old.say(5, { at: 1 });
  const back = new Socket(other, 'ed');
  await back.say(5, { at: 2 });
  await back.say(6, { at: 3 });
  await old.leave();
  expect([eve.heard, carl.heard]).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
});

it('SY60 lets nobody else take a client id over from another node', async () => {
  const [one, other] = openTwo();
  const eve = new Socket(one, 'eve');
  const ed = new Socket(one, 'ed');
  await ed.say(5, { at: 1 });
  await new Socket(other, 'rick').say(6, { at: 2 });
  other.hearNode('third', entryOf(9, { at: 'forged', user: { id: 'rick' } }));
  one.hearNode('third', entryOf(9, { at: 'forged', user: { id: 'rick' } }));
  await ed.say(10, { at: 3 });
  expect(eve.heard).toEqual([1, 3]);
});
