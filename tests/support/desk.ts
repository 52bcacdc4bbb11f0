/**
 * A desk without the web: real database, real rooms, real commands, and a list of what was announced. For tests of
 * commands and views; what goes over HTTP and sockets is tested on the whole server.
 */
import { randomUUID } from 'node:crypto';
import { defaultRatingScale } from '#core/domain/rating-scale.ts';
import type { Role } from '#core/domain/words.ts';
import type { ReportRecord } from '#core/records.ts';
import type { Database } from '#db/open.ts';
import { findReport } from '#db/queries/reports.ts';
import { members, users, workspaces } from '#db/schema.ts';
import type { Authenticator } from '#server/auth/authenticator.ts';
import { openMemoryBus } from '#server/bus/memory-bus.ts';
import { importReport } from '#server/commands/reports.ts';
import type { StoredEvent } from '#server/events/hub.ts';
import { openLog } from '#server/log.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { openRooms } from '#server/sync/rooms.ts';
import { readConfig } from '#server/config.ts';

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
  const log = openLog({ level: 'silent', json: true });
  const announced: StoredEvent[] = [];
  const auth = workspaceRoles(database);
  const bus = openMemoryBus();
  let tick = Date.parse('2026-01-05T09:00:00.000Z');
  const now = (): Date => new Date((tick += 1_000));
  const rooms = openRooms({ database, bus, auth, log, now, nodeId: 'test' });
  const runtime: Runtime = {
    config: readConfig({ PROOFDESK_DEMO: 'off' }),
    log,
    now,
    newId: randomUUID,
    database,
    bus,
    rooms,
    auth,
    events: {
      publish: (_workspaceId, events) => void announced.push(...events),
      cut: () => undefined,
      presence: () => undefined,
      handleUpgrade: () => undefined,
      stats: () => ({ connections: 0 }),
      drain: () => Promise.resolve(),
    },
    mail: { send: () => Promise.resolve() },
  };
  const newWorkspace = async (): Promise<string> => {
    const id = randomUUID();
    await database.db.insert(workspaces).values({ id, name: 'Desk', ratingScale: [...defaultRatingScale], createdAt: now() });
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
      importReport(runtime, by, { bytes: new TextEncoder().encode(text), name: 'report.md', declared: 'markdown', title: 'A report' }),
  };
}

async function join(database: Database, workspaceId: string, name: string, role: Role, at: Date): Promise<Principal> {
  const userId = randomUUID();
  const memberId = randomUUID();
  const email = `${userId}@desk.test`;
  await database.db.insert(users).values({ id: userId, name, email });
  await database.db.insert(members).values({ id: memberId, workspaceId, userId, role, color: '#0b7a6f', joinedAt: at });
  return { workspaceId, memberId, userId, name, email, color: '#0b7a6f', role, via: { kind: 'system' } };
}

/** The role in the workspace counts in each of its reports; the whole server's tests have roles for one report. */
function workspaceRoles(database: Database): Authenticator {
  return {
    authenticate: () => Promise.resolve(null),
    roleFor: async (principal, reportId) =>
      (await findReport(database.db, principal.workspaceId, reportId)) === null ? null : principal.role,
    isAllowedOrigin: () => true,
    handler: () => Promise.resolve(new Response(null, { status: 404 })),
    signIn: () => Promise.reject(new Error('nobody signs in here')),
    forget: () => undefined,
  };
}
