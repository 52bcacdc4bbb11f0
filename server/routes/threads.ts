/** Threads and comments, on claims and on plain words. */
import { z } from 'zod';
import * as commands from '#core/commands.ts';
import { commentRecord, threadRecord } from '#core/records.ts';
import { threadsOfReport } from '#db/queries/threads.ts';
import { demand } from '#server/commands/access.ts';
import {
  changeComment,
  commentOnClaim,
  commentOnThread,
  commentsOfClaim,
  react,
  removeComment,
} from '#server/commands/comments.ts';
import { openThread, setClaimThreadState, setThreadState } from '#server/commands/threads.ts';
import { listOf, type Api } from '#server/http/api.ts';

export function threadRoutes(api: Api): void {
  api.route({
    method: 'get',
    path: '/reports/{id}/threads',
    summary: 'Every thread of the report, on plain words or on a claim',
    answers: { 200: listOf(threadRecord) },
    handle: async ({ runtime, principal, params }) => {
      await demand(runtime, principal, params.id, 'report.read');
      return {
        status: 200,
        body: {
          items: await threadsOfReport(runtime.database.db, principal.workspaceId, params.id),
          next: null,
        },
      };
    },
  });
  api.route({
    method: 'post',
    path: '/reports/{id}/threads',
    summary: 'Open a thread on words of the text',
    body: commands.openThread,
    answers: { 201: threadRecord },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 201,
      body: await openThread(runtime, principal, params.id, body),
    }),
  });
  api.route({
    method: 'post',
    path: '/threads/{id}/comments',
    summary: 'Answer in a thread',
    body: commands.addThreadComment,
    answers: { 201: commentRecord },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 201,
      body: await commentOnThread(runtime, principal, params.id, body),
    }),
  });
  for (const [word, state] of [
    ['resolve', 'resolved'],
    ['reopen', 'open'],
  ] as const) {
    api.route({
      method: 'post',
      path: `/threads/{id}/${word}`,
      summary: `${word === 'resolve' ? 'Resolve' : 'Reopen'} a thread`,
      answers: { 200: threadRecord },
      handle: async ({ runtime, principal, params }) => ({
        status: 200,
        body: await setThreadState(runtime, principal, params.id, state),
      }),
    });
    api.route({
      method: 'post',
      path: `/claims/{id}/thread/${word}`,
      summary: `${word === 'resolve' ? 'Resolve' : 'Reopen'} the thread of a claim`,
      answers: { 200: threadRecord },
      handle: async ({ runtime, principal, params }) => ({
        status: 200,
        body: await setClaimThreadState(runtime, principal, params.id, state),
      }),
    });
  }
  commentRoutes(api);
}

function commentRoutes(api: Api): void {
  api.route({
    method: 'get',
    path: '/claims/{id}/comments',
    summary: 'What was said about a claim, oldest first',
    answers: { 200: listOf(commentRecord) },
    handle: async ({ runtime, principal, params }) => ({
      status: 200,
      body: { items: await commentsOfClaim(runtime, principal, params.id), next: null },
    }),
  });
  api.route({
    method: 'post',
    path: '/claims/{id}/comments',
    summary: 'Say something about a claim',
    body: commands.addComment,
    answers: { 201: commentRecord },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 201,
      body: await commentOnClaim(runtime, principal, params.id, body),
    }),
  });
  api.route({
    method: 'patch',
    path: '/comments/{id}',
    summary: 'Change one’s own comment',
    body: commands.changeComment,
    answers: { 200: commentRecord },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 200,
      body: await changeComment(runtime, principal, params.id, body.body),
    }),
  });
  api.route({
    method: 'delete',
    path: '/comments/{id}',
    summary: 'Delete one’s own comment',
    answers: { 204: null },
    handle: async ({ runtime, principal, params }) => {
      await removeComment(runtime, principal, params.id);
      return { status: 204 };
    },
  });
  for (const [method, on] of [
    ['put', true],
    ['delete', false],
  ] as const) {
    api.route({
      method,
      path: '/comments/{id}/reactions/{name}',
      summary: on ? 'React to a comment' : 'Take a reaction back',
      params: z.object({ id: z.uuid(), name: commands.reactionName }),
      answers: { 200: commentRecord },
      handle: async ({ runtime, principal, params }) => ({
        status: 200,
        body: await react(runtime, principal, params.id, params.name, on),
      }),
    });
  }
}
