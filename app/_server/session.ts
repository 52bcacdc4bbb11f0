/** Who asks for a page, from its cookies or bearer token; asked of the server once a request. */
import 'server-only';
import * as server from '#server/api.ts';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';

export type Principal = NonNullable<Awaited<ReturnType<typeof server.getSession>>>;

export const getPrincipal = cache(async (): Promise<Principal | null> => server.getSession(await headers()));

/** Sends whoever is not signed in to the sign-in page, which leads back to `returnTo`. */
export async function requirePrincipal(returnTo: string): Promise<Principal> {
  const principal = await getPrincipal();
  if (principal === null) redirect(`/sign-in?next=${encodeURIComponent(returnTo)}`);
  return principal;
}
