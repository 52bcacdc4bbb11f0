/** The address that people type, for links in answers and mails. */
import { isLoopback } from '#server/config.ts';
import type { Runtime } from '#server/runtime.ts';

/** PUBLIC_URL; without one, the local name by which the request came. A foreign Host is never believed. */
export function publicOrigin(runtime: Runtime, request: Request): string {
  const { publicUrl, port } = runtime.config;
  if (publicUrl !== null) return publicUrl;
  const asked = `http://${request.headers.get('host') ?? ''}`;
  if (URL.canParse(asked) && isLoopback(new URL(asked).hostname)) return new URL(asked).origin;
  return `http://localhost:${port}`;
}
