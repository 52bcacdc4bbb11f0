/** The people of a workspace, and the invitations by which they come. */
import { z } from 'zod';
import * as commands from '#core/commands.ts';
import { memberRecord, type MemberRecord } from '#core/records.ts';
import { listMembers } from '#db/queries/members.ts';
import {
  acceptInvitation,
  addMember,
  changeMember,
  removeMember,
  type AddedMember,
} from '#server/commands/members.ts';
import { listOf, page, pageOf, type Api } from '#server/http/api.ts';
import { idForKey } from '#server/http/idempotency.ts';
import { publicOrigin } from '#server/http/origin.ts';
import type { Runtime } from '#server/runtime.ts';

const addedMember = memberRecord.extend({
  /** For one use; also sent by mail. Null: the person can sign in already. */
  invitation: z.object({ url: z.string(), expiresAt: z.iso.datetime() }).nullable(),
});

export function memberRoutes(api: Api): void {
  api.route({
    method: 'get',
    path: '/members',
    summary: 'The people of the workspace, in the order in which they came',
    ability: 'member.list',
    query: page,
    answers: { 200: listOf(memberRecord) },
    handle: async ({ runtime, principal, query: { limit, after } }) => {
      const rows = await listMembers(runtime.database.db, principal.workspaceId, { limit: limit + 1, after });
      return { status: 200, body: pageOf(rows, limit) };
    },
  });
  api.route({
    method: 'post',
    path: '/members',
    summary: 'Add somebody: with a password at once, without one by an invitation for one use',
    ability: 'member.manage',
    body: commands.addMember,
    secret: true,
    answers: { 201: addedMember },
    handle: async ({ runtime, principal, body, request }) => {
      const id = body.id ?? idForKey(principal, request.headers) ?? undefined;
      const added = await addMember(runtime, principal, { ...body, ...(id === undefined ? {} : { id }) });
      return { status: 201, body: invite(runtime, request, added) };
    },
  });
  api.route({
    method: 'patch',
    path: '/members/{id}',
    summary: 'Change the role of a member',
    ability: 'member.manage',
    body: commands.changeMember,
    answers: { 200: memberRecord },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 200,
      body: await changeMember(runtime, principal, params.id, body.role),
    }),
  });
  api.route({
    method: 'delete',
    path: '/members/{id}',
    summary: 'Remove a member; what they did stays',
    ability: 'member.manage',
    answers: { 204: null },
    handle: async ({ runtime, principal, params }) => {
      await removeMember(runtime, principal, params.id);
      return { status: 204 };
    },
  });
  api.publicRoute({
    method: 'post',
    path: '/invitations/accept',
    summary: 'Follow an invitation: choose a password, then sign in with it',
    body: commands.acceptInvitation,
    secret: true,
    answers: { 200: z.object({ email: z.string(), member: memberRecord }) },
    handle: async ({ runtime, body }) => {
      const member = await acceptInvitation(runtime, body.token, body.password);
      return { status: 200, body: { email: member.email, member } };
    },
  });
}

function invite(
  runtime: Runtime,
  request: Request,
  { member, invitation }: AddedMember,
): z.input<typeof addedMember> {
  if (invitation === null) return { ...member, invitation };
  const url = `${publicOrigin(runtime, request)}/invitation?token=${invitation.secret}`;
  sendInvitation(runtime, member, url);
  return { ...member, invitation: { url, expiresAt: invitation.expiresAt.toISOString() } };
}

function sendInvitation(runtime: Runtime, { name, email }: MemberRecord, url: string): void {
  const text = `Hello ${name},\n\nyou are invited to check reports together. Choose a password here; the link works once, for a week:\n\n${url}\n`;
  runtime.mail.send({ to: email, subject: 'Your invitation to Proofdesk', text });
}
