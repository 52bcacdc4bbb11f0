/** What an exported file is called, and the header that says so (RFC 6266). */

/** Most file systems take 255 bytes; what a zip adds to a second file of the name (" (12345)") has room too. */
const MAX_BYTES = 240;
/** Longer ones are cut in every listing. */
const MAX_CHARACTERS = 80;
/** Windows takes these for devices, with any extension. */
const DEVICES = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)/i;

/**
 * The report's title as a file name that every system takes: any script, none of the signs that mean something there,
 * no name of a device, nothing that hides a file (a dot in front) or looks like an option (a dash).
 */
export function exportFileName(title: string, extension: string): string {
  const words = title
    .normalize('NFC')
    .replace(/[\p{C}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const safe = /^[.\-~]/.test(words) || DEVICES.test(words) ? `_${words}` : words;
  const stem = cut(safe, MAX_BYTES - extension.length - 1).replace(/[. ]+$/, '');
  return `${stem === '' || stem === '_' ? 'report' : stem}.${extension}`;
}

/** As many characters as fit, never half of one. */
function cut(words: string, maxBytes: number): string {
  let kept = '';
  let bytes = 0;
  for (const character of Array.from(words).slice(0, MAX_CHARACTERS)) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    kept += character;
  }
  return kept;
}

/** Offers the answer as a file; old clients get a name in ASCII. */
export function attachmentHeader(fileName: string): string {
  return `attachment; ${named(fileName)}`;
}

/** Shows the answer; the name is for who keeps it. */
export function inlineHeader(fileName: string): string {
  return `inline; ${named(fileName)}`;
}

function named(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
