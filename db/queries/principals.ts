/** Who a session or a token belongs to, as it stands now: nobody once it ended, was revoked, or the member left. */
import { and, asc, eq, gt, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
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

/** A person in several workspaces works in the one they joined first, the demo's last. */
export async function findBySession(db: DbOrTx, token: string, now: Date): Promise<Holder | null> {
  const [row] = await db
    .select({ ...holder, credentialId: sessions.id, expiresAt: sessions.expiresAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(members, and(eq(members.userId, users.id), isNull(members.removedAt)))
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(sessions.token, token), gt(sessions.expiresAt, now)))
    .orderBy(asc(workspaces.isDemo), asc(members.joinedAt), asc(members.id))
    .limit(1);
  return row ?? null;
}

interface TokenHolder extends Holder {
  /** As `noteTokenUse` wrote it; null: never. */
  lastUsedAt: Date | null;
}

export async function findByTokenHash(db: DbOrTx, hash: string, now: Date): Promise<TokenHolder | null> {
  const [row] = await db
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
        eq(apiTokens.hash, hash),
        isNull(apiTokens.revokedAt),
        or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, now)),
      ),
    );
  return row ?? null;
}

/** The use of a token is noted to the minute: it is for people who tidy up. */
const NOTED_EVERY_MILLISECONDS = 60_000;

/** Writes only when the last note is old: most calls would wait on each other for nothing. */
export async function noteTokenUse(
  db: DbOrTx,
  { tokenId, lastUsedAt }: { tokenId: string; lastUsedAt: Date | null },
  now: Date,
): Promise<void> {
  if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < NOTED_EVERY_MILLISECONDS) return;
  await db
    .update(apiTokens)
    .set({ lastUsedAt: now })
    .where(and(eq(apiTokens.id, tokenId), or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, now))));
}

export interface RoleQuestion {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly reportId: string;
}

/**
 * For each question the higher of the member's role in the workspace and the one given for the report, in the order
 * of the questions. Null: no such report, or no member.
 */
export async function rolesInReports(
  db: DbOrTx,
  questions: readonly RoleQuestion[],
): Promise<(Role | null)[]> {
  const column = (name: keyof RoleQuestion): SQL =>
    sql`${sql.param(questions.map((one) => one[name]))}::uuid[]`;
  const asked = sql`unnest(${column('workspaceId')}, ${column('memberId')}, ${column('reportId')}) WITH ORDINALITY
    AS q(workspace_id, member_id, report_id, place)`;
  const { rows } = await db.execute<{ place: string; role: Role; given: Role | null }>(sql`
    SELECT q.place, m.role, g.role AS given FROM ${asked}
    JOIN ${reports} r ON r.id = q.report_id AND r.workspace_id = q.workspace_id AND r.deleted_at IS NULL
    JOIN ${members} m ON m.id = q.member_id AND m.workspace_id = q.workspace_id AND m.removed_at IS NULL
    LEFT JOIN ${reportRoles} g ON g.report_id = r.id AND g.member_id = m.id`);
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
