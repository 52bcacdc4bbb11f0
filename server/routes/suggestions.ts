/** Suggestions: changes of the text that somebody proposes. Their talk is the thread with the same id. */
import * as commands from '#core/commands.ts';
import { suggestionRecord } from '#core/records.ts';
import {
  acceptSuggestion,
  rejectSuggestion,
  suggestChange,
  suggestionsOfReport,
} from '#server/commands/suggestions.ts';
import { listOf, type Api } from '#server/http/api.ts';

export function suggestionRoutes(api: Api): void {
  api.route({
    method: 'get',
    path: '/reports/{id}/suggestions',
    summary: 'Every suggestion of the report, decided ones too',
    answers: { 200: listOf(suggestionRecord) },
    handle: async ({ runtime, principal, params }) => ({
      status: 200,
      body: { items: await suggestionsOfReport(runtime, principal, params.id), next: null },
    }),
  });
  api.route({
    method: 'post',
    path: '/reports/{id}/suggestions',
    summary: 'Suggest to insert words after others, to delete or to replace them',
    body: commands.addSuggestion,
    answers: { 201: suggestionRecord },
    handle: async ({ runtime, principal, params, body }) => ({
      status: 201,
      body: await suggestChange(runtime, principal, params.id, body),
    }),
  });
  api.route({
    method: 'post',
    path: '/suggestions/{id}/accept',
    summary: 'Carry a suggestion out; 409 report_locked while the text is locked',
    answers: { 200: suggestionRecord },
    handle: async ({ runtime, principal, params }) => ({
      status: 200,
      body: await acceptSuggestion(runtime, principal, params.id),
    }),
  });
  api.route({
    method: 'post',
    path: '/suggestions/{id}/reject',
    summary: 'Leave a suggestion, or take one’s own back',
    answers: { 200: suggestionRecord },
    handle: async ({ runtime, principal, params }) => ({
      status: 200,
      body: await rejectSuggestion(runtime, principal, params.id),
    }),
  });
}
