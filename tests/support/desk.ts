/**
 * A desk without the web: real database, real rooms, real commands, and a list of what was announced. For tests of
 * commands and views; what goes over HTTP and sockets is tested on the whole server.
 */
import { randomUUID } from 'node:crypto';
import { defaultRatingScale } from '#core/domain/rating-scale.ts';
import type { Role } from '#core/domain/words.ts';
import type { ReportRecord } from '#core/records.ts';
import type { Database } from '#db/open.ts';
import { members, users, workspaces } from '#db/schema.ts';
import { importReport } from '#server/commands/reports.ts';
import type { EventHub, StoredEvent } from '#server/events/hub.ts';
import { openLog } from '#server/log.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { readConfig } from '#server/config.ts';
import { openRuntime } from '#server/start.ts';

export interface TestDesk {
  runtime: Runtime;
  workspaceId: string;
  /** Announced, oldest first. */
  announced: StoredEvent[];
  join(name: string, role: Role, workspaceId?: string): Promise<Principal>;
  newWorkspace(): Promise<string>;
  import(by: Principal, text: string): Promise<ReportRecord>;
}

export async function openDesk(database: Database): Promise<TestDesk> {
  const announced: StoredEvent[] = [];
  let tick = Date.parse('2026-01-05T09:00:00.000Z');
  const now = (): Date => new Date((tick += 1_000));
  const config = readConfig({ PROOFDESK_DEMO: 'off', AUTH_SECRET: 'a secret of the test desk, long enough' });
  const log = openLog({ level: 'silent', json: true });
  const opened = openRuntime({ config, log, now, database });
  const events: EventHub = {
    publish: (_workspaceId, some) => void announced.push(...some),
    cut: (target, code) => opened.runtime.events.cut(target, code),
    importProgressed: (to, progress) => opened.runtime.events.importProgressed(to, progress),
    presence: (ref) => opened.runtime.events.presence(ref),
    handleUpgrade: (request, socket, head) => opened.runtime.events.handleUpgrade(request, socket, head),
    stats: () => opened.runtime.events.stats(),
    drain: () => opened.runtime.events.drain(),
  };
  const runtime: Runtime = { ...opened.runtime, events };
  const newWorkspace = async (): Promise<string> => {
    const id = randomUUID();
    await database.db
      .insert(workspaces)
      .values({ id, name: 'Desk', ratingScale: [...defaultRatingScale], createdAt: now() });
    return id;
  };
  const workspaceId = await newWorkspace();
  return {
    runtime,
    workspaceId,
    announced,
    newWorkspace,
    join: (name, role, where = workspaceId) => join(database, where, name, role, now()),
    import: (by, text) =>
      importReport(runtime, by, {
        bytes: new TextEncoder().encode(text),
        name: 'report.md',
        declared: 'markdown',
        title: 'A report',
      }),
  };
}

async function join(
  database: Database,
  workspaceId: string,
  name: string,
  role: Role,
  at: Date,
): Promise<Principal> {
  const userId = randomUUID();
  const memberId = randomUUID();
  const email = `${userId}@desk.test`;
  await database.db.insert(users).values({ id: userId, name, email });
  await database.db
    .insert(members)
    .values({ id: memberId, workspaceId, userId, role, color: '#0b7a6f', joinedAt: at });
  return { workspaceId, memberId, userId, name, email, color: '#0b7a6f', role, via: { kind: 'system' } };
}
