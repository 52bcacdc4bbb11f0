/** Where to go after signing in: an address on this site only, so a crafted link leads nowhere else. */
export function safeReturnTo(value: string | string[] | undefined | null): string {
  if (typeof value !== 'string' || !/^\/(?![/\\])/.test(value)) return '/reports';
  const url = new URL(value, 'http://here.invalid');
  return url.host === 'here.invalid' ? url.pathname + url.search + url.hash : '/reports';
}
