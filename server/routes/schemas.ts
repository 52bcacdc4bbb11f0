/** Schemas of files, for programs that read or write them. */
import { bundleJsonSchema } from '#server/http/bundle-schema.ts';
import type { Api } from '#server/http/api.ts';

export function schemaRoutes(api: Api): void {
  api.publicRoute({
    method: 'get',
    path: '/schemas/bundle.json',
    summary: 'JSON Schema of a bundle: what `format=json` writes and an import takes',
    problems: [],
    answers: { 200: { types: { 'application/schema+json': null } } },
    handle: async () =>
      new Response(JSON.stringify(bundleJsonSchema()), {
        headers: { 'content-type': 'application/schema+json' },
      }),
  });
}
