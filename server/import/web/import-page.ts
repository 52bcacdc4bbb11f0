/**
 * A report's source from the web: fetched, then read like a file by its bytes. Images that stand in an article are
 * fetched too, a few of them and not for long; one that does not come is left out like in a file, and said.
 */
import type { ImportedText } from '../reader.ts';
import { MAX_IMPORT_BYTES } from '#core/limits.ts';
import { isAppError } from '#core/errors.ts';
import type { AddressFetcher, Fetched, FetchLimits } from './fetch-address.ts';

const pageLimits: FetchLimits = { firstByteMs: 10_000, totalMs: 20_000, maxBytes: MAX_IMPORT_BYTES };
/** A photograph for the web has 0.5 MB. */
const imageLimits: FetchLimits = { firstByteMs: 5_000, totalMs: 5_000, maxBytes: 5 * 1024 * 1024 };
const MAX_IMAGES = 20;
/** Connections at the same moment, so that a page's server is not flooded. */
const AT_ONCE = 4;
const WORD_FILE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export function fetchPage(fetcher: AddressFetcher, address: string): Promise<Fetched> {
  return fetcher.fetch(address, {
    limits: pageLimits,
    accept:
      'text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9, application/pdf;q=0.9, */*;q=0.5',
    accepts: (type) =>
      type === '' ||
      type.startsWith('text/') ||
      [
        'application/xhtml+xml',
        'application/pdf',
        'application/octet-stream',
        'multipart/related',
        'message/rfc822',
        'application/x-mimearchive',
        WORD_FILE,
      ].includes(type),
  });
}

/** Bytes of the images that `read` misses, by address; those that came. */
export async function fetchImages(
  fetcher: AddressFetcher,
  read: ImportedText,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const addresses = [...new Set(read.missing ?? [])].slice(0, MAX_IMAGES);
  const images = new Map<string, Uint8Array>();
  const takeTurns = async (): Promise<void> => {
    for (let address = addresses.shift(); address !== undefined; address = addresses.shift()) {
      const bytes = await fetchImage(fetcher, address);
      if (bytes !== null) images.set(address, bytes);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
  return images;
}

async function fetchImage(fetcher: AddressFetcher, address: string): Promise<Uint8Array | null> {
  try {
    const { bytes } = await fetcher.fetch(address, {
      limits: imageLimits,
      accept: 'image/webp, image/png, image/jpeg, image/gif',
      accepts: (type) =>
        /^image\/(png|jpe?g|gif|webp)$/.test(type) || type === '' || type === 'application/octet-stream',
    });
    return bytes;
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
