/** What an exported file is called, and the header that says so (RFC 6266). */

/** The report's title as a file name that every system takes: any script, none of the signs that mean something there. */
export function exportFileName(title: string, extension: string): string {
  const words = title
    .replace(/[\p{C}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const stem = Array.from(words)
    .slice(0, 80)
    .join('')
    .replace(/[. ]+$/, '');
  return `${stem || 'report'}.${extension}`;
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
