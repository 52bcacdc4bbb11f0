/** Addresses that Office takes: with one that it cannot read, it calls the whole file broken. */
import { isSafeHref } from '#core/text/safe-href.ts';

/** Office's own limit is 2,079. */
const MAX_ADDRESS_LENGTH = 2_000;

/** The address in the form that Office takes; null when people must not or cannot follow it. */
export function outsideAddress(href: string): string | null {
  const trimmed = href.trim();
  if (!isSafeHref(trimmed) || trimmed.startsWith('#') || !URL.canParse(trimmed)) return null;
  const address = new URL(trimmed).href
    .replace(/\p{Surrogate}/gu, '')
    .replace(/[^\x21-\x7e]|["<>\\^`{|}]/gu, encodeURIComponent);
  return address.length > MAX_ADDRESS_LENGTH ? null : address;
}
