/** The rules of live documents, seen by unchanged y-websocket clients. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { addParagraph, SyncWorld, until, wordsOf, type Node } from '#tests/server/sync/sync-world.ts';

describeOnEveryDatabase('sync with y-websocket clients', (open) => {
  let world: SyncWorld;
  let node: Node;
  beforeEach(async () => {
    world = await SyncWorld.create(await open());
    node = await world.startNode();
  });
  afterEach(() => world.close());

  it('SY1 brings each client what the others wrote', async () => {
    const ed = await world.connect(node, 'ed').synced();
    const eve = await world.connect(node, 'eve').synced();
    expect(ed.words).toBe('The talks lasted 75 minutes.');
    ed.text.insert(0, 'Ed: ');
    eve.text.insert(eve.text.length, ' (Eve)');
    await until(() => ed.words === eve.words && ed.words.length > 35, 'both have both edits');
    expect(ed.words).toBe('Ed: The talks lasted 75 minutes. (Eve)');
  });

  it('SY1 brings a client that was away what was deleted meanwhile', async () => {
    const ed = await world.connect(node, 'ed').synced();
    const eve = await world.connect(node, 'eve').synced();
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
    node.rooms.lockChanged(world.ref, true);
    const ed = await world.connect(node, 'ed').synced();
    const eve = await world.connect(node, 'eve').synced();
    addParagraph(ed.rationale(world.claimId), 'The record says 75.');
    await until(
      () => eve.rationale(world.claimId).toString().includes('The record'),
      'Eve has the rationale',
    );
    expect(await node.rooms.rationaleAuthors(world.ref, world.claimId)).toEqual([world.memberId('ed')]);
  });
});
