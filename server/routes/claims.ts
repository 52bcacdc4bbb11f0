/** Claims, their verdicts and reviews, evidence and assignments. */
import * as commands from '#core/commands.ts';
import { AppError } from '#core/errors.ts';
import { assignmentRecord, claimView, evidenceRecord, verdictRecord } from '#core/records.ts';
import { addEvidence, changeEvidence, removeEvidence } from '#server/commands/evidence.ts';
import { assign, changeAssignment, removeAssignment } from '#server/commands/assignments.ts';
import {
  addClaim,
  changeClaim,
  moveClaim,
  removeClaim,
  restoreClaim,
  setAttribution,
} from '#server/commands/claims.ts';
import { proposeVerdict, reviewVerdict, verdictHistory } from '#server/commands/verdicts.ts';
import { viewClaim, viewClaims, viewOf } from '#server/views/claims.ts';
import { claimFilter, listClaims } from '#server/views/claim-list.ts';
import { listOf, page, pageOf, type Api } from '#server/http/api.ts';

export function claimRoutes(api: Api): void {
  api.route({
    method: 'get',
    path: '/reports/{id}/claims',
    summary: 'The claims of a report, in the order of the text',
    query: page,
    answers: { 200: listOf(claimView) },
    handle: async ({ runtime, principal, params, query }) => ({
      status: 200,
      body: pageOf(from(await viewClaims(runtime, principal, params.id), query.after), query.limit),
    }),
  });
  api.route({
    method: 'post',
    path: '/reports/{id}/claims',
    summary: 'Make a claim on words of the text; a commenter’s is suggested',
    body: commands.addClaim,
    answers: { 201: claimView },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 201,
      body: await viewOf(runtime, principal.workspaceId, await addClaim(runtime, principal, params.id, body)),
    }),
  });
  api.route({
    method: 'get',
    path: '/claims',
    summary: 'The claims of the whole workspace, filtered',
    query: claimFilter,
    answers: { 200: listOf(claimView) },
    handle: async ({ runtime, principal, query }) => ({
      status: 200,
      body: await listClaims(runtime, principal, query),
    }),
  });
  api.route({
    method: 'get',
    path: '/claims/{id}',
    summary: 'One claim',
    answers: { 200: claimView },
    handle: async ({ runtime, principal, params }) => ({
      status: 200,
      body: await viewClaim(runtime, principal, params.id),
    }),
  });
  api.route({
    method: 'patch',
    path: '/claims/{id}',
    summary: 'Change what is said about a claim',
    body: commands.changeClaim,
    answers: { 200: claimView },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 200,
      body: await viewOf(
        runtime,
        principal.workspaceId,
        await changeClaim(runtime, principal, params.id, body),
      ),
    }),
  });
  api.route({
    method: 'delete',
    path: '/claims/{id}',
    summary: 'Remove a claim; nothing of it is lost',
    answers: { 204: null },
    handle: async ({ runtime, principal, params }) => {
      await removeClaim(runtime, principal, params.id);
      return { status: 204 };
    },
  });
  api.route({
    method: 'post',
    path: '/claims/{id}/restore',
    summary: 'Bring a removed claim back',
    answers: { 200: claimView },
    handle: async ({ runtime, principal, params }) => ({
      status: 200,
      body: await viewOf(runtime, principal.workspaceId, await restoreClaim(runtime, principal, params.id)),
    }),
  });
  api.route({
    method: 'put',
    path: '/claims/{id}/anchor',
    summary: 'Put a claim back on words by hand',
    body: commands.moveClaim,
    answers: { 200: claimView },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 200,
      body: await viewOf(
        runtime,
        principal.workspaceId,
        await moveClaim(runtime, principal, params.id, body.selector),
      ),
    }),
  });
  api.route({
    method: 'put',
    path: '/claims/{id}/attribution',
    summary: 'Was it said so? Apart from whether it is so',
    body: commands.setAttribution,
    answers: { 200: claimView },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 200,
      body: await viewOf(
        runtime,
        principal.workspaceId,
        await setAttribution(runtime, principal, params.id, body),
      ),
    }),
  });
  verdictRoutes(api);
  evidenceRoutes(api);
  assignmentRoutes(api);
}

function verdictRoutes(api: Api): void {
  api.route({
    method: 'put',
    path: '/claims/{id}/verdict',
    summary: 'Propose a verdict; another person’s that stands makes a disagreement (409, kept)',
    body: commands.proposeVerdict,
    answers: { 200: verdictRecord },
    handle: async ({ runtime, principal, params, body }) => {
      const { verdict, disputes } = await proposeVerdict(runtime, principal, params.id, body);
      const [other] = disputes;
      if (other === undefined) return { status: 200, body: verdict };
      throw new AppError(
        'verdict_conflict',
        `${other.proposedBy.name} proposed ${other.label}; both stand until you settle it`,
        {
          yours: verdict,
          theirs: disputes,
        },
      );
    },
  });
  api.route({
    method: 'post',
    path: '/claims/{id}/review',
    summary: 'Review the verdict that was read',
    body: commands.reviewVerdict,
    answers: { 200: claimView },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 200,
      body: await viewOf(
        runtime,
        principal.workspaceId,
        await reviewVerdict(runtime, principal, params.id, body),
      ),
    }),
  });
  api.route({
    method: 'get',
    path: '/claims/{id}/verdicts',
    summary: 'Every verdict there was, oldest first, with its reviews',
    answers: { 200: listOf(verdictRecord) },
    handle: async ({ runtime, principal, params }) => ({
      status: 200,
      body: { items: await verdictHistory(runtime, principal, params.id), next: null },
    }),
  });
}

function evidenceRoutes(api: Api): void {
  api.route({
    method: 'post',
    path: '/claims/{id}/evidence',
    summary: 'Add evidence for, against or around a claim',
    body: commands.addEvidence,
    answers: { 201: evidenceRecord },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 201,
      body: await addEvidence(runtime, principal, params.id, body),
    }),
  });
  api.route({
    method: 'patch',
    path: '/evidence/{id}',
    summary: 'Change evidence',
    body: commands.changeEvidence,
    answers: { 200: evidenceRecord },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 200,
      body: await changeEvidence(runtime, principal, params.id, body),
    }),
  });
  api.route({
    method: 'delete',
    path: '/evidence/{id}',
    summary: 'Remove evidence',
    answers: { 204: null },
    handle: async ({ runtime, principal, params }) => {
      await removeEvidence(runtime, principal, params.id);
      return { status: 204 };
    },
  });
}

function assignmentRoutes(api: Api): void {
  api.route({
    method: 'post',
    path: '/claims/{id}/assignments',
    summary: 'Assign a claim to a member',
    body: commands.addAssignment,
    answers: { 201: assignmentRecord },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 201,
      body: await assign(runtime, principal, params.id, body),
    }),
  });
  api.route({
    method: 'patch',
    path: '/assignments/{id}',
    summary: 'Change an assignment',
    body: commands.changeAssignment,
    answers: { 200: assignmentRecord },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 200,
      body: await changeAssignment(runtime, principal, params.id, body),
    }),
  });
  api.route({
    method: 'delete',
    path: '/assignments/{id}',
    summary: 'Take an assignment back',
    answers: { 204: null },
    handle: async ({ runtime, principal, params }) => {
      await removeAssignment(runtime, principal, params.id);
      return { status: 204 };
    },
  });
}

/** A list that is read whole, from behind the row of the page before. */
function from<T extends { id: string }>(all: readonly T[], after: string | undefined): readonly T[] {
  return after === undefined ? all : all.slice(all.findIndex((item) => item.id === after) + 1);
}
