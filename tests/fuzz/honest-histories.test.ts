/**
 * Honest histories: people write, undo, go away for long, lose their connection half-way, reload, open a second tab,
 * while readers look on. Nobody is ever refused, and all end with the document that the log has.
 */
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { contentOf } from './document-content.ts';
import { HonestClient } from './honest-client.ts';
import { PlainServer } from './plain-server.ts';
import { chunksOf, pick, randomFrom, seedsFor, type Random } from './random.ts';

const KNOWN: readonly number[] = [];
const STEPS = 60;

/** For a hundred histories on a busy machine. */
const MILLISECONDS = 120_000;

it.each(chunksOf(seedsFor(300, KNOWN), 100))(
  'SY1 SY30 takes every honest history (seeds $name)',
  ({ seeds }) => {
    for (const seed of seeds) runHistory(seed);
  },
  MILLISECONDS,
);

function runHistory(seed: number): void {
  const random = randomFrom(seed);
  const server = new PlainServer('The talks 😀 lasted 75 minutes.');
  const clients = [
    newClient(server, 'ed', true, random),
    newClient(server, 'eve', true, random),
    newClient(server, 'rick', true, random),
    newClient(server, 'vera', false, random),
  ];
  for (const client of clients) client.connect();
  for (let step = 0; step < STEPS; step++) takeStep(clients, server, random);
  settle(clients);
  const name = `seed ${seed}`;
  const refusals = clients.flatMap((client) =>
    client.refusals.map((trial) => [client.options.memberId, trial]),
  );
  expect(refusals, name).toEqual([]);
  const expected = contentOf(server.document.doc);
  for (const client of clients)
    expect(contentOf(client.doc), `${name}, ${client.options.memberId}`).toEqual(expected);
  expect(contentOf(server.replayed().doc), `${name}, the log`).toEqual(expected);
  expect(saysByItself(server.document.state), `${name}, a newcomer`).toBe(0);
}

function newClient(
  server: PlainServer,
  memberId: string,
  writes: boolean,
  random: Random,
  kept?: Uint8Array,
): HonestClient {
  return new HonestClient(server, { memberId, writes, gc: random(4) > 0 }, random, kept);
}

function takeStep(clients: HonestClient[], server: PlainServer, random: Random): void {
  const client = pick(random, clients);
  switch (random(16)) {
    case 0:
      return client.disconnect();
    case 1:
    case 2:
      return client.connect();
    case 3:
      return random(3) === 0 ? client.reload() : undefined;
    case 4:
      // Another tab, with the same store on the device and thus with what was not sent yet.
      if (clients.length < 8)
        clients.push(newClient(server, client.options.memberId, client.options.writes, random, client.kept));
      return undefined;
    case 5:
    case 6:
    case 7:
    case 8:
      return client.exchange();
    default:
      return client.act();
  }
}

/** Everybody comes back, and everything arrives. */
function settle(clients: readonly HonestClient[]): void {
  for (const client of clients) client.connect();
  let turns = 0;
  while (clients.map((client) => client.exchangeAll()).includes(true)) {
    if (++turns > 100) throw new Error('they never stop telling each other something');
  }
}

/** How many updates a client sends that only has read this. */
function saysByItself(state: Uint8Array): number {
  const doc = new Y.Doc();
  let count = -1;
  doc.on('update', () => (count += 1));
  Y.applyUpdate(doc, state, 'server');
  return count;
}
