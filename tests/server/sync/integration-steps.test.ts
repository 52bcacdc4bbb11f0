/** What an update may cost to integrate: forged neighbours are refused, honest ones who wrote at one spot are not. */
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { encodeUpdate } from '#server/sync/frame.ts';
import { MAX_INTEGRATION_STEPS } from '#server/sync/limits.ts';
import { TooManyStepsError, withinSteps } from '#server/sync/integration-steps.ts';
import { encodeRaw, rawItem } from '#tests/fuzz/forging.ts';
import { editing, PlainServer } from '#tests/fuzz/plain-server.ts';
import { changeOf } from './raw-client.ts';
import { enterRoom, openPlainRoom } from './plain-room.ts';
import { textOf, wordsOf } from './sync-world.ts';

const [OWN, OTHER] = [4711, 4712];

function copyFor(server: PlainServer, clientId: number): Y.Doc {
  const doc = server.document.copy();
  doc.clientID = clientId;
  return doc;
}

/** Items whose left neighbour is the first letter, each with a right neighbour one letter further. */
function spreading(letters: number): Uint8Array {
  const items = Array.from({ length: letters - 2 }, (_, i) =>
    rawItem({
      id: Y.createID(OWN, letters + i),
      origin: Y.createID(OWN, 0),
      rightOrigin: Y.createID(OWN, i + 2),
      content: new Y.ContentString('x'),
    }),
  );
  return encodeRaw([items]);
}

it('SY32 neighbours far apart, many times, are refused, and the document stays as it was', () => {
  const server = new PlainServer();
  const letters = 4_000;
  const doc = copyFor(server, OWN);
  expect(
    server.receive(
      changeOf(doc, () => textOf(doc).insert(0, 'abcdefghij'.repeat(letters / 10))),
      'ed',
      editing,
    ).kind,
  ).toBe('applied');
  const before = server.document.state;
  expect(server.receive(spreading(letters), 'ed', editing)).toEqual({ kind: 'refused', code: 'malformed' });
  expect(server.document.state).toEqual(before);
});

it('SY32 whoever sends them is closed, and what others sent with them is kept', async () => {
  const room = openPlainRoom({
    fail: (error) => {
      throw error;
    },
  });
  const closed: number[] = [];
  const forger = enterRoom(room, 'ed', 'editor', { close: (code) => closed.push(code) });
  const ben = enterRoom(room, 'ben', 'editor');
  const copy = (clientId: number): Y.Doc => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(room.doc));
    doc.clientID = clientId;
    return doc;
  };
  const [own, his] = [copy(OWN), copy(OTHER)];
  forger.receive(encodeUpdate(changeOf(own, () => textOf(own).insert(0, 'abcdefghij'.repeat(400)))));
  await room.settled();
  ben.receive(encodeUpdate(changeOf(his, () => textOf(his).insert(0, 'before '))));
  forger.receive(encodeUpdate(spreading(4_000)));
  ben.receive(encodeUpdate(changeOf(his, () => textOf(his).insert(7, 'and after '))));
  await room.settled();
  expect(closed).toEqual([4422]);
  expect(wordsOf(room.doc)).toContain('before and after ');
  expect(wordsOf(room.doc)).not.toContain('x');
});

it('SY32 two who wrote a thousand times at the same spot while they were apart are both taken', () => {
  const server = new PlainServer();
  const writes = (clientId: number): Uint8Array => {
    const doc = copyFor(server, clientId);
    return changeOf(doc, () => {
      for (let i = 0; i < 900; i += 1) textOf(doc).insert(0, 'x');
    });
  };
  const [later, earlier] = [writes(OTHER), writes(OWN)];
  expect(server.receive(later, 'ben', editing).kind).toBe('applied');
  expect(server.receive(earlier, 'ed', editing).kind).toBe('applied');
});

it.each([
  ['at one end of a text', (map: Y.Map<number>, text: Y.Text, i: number) => text.insert(0, `${i}`)],
  ['of one attribute', (map: Y.Map<number>, _text: Y.Text, i: number) => map.set('key', i)],
])('SY32 an honest history %s takes no steps', (_, change) => {
  const from = new Y.Doc();
  for (let i = 0; i < 500; i += 1) change(from.getMap('map'), from.getText('text'), i);
  const update = Y.encodeStateAsUpdate(from);
  expect(() => withinSteps(0, () => Y.applyUpdate(new Y.Doc(), update))).not.toThrow();
});

it('SY32 values of one attribute that know nothing of each other are counted, and the budget ends with the work', () => {
  const forged = Array.from({ length: 100 }, (_, i) =>
    rawItem({
      id: Y.createID(OWN, i),
      parent: 'map',
      key: 'key',
      content: new Y.ContentAny([i]),
    }),
  );
  const update = encodeRaw([forged]);
  const apply = () => Y.applyUpdate(new Y.Doc(), update);
  expect(() => withinSteps(1_000, apply)).toThrow(TooManyStepsError);
  expect(apply).not.toThrow();
  expect(() => withinSteps(MAX_INTEGRATION_STEPS, apply)).not.toThrow();
});
