/** Images of reports' texts. What is named by its bytes never changes, so a browser asks for it once. */
import { z } from 'zod';
import { imageTypes } from '#core/image-header.ts';
import type { Api } from '#server/http/api.ts';
import { readImage } from '#server/views/images.ts';

export function imageRoutes(api: Api): void {
  api.route({
    method: 'get',
    path: '/images/{sha256}',
    summary: 'An image that a figure of a text names by the SHA-256 of its bytes (hex)',
    ability: 'report.read',
    params: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    problems: [],
    answers: { 200: { types: Object.fromEntries(imageTypes.map((type) => [type, null])) }, 304: null },
    handle: async ({ runtime, principal, params, request }) => {
      const image = await readImage(runtime, principal, params.sha256);
      const headers = {
        // Kept by the browser of the one who may see it; a new session asks again.
        'cache-control': 'private, max-age=31536000, immutable',
        vary: 'Cookie, Authorization',
        etag: `"${image.sha256}"`,
      };
      if (request.headers.get('if-none-match') === headers.etag)
        return new Response(null, { status: 304, headers });
      return new Response(Buffer.from(image.bytes), {
        headers: {
          ...headers,
          'content-type': image.mediaType,
          'content-length': String(image.bytes.length),
          'content-disposition': `inline; filename="${fileName(image)}"`,
          // Opened by itself it is a document of its own, and whatever a browser makes of it, nothing in it runs.
          'content-security-policy': "default-src 'none'; sandbox",
          'cross-origin-resource-policy': 'same-origin',
          'x-content-type-options': 'nosniff',
        },
      });
    },
  });
}

function fileName({ sha256, mediaType }: { sha256: string; mediaType: string }): string {
  return `${sha256.slice(0, 12)}.${mediaType.replace('image/', '').replace('jpeg', 'jpg')}`;
}
