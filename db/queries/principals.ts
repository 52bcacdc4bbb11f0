/**
 * Who a session or a token belongs to, as it stands now: nobody once it ended, was revoked, or the member left. These are
 * asked before everything else, so they are prepared: planning them takes the database longer than answering.
 */
import { and, asc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { higherRole } from '#core/domain/roles.ts';
import type { Role } from '#core/domain/words.ts';
import type { DbOrTx } from '#db/open.ts';
import { apiTokens, members, reportRoles, reports, sessions, users, workspaces } from '#db/schema.ts';

export interface Holder {
  /** The session's or the token's id. */
  credentialId: string;
  /** When it runs out; null: never. */
  expiresAt: Date | null;
  workspaceId: string;
  memberId: string;
  userId: string;
  name: string;
  email: string;
  color: string;
  role: Role;
}

const holder = {
  workspaceId: members.workspaceId,
  memberId: members.id,
  userId: users.id,
  name: users.name,
  email: users.email,
  color: members.color,
  role: members.role,
};

/** Built once for each database: building takes as long as answering. */
function prepared<Query>(build: (db: DbOrTx) => Query): (db: DbOrTx) => Query {
  const made = new WeakMap<DbOrTx, Query>();
  return (db) => {
    const query = made.get(db) ?? build(db);
    made.set(db, query);
    return query;
  };
}

const now = sql.placeholder('now');

const holdersOfSession = prepared((db) =>
  db
    .select({ ...holder, credentialId: sessions.id, expiresAt: sessions.expiresAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(members, and(eq(members.userId, users.id), isNull(members.removedAt)))
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(sessions.token, sql.placeholder('token')), gt(sessions.expiresAt, now)))
    .orderBy(asc(workspaces.isDemo), asc(members.joinedAt), asc(members.id))
    .limit(1)
    .prepare('holders_of_session'),
);

/** A person in several workspaces works in the one they joined first, the demo's last. */
export async function findBySession(db: DbOrTx, token: string, at: Date): Promise<Holder | null> {
  const [row] = await holdersOfSession(db).execute({ token, now: at });
  return row ?? null;
}

const holdersOfToken = prepared((db) =>
  db
    .select({
      ...holder,
      credentialId: apiTokens.id,
      expiresAt: apiTokens.expiresAt,
      lastUsedAt: apiTokens.lastUsedAt,
    })
    .from(apiTokens)
    .innerJoin(members, and(eq(members.id, apiTokens.memberId), isNull(members.removedAt)))
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(apiTokens.hash, sql.placeholder('hash')),
        isNull(apiTokens.revokedAt),
        or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, now)),
      ),
    )
    .prepare('holders_of_token'),
);

interface TokenHolder extends Holder {
  /** As `noteTokenUse` wrote it; null: never. */
  lastUsedAt: Date | null;
}

export async function findByTokenHash(db: DbOrTx, hash: string, at: Date): Promise<TokenHolder | null> {
  const [row] = await holdersOfToken(db).execute({ hash, now: at });
  return row ?? null;
}

/** The use of a token is noted to the minute: it is for people who tidy up. */
const NOTED_EVERY_MILLISECONDS = 60_000;

/** Writes only when the last note is old: most calls would wait on each other for nothing. */
export async function noteTokenUse(
  db: DbOrTx,
  { tokenId, lastUsedAt }: { tokenId: string; lastUsedAt: Date | null },
  at: Date,
): Promise<void> {
  if (lastUsedAt !== null && at.getTime() - lastUsedAt.getTime() < NOTED_EVERY_MILLISECONDS) return;
  await db
    .update(apiTokens)
    .set({ lastUsedAt: at })
    .where(and(eq(apiTokens.id, tokenId), or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, at))));
}

export interface RoleQuestion {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly reportId: string;
}

const rolesAsked = prepared((db) =>
  db
    .select({ place: sql<string>`q.place`, role: members.role, given: reportRoles.role })
    .from(
      sql`unnest(${sql.placeholder('workspaceIds')}::uuid[], ${sql.placeholder('memberIds')}::uuid[],
        ${sql.placeholder('reportIds')}::uuid[]) WITH ORDINALITY AS q(workspace_id, member_id, report_id, place)`,
    )
    .innerJoin(
      reports,
      sql`${reports.id} = q.report_id AND ${reports.workspaceId} = q.workspace_id AND ${reports.deletedAt} IS NULL`,
    )
    .innerJoin(
      members,
      sql`${members.id} = q.member_id AND ${members.workspaceId} = q.workspace_id AND ${members.removedAt} IS NULL`,
    )
    .leftJoin(reportRoles, and(eq(reportRoles.reportId, reports.id), eq(reportRoles.memberId, members.id)))
    .prepare('roles_asked'),
);

/**
 * For each question the higher of the member's role in the workspace and the one given for the report, in the order
 * of the questions. Null: no such report, or no member.
 */
export async function rolesInReports(
  db: DbOrTx,
  questions: readonly RoleQuestion[],
): Promise<(Role | null)[]> {
  const rows = await rolesAsked(db).execute({
    workspaceIds: questions.map(({ workspaceId }) => workspaceId),
    memberIds: questions.map(({ memberId }) => memberId),
    reportIds: questions.map(({ reportId }) => reportId),
  });
  const answers = new Map(rows.map(({ place, role, given }) => [Number(place), higherRole(role, given)]));
  return questions.map((_, i) => answers.get(i + 1) ?? null);
}

/** Where workspaces stand: a number that rises with each event, and one with each change of somebody's rights. */
export async function workspaceMarks(
  db: DbOrTx,
  ids: readonly string[],
): Promise<{ id: string; eventHead: number; rightsVersion: number }[]> {
  return db
    .select({ id: workspaces.id, eventHead: workspaces.eventHead, rightsVersion: workspaces.rightsVersion })
    .from(workspaces)
    .where(inArray(workspaces.id, [...ids]));
}

export async function raiseRightsVersion(db: DbOrTx, workspaceId: string): Promise<void> {
  await db
    .update(workspaces)
    .set({ rightsVersion: sql`${workspaces.rightsVersion} + 1` })
    .where(eq(workspaces.id, workspaceId));
}

/** The same in every workspace of a person: a session ended. */
export async function raiseRightsOfUser(db: DbOrTx, userId: string): Promise<void> {
  const theirs = db.select({ id: members.workspaceId }).from(members).where(eq(members.userId, userId));
  await db
    .update(workspaces)
    .set({ rightsVersion: sql`${workspaces.rightsVersion} + 1` })
    .where(inArray(workspaces.id, theirs));
}

/** The version of rights of each workspace; other nodes raise it with each change of somebody's rights. */
export async function rightsVersions(
  db: DbOrTx,
  workspaceIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await db.execute<Record<string, unknown>>(
    sql`SELECT id, rights_version FROM workspaces WHERE id = ANY(${sql.param(workspaceIds)}::uuid[])`,
  );
  return new Map(rows.map((row) => [String(row['id']), Number(row['rights_version'])]));
}
