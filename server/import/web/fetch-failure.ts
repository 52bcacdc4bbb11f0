/** What can go wrong on the way to a page, as sentences for people. */
import { AppError } from '#core/errors.ts';
import type { FetchLimits } from './fetch-address.ts';

export function unreachable(detail: string): AppError {
  return new AppError('address_unreachable', detail);
}

export function refusedAddress(): AppError {
  return new AppError(
    'address_refused',
    'The address is not on the public internet, so it is not fetched. Save the page as a file and import that.',
  );
}

export function nameless(): AppError {
  return unreachable('There is no server of that name.');
}

/** `isOver`: the time for it all ran out. */
export function failureOf(error: unknown, isOver: boolean, { totalMs }: FetchLimits): AppError {
  if (isOver) return unreachable(`Fetching the page took more than ${totalMs / 1_000} seconds.`);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(ENOTFOUND|EAI_)/.test(code)) return nameless();
  if (code === 'ECONNREFUSED') return unreachable('The server does not take connections.');
  if (/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(code))
    return unreachable('The server cannot be reached.');
  if (/CERT|^ERR_TLS|^ERR_SSL|SELF_SIGNED|UNABLE_TO_|^EPROTO$/.test(code))
    return unreachable('The server’s certificate is not valid, so it cannot be told whose page this is.');
  if (/^(Z_|ERR__|ERR_BROTLI|ERR_PADDING)/.test(code))
    return unreachable('The server’s answer is packed wrongly or was cut off.');
  if (code.startsWith('HPE_')) return unreachable('The server’s answer is not HTTP.');
  return unreachable('The connection broke off.');
}
