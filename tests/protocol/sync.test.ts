/** The rules of live documents, seen by unchanged y-websocket clients of both versions that are in use. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import { WebsocketProvider as WebsocketProvider2 } from 'y-websocket-2';
import * as Y from 'yjs';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import type { Database } from '#db/open.ts';
import {
  addParagraph,
  SyncWorld,
  until,
  wordsOf,
  type Client,
  type Node,
  type PersonName,
} from '#tests/server/sync/sync-world.ts';

// The two packages declare the same class, each with its own private parts.
const providers = [
  ['3.x', WebsocketProvider],
  ['2.x', WebsocketProvider2 as unknown as typeof WebsocketProvider],
] as const;

describeOnEveryDatabase('sync with y-websocket clients', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  describe.each(providers)('of version %s', (_version, Provider) => {
    let world: SyncWorld;
    let node: Node;
    beforeEach(async () => {
      world = await SyncWorld.create(database);
      node = await world.startNode();
    });
    afterEach(() => world.close());
    const connect = (name: PersonName): Promise<Client> => world.connect(node, name, { Provider }).synced();

    it('SY13 shows each client who the others are, and when they leave', async () => {
      const ed = await connect('ed');
      const eve = await connect('eve');
      eve.provider.awareness.setLocalStateField('cursor', { at: 1 });
      const nameOfEve = (): unknown => ed.provider.awareness.getStates().get(eve.doc.clientID)?.['user'];
      await until(() => nameOfEve() !== undefined, 'Ed sees Eve');
      expect(nameOfEve()).toMatchObject({ name: 'eve', id: world.memberId('eve') });
      eve.provider.disconnect();
      await until(() => nameOfEve() === undefined, 'Ed sees that Eve left');
    });

    it('SY1 takes what was written offline when a client comes back', async () => {
      const ed = await connect('ed');
      const eve = await connect('eve');
      ed.provider.disconnect();
      ed.text.insert(0, 'Offline: ');
      eve.text.insert(eve.text.length, ' (Eve)');
      ed.provider.connect();
      await until(() => ed.words === eve.words && ed.words.includes('Eve'), 'both have both');
      expect(ed.words).toBe('Offline: The talks lasted 75 minutes. (Eve)');
    });

    it('SY5 SY6 closes a client that may not write what it wrote, with the code', async () => {
      const vera = await connect('vera');
      vera.text.insert(0, 'x');
      await until(() => vera.closeCode === 4403, 'the reader is closed');
      const ed = await connect('ed');
      ed.text.insertEmbed(0, { image: 'x' });
      await until(() => ed.closeCode === 4422, 'the editor is closed');
      expect(ed.closeReason).toBe('forbidden_content');
      expect(await node.rooms.read(world.ref, wordsOf)).toBe('The talks lasted 75 minutes.');
    });

    it('SY1 brings each client what the others wrote', async () => {
      const ed = await connect('ed');
      const eve = await connect('eve');
      expect(ed.words).toBe('The talks lasted 75 minutes.');
      ed.text.insert(0, 'Ed: ');
      eve.text.insert(eve.text.length, ' (Eve)');
      await until(() => ed.words === eve.words && ed.words.length > 35, 'both have both edits');
      expect(ed.words).toBe('Ed: The talks lasted 75 minutes. (Eve)');
    });

    it('SY1 brings a client that was away what was deleted meanwhile', async () => {
      const ed = await connect('ed');
      const eve = await connect('eve');
      eve.provider.disconnect();
      ed.text.delete(0, 4);
      await until(
        async () => (await node.rooms.read(world.ref, wordsOf)).startsWith('talks'),
        'the deletion is committed',
      );
      expect(Y.encodeStateVector(eve.doc)).toEqual(Y.encodeStateVector(ed.doc));
      eve.provider.connect();
      await eve.synced();
      expect(eve.words).toBe('talks lasted 75 minutes.');
    });

    it('SY3 lets an editor write a rationale while the text is locked', async () => {
      await world.setLocked(node, true);
      const ed = await connect('ed');
      const eve = await connect('eve');
      addParagraph(ed.rationale(world.claimId), 'The record says 75.');
      await until(
        () => eve.rationale(world.claimId).toString().includes('The record'),
        'Eve has the rationale',
      );
      expect(await node.rooms.rationaleAuthors(world.ref, world.claimId)).toEqual([world.memberId('ed')]);
    });
  });
});
