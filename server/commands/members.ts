/**
 * Members come, change and go. Whoever loses a right loses their open sockets with it, on every node. A person has
 * one account for all workspaces: an owner here can never set the password of somebody who works elsewhere too.
 */
import { memberColor } from '#core/domain/member-colors.ts';
import { roles, type Role } from '#core/domain/words.ts';
import type { AddMember } from '#core/commands.ts';
import { AppError } from '#core/errors.ts';
import type { MemberRecord } from '#core/records.ts';
import { findAccount, renameUser, setPasswordHash, type Account } from '#db/queries/accounts.ts';
import * as db from '#db/queries/members.ts';
import { raiseRightsVersion } from '#db/queries/principals.ts';
import { createUser, hashOf } from '#server/auth/accounts.ts';
import { hashSecret } from '#server/auth/secrets.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demandInWorkspace } from './access.ts';
import { runCommand, type Actor, type Change } from './command.ts';

const INVITATION_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

export interface AddedMember {
  member: MemberRecord;
  /** Null: the person can sign in already. */
  invitation: { secret: string; expiresAt: Date } | null;
}

export async function addMember(
  runtime: Runtime,
  principal: Principal,
  input: AddMember,
): Promise<AddedMember> {
  demandInWorkspace(principal, 'member.manage');
  const passwordHash = input.password === undefined ? null : await hashOf(input.password);
  return runCommand(runtime, principal, async (change) => {
    const { ever } = await db.countMembers(change.tx, principal.workspaceId);
    const before = input.id === undefined ? null : await alreadyAdded(change, input.id, input.email);
    return before ?? join(change, { ...input, passwordHash, color: memberColor(ever) });
  });
}

/** What an earlier request with this id made; null when there was none. */
async function alreadyAdded(
  { runtime, tx, actor, at }: Change,
  id: string,
  email: string,
): Promise<AddedMember | null> {
  const found = await db.findMember(tx, actor.workspaceId, id);
  if (found === null) {
    if (await db.isMemberIdTaken(tx, id)) throw new AppError('id_taken');
    return null;
  }
  // A former member's id may come back with them.
  if (found.isRemoved) return null;
  if (found.record.email !== email) throw new AppError('id_taken');
  const open = await db.findOpenInvitation(tx, { memberId: id }, at);
  const invitation = open && { secret: runtime.auth.secrets.invitation(open.id), expiresAt: open.expiresAt };
  return { member: found.record, invitation };
}

interface Joining {
  id?: string | undefined;
  email: string;
  name: string;
  role: Role;
  passwordHash: string | null;
  color: string;
}

async function join(change: Change<Principal>, joining: Joining): Promise<AddedMember> {
  const { tx, actor, at, runtime } = change;
  const { email, role, color } = joining;
  const account = await findAccount(tx, email);
  const former = account && (await db.findMemberOfUser(tx, actor.workspaceId, account.id));
  if (former !== null && !former.isRemoved) throw new AppError('email_taken', `${email} is a member already`);
  const userId = await accountFor(change, joining, account);
  const id =
    former !== null && (joining.id === undefined || joining.id === former.record.id)
      ? former.record.id
      : (joining.id ?? runtime.newId());
  if (former?.record.id === id) await db.bringBack(tx, id, role, at);
  else await db.insertMember(tx, { id, workspaceId: actor.workspaceId, userId, role, color, at });
  const worksElsewhere = account !== null && account.memberships > 0;
  const invitation = joining.passwordHash === null && !worksElsewhere ? await invite(change, id) : null;
  const member = await recordOf(change, id);
  change.emit('member.joined', { member });
  change.audit('member.added', { type: 'member', id }, { after: { email, role } });
  return { member, invitation };
}

/** The person's account, made when there is none. One that is used elsewhere is left as it is. */
async function accountFor(
  { tx, at, runtime }: Change,
  joining: Joining,
  account: Account | null,
): Promise<string> {
  const { name, email, passwordHash } = joining;
  if (account === null) {
    const id = runtime.newId();
    await createUser(tx, { id, name, email, passwordHash, at }, runtime.newId);
    return id;
  }
  if (account.memberships > 0) {
    if (passwordHash !== null)
      throw new AppError('email_taken', `${email} has an account already; add them without a password`);
    return account.id;
  }
  await renameUser(tx, account.id, name, at);
  if (passwordHash !== null)
    await setPasswordHash(tx, { id: runtime.newId(), userId: account.id, hash: passwordHash, at });
  return account.id;
}

async function invite(
  { tx, actor, at, runtime }: Change,
  memberId: string,
): Promise<{ secret: string; expiresAt: Date }> {
  const id = runtime.newId();
  const secret = runtime.auth.secrets.invitation(id);
  const expiresAt = new Date(at.getTime() + INVITATION_MILLISECONDS);
  await db.insertInvitation(tx, {
    id,
    workspaceId: actor.workspaceId,
    memberId,
    hash: hashSecret(secret),
    expiresAt,
    at,
  });
  return { secret, expiresAt };
}

export async function changeMember(
  runtime: Runtime,
  principal: Principal,
  memberId: string,
  role: Role,
): Promise<MemberRecord> {
  demandInWorkspace(principal, 'member.manage');
  return runCommand(runtime, principal, async (change) => {
    const { owners } = await db.countMembers(change.tx, principal.workspaceId);
    const before = await recordOf(change, memberId);
    if (before.role === role) return before;
    if (before.role === 'owner' && owners === 1) throw new AppError('last_owner');
    await db.setRole(change.tx, memberId, role);
    await raiseRightsVersion(change.tx, principal.workspaceId);
    const member = { ...before, role };
    change.emit('member.changed', { member });
    change.audit(
      'member.role_changed',
      { type: 'member', id: memberId },
      { before: { role: before.role }, after: { role } },
    );
    change.afterCommit(() =>
      rightsChanged(runtime, memberId, roles.indexOf(role) < roles.indexOf(before.role)),
    );
    return member;
  });
}

export async function removeMember(runtime: Runtime, principal: Principal, memberId: string): Promise<void> {
  demandInWorkspace(principal, 'member.manage');
  await runCommand(runtime, principal, async (change) => {
    const { owners } = await db.countMembers(change.tx, principal.workspaceId);
    const { role, email } = await recordOf(change, memberId);
    if (role === 'owner' && owners === 1) throw new AppError('last_owner');
    await db.removeMember(change.tx, memberId, change.at);
    await raiseRightsVersion(change.tx, principal.workspaceId);
    change.emit('member.left', { memberId });
    change.audit('member.removed', { type: 'member', id: memberId }, { before: { email, role } });
    change.afterCommit(() => rightsChanged(runtime, memberId, true));
  });
}

/** Sockets that may do less now are cut; one that may do more learns it from `member.changed`. */
function rightsChanged(runtime: Runtime, memberId: string, isLess: boolean): void {
  runtime.auth.forget();
  if (!isLess) return;
  runtime.rooms.cut({ memberId }, 4403);
  runtime.events.cut({ memberId }, 4403);
}

async function recordOf({ tx, actor }: Change, memberId: string): Promise<MemberRecord> {
  const found = await db.findMember(tx, actor.workspaceId, memberId);
  if (found === null || found.isRemoved) throw new AppError('not_found', 'There is no such member');
  return found.record;
}

/** The invited person chooses a password. The link works once. */
export async function acceptInvitation(
  runtime: Runtime,
  secret: string,
  password: string,
): Promise<MemberRecord> {
  const gone = (): AppError => new AppError('not_found', 'This invitation was used already or has run out');
  const open = await db.findOpenInvitation(runtime.database.db, { hash: hashSecret(secret) }, runtime.now());
  if (open === null) throw gone();
  const hash = await hashOf(password);
  const found = await db.findMember(runtime.database.db, open.workspaceId, open.memberId);
  const actor: Actor = {
    workspaceId: open.workspaceId,
    memberId: open.memberId,
    name: found?.record.name ?? '',
  };
  return runCommand(runtime, actor, async (change) => {
    if (!(await db.useInvitation(change.tx, open.id, change.at))) throw gone();
    await setPasswordHash(change.tx, { id: runtime.newId(), userId: open.userId, hash, at: change.at });
    const member = await recordOf(change, open.memberId);
    change.emit('member.changed', { member });
    change.audit('invitation.accepted', { type: 'member', id: open.memberId });
    return member;
  });
}
