/** EX73: an export is of one moment. */
import { beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { BODY_ROOT } from '#core/text/schema.ts';
import { addClaim } from '#server/commands/claims.ts';
import { runCommand } from '#server/commands/command.ts';
import { commentOnClaim } from '#server/commands/comments.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import type { DocRef, Rooms } from '#server/sync/rooms.ts';
import { projectReport } from '#server/views/projection.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { openDesk, type TestDesk } from '#tests/support/desk.ts';

describeOnEveryDatabase('a projection while people work', (open, engine) => {
  let desk: TestDesk;
  let ana: Principal;
  let ref: DocRef;
  let claimId: string;

  beforeAll(async () => {
    desk = await openDesk(await open());
    ana = await desk.join('Ana', 'owner');
    const { id: reportId } = await desk.import(ana, 'Officials counted four injured. Sirens sounded.');
    ref = { workspaceId: desk.workspaceId, reportId };
    const selector = { type: 'TextQuoteSelector', exact: 'four injured' } as const;
    claimId = (await addClaim(desk.runtime, ana, reportId, { selector })).id;
  }, 60_000);

  /** Words before all others and a comment about them, each committed by itself. */
  async function work(): Promise<void> {
    const copy = await desk.runtime.rooms.fork(ref);
    const known = Y.encodeStateVector(copy);
    const paragraph = copy.getXmlFragment(BODY_ROOT).get(0);
    const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
    if (!(text instanceof Y.XmlText)) throw new Error('no text');
    text.insert(0, 'News: ');
    const update = Y.encodeStateAsUpdate(copy, known);
    await runCommand(desk.runtime, ana, (change) => change.edit(ref, update, ana.memberId));
    await commentOnClaim(desk.runtime, ana, claimId, { body: 'There is news.' });
  }

  /** The same runtime, in which people work after the rows were read and before the text is. */
  function busy(): { runtime: Runtime; done: () => Promise<void> } {
    let working = Promise.resolve();
    const rooms = new Proxy(desk.runtime.rooms, {
      get(target, name: keyof Rooms) {
        const method = target[name].bind(target) as (...values: unknown[]) => unknown;
        if (name !== 'read' && name !== 'readAsOf') return method;
        return async (...values: unknown[]) => {
          working = work();
          // The embedded database has one connection, which the projection may hold.
          if (engine === 'postgres') await working;
          return method(...values);
        };
      },
    });
    return { runtime: { ...desk.runtime, rooms }, done: () => working };
  }

  test('EX73 holds nothing that was committed after it began, and the next one all of it', async () => {
    const { runtime, done } = busy();
    // The room is open, and so ahead of what the projection may see.
    await desk.runtime.rooms.read(ref, () => undefined);
    const during = await projectReport(runtime, ana, ref.reportId);
    await done();
    expect([during.text, during.claims[0]?.thread]).toEqual([
      'Officials counted four injured. Sirens sounded.',
      null,
    ]);
    expect(during.claims[0]?.anchor).toMatchObject({ exact: 'four injured', state: 'anchored' });
    const after = await projectReport(desk.runtime, ana, ref.reportId);
    expect(after.text).toBe('News: Officials counted four injured. Sirens sounded.');
    expect(after.claims[0]?.thread?.comments).toMatchObject([{ body: 'There is news.' }]);
  });
});
