/** The order of events on one node, whatever order they arrive in. */
import { expect, it } from 'vitest';
import type { Database } from '#db/open.ts';
import { insertWorkspace } from '#db/queries/members.ts';
import { writeHappening } from '#db/queries/log.ts';
import { readEvents } from '#db/queries/events.ts';
import { toStored, WorkspaceStream, type StoredEvent } from '#server/events/stream.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';

const at = new Date('2026-03-01T10:00:00Z');

async function newWorkspace({ db }: Database): Promise<string> {
  const id = crypto.randomUUID();
  await db.transaction((tx) => insertWorkspace(tx, { id, name: 'Desk', isDemo: false, ratingScale: [], at }));
  return id;
}

/** Commits events without telling anybody; answers them as a node would publish them. */
async function commit({ db }: Database, workspaceId: string, count: number): Promise<StoredEvent[]> {
  const event = () => ({
    name: 'report.removed' as const,
    data: { reportId: crypto.randomUUID() },
    reportId: null,
    onlyMemberId: null,
  });
  const first = await db.transaction((tx) =>
    writeHappening(tx, {
      workspaceId,
      actorId: null,
      at,
      events: Array.from({ length: count }, event),
      audit: [],
    }),
  );
  const rows = await readEvents(db, workspaceId, { after: first - 1, upTo: first + count - 1, limit: count });
  return rows.map(toStored);
}

describeOnEveryDatabase('the stream of a workspace', (open) => {
  async function listen(): Promise<{
    database: Database;
    workspaceId: string;
    stream: WorkspaceStream;
    heard: number[];
    until: (count: number) => Promise<void>;
  }> {
    const database = await open();
    const workspaceId = await newWorkspace(database);
    const stream = new WorkspaceStream({
      workspaceId,
      db: database.db,
      onError: (error) => {
        throw error;
      },
    });
    const heard: number[] = [];
    let look = (): void => undefined;
    await stream.open();
    stream.join((event) => {
      heard.push(event.payload.version);
      look();
    });
    const until = (count: number): Promise<void> =>
      new Promise((resolve) => {
        look = () => {
          if (heard.length >= count) resolve();
        };
        look();
      });
    return { database, workspaceId, stream, heard, until };
  }

  it('holds what comes too early until its forerunner is there, and tells nothing twice', async () => {
    const { database, workspaceId, stream, heard } = await listen();
    const events = await commit(database, workspaceId, 4);
    stream.publish(events.slice(2));
    expect(heard).toEqual([]);
    stream.publish(events.slice(0, 2));
    stream.publish(events);
    expect(heard).toEqual([1, 2, 3, 4]);
  });

  it('EV10: reads from the table what never arrives, so that a lost message loses nothing', async () => {
    const { database, workspaceId, stream, heard, until } = await listen();
    await commit(database, workspaceId, 3);
    stream.publish(await commit(database, workspaceId, 1));
    await until(4);
    expect(heard).toEqual([1, 2, 3, 4]);
    await commit(database, workspaceId, 1200);
    await Promise.all([stream.catchUp(), stream.catchUp()]);
    expect(heard).toHaveLength(1204);
    expect(heard.at(-1)).toBe(1204);
  });

  it('waits with what is published before it knows where it stands', async () => {
    const { database, workspaceId } = await listen();
    const old = await commit(database, workspaceId, 2);
    const stream = new WorkspaceStream({ workspaceId, db: database.db, onError: () => undefined });
    const heard: number[] = [];
    stream.join((event) => heard.push(event.payload.version));
    stream.publish(old);
    await stream.open();
    expect(heard).toEqual([]);
    stream.publish(await commit(database, workspaceId, 1));
    expect(heard).toEqual([3]);
  });
});
