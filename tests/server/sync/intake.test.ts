import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { BODY_ROOT } from '#core/text/schema.ts';
import { Backlog } from '#server/sync/backlog.ts';
import type { Committed } from '#server/sync/commit-queue.ts';
import { Connection } from '#server/sync/connection.ts';
import { Intake } from '#server/sync/intake.ts';
import { defineRoots } from '#server/sync/roots.ts';
import { addParagraph } from './sync-world.ts';
import { changeOf } from './raw-client.ts';

it('SY8 refuses who lost the race for a client id, also when what the winner wrote is here and deleted by then', async () => {
  const committed = defineRoots(new Y.Doc());
  const sender = defineRoots(new Y.Doc());
  const winner = defineRoots(new Y.Doc());
  sender.clientID = winner.clientID = 4711;
  const update = changeOf(sender, (doc) => addParagraph(doc.getXmlFragment(BODY_ROOT), 'Late.'));
  addParagraph(winner.getXmlFragment(BODY_ROOT), 'Early.');
  winner.getXmlFragment(BODY_ROOT).delete(0, 1);

  const frames: string[] = [];
  const connection = connectionThat((code, reason) => frames.push(`${code} ${reason}`));
  const intake = new Intake({
    docId: 'doc',
    backlog: new Backlog(),
    copyCommitted: () => {
      const copy = defineRoots(new Y.Doc());
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(committed));
      return copy;
    },
    isLocked: () => false,
    hasSpaceFor: () => true,
    ownerOf: () => undefined,
    markLocked: () => undefined,
    catchUp: () => Promise.resolve('nothing'),
    commit: (): Promise<Committed> => {
      // While the database answers, the other node's message arrives.
      Y.applyUpdate(committed, Y.encodeStateAsUpdate(winner));
      return Promise.resolve({ kind: 'foreign_client', clientIds: [4711] });
    },
    show: () => expect.unreachable('nothing was committed'),
    fail: (error) => {
      throw error;
    },
    now: () => 0,
  });
  intake.receive({
    connection,
    memberId: 'ed',
    index: 1,
    update,
    bytes: update.length,
    comesEarly: false,
    isWhole: false,
  });
  await intake.settled();
  expect(frames).toEqual(['4422 foreign_client']);
});

/** An editor's open socket, of which only the closing is looked at. */
function connectionThat(closed: (code: number, reason: string) => void): Connection {
  const wire = {
    send: () => undefined,
    buffered: () => 0,
    setPaused: () => undefined,
    ping: () => undefined,
    close: closed,
    terminate: () => undefined,
  };
  const connection = new Connection(wire, true, () => 0);
  connection.rights = () => ({ body: true, rationale: true });
  return connection;
}
