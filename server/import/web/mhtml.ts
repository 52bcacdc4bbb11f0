/**
 * A page saved with its images in one file (MHTML, RFC 2557), as Chromium, Edge and older Word write it: the first
 * HTML part is the page, image parts are found by the address or content id that they name. Parts of parts are
 * followed a few levels; everything is bounded by the file's size, as nothing here unpacks.
 */
import { AppError } from '#core/errors.ts';

export interface SavedPage {
  readonly html: Uint8Array;
  readonly charset: string | null;
  /** Where the page was. */
  readonly address: string | null;
  /** Bytes of images by absolute address, `cid:` ones included. */
  readonly resources: ReadonlyMap<string, Uint8Array>;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A large page has 500 parts. */
const MAX_PARTS = 5_000;
/** multipart/related holding multipart/alternative is two. */
const MAX_DEPTH = 4;
const MAX_HEADER = 64 * 1024;

/** Whether bytes begin like such a file: header lines, among them a multipart type. */
export function isMhtml(bytes: Uint8Array): boolean {
  const head = latin1(bytes.subarray(0, 8_192));
  if (!/^(?:[\w-]{1,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2}/.test(head)) return false;
  return (
    /^content-type:\s*multipart\/(related|mixed|alternative)\b/im.test(head) && /^mime-version:/im.test(head)
  );
}

/** Throws `unsupported_kind` when there is no page in it. */
export function readMhtml(bytes: Uint8Array): SavedPage {
  const whole = splitPart(latin1(bytes));
  const parts = partsOf(whole, 0, { left: MAX_PARTS });
  const page = parts.find(({ headers }) =>
    /^(text\/html|application\/xhtml\+xml)\b/i.test(headers.get('content-type') ?? ''),
  );
  if (page === undefined)
    throw new AppError('unsupported_kind', 'The file is a message (MIME) without a page in it.');
  const resources = new Map<string, Uint8Array>();
  const address =
    page.headers.get('content-location') ?? whole.headers.get('snapshot-content-location') ?? null;
  for (const part of parts) {
    if (!/^image\//i.test(part.headers.get('content-type') ?? '')) continue;
    const content = decoded(part);
    for (const name of namesOf(part, address)) if (!resources.has(name)) resources.set(name, content);
  }
  return {
    html: decoded(page),
    charset: /charset\s*=\s*"?([\w:.-]{1,40})/i.exec(page.headers.get('content-type') ?? '')?.[1] ?? null,
    address: address !== null && /^https?:/i.test(address) ? address : null,
    resources,
  };
}

function namesOf({ headers }: Part, page: string | null): string[] {
  const location = headers.get('content-location');
  const id = headers.get('content-id')?.replace(/^<|>$/g, '');
  const names = id === undefined ? [] : [`cid:${id}`];
  if (location === undefined) return names;
  const base = page ?? undefined;
  return [...names, URL.canParse(location, base) ? new URL(location, base).href : location];
}

function partsOf(part: Part, depth: number, room: { left: number }): Part[] {
  const type = part.headers.get('content-type') ?? '';
  if (!/^multipart\//i.test(type)) return [part];
  const boundary = /boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(type)?.slice(1).find(Boolean);
  if (boundary === undefined || depth >= MAX_DEPTH) return [];
  const inner: Part[] = [];
  for (const piece of piecesOf(part.body, `--${boundary}`)) {
    room.left -= 1;
    if (room.left < 0)
      throw new AppError(
        'too_large',
        `The saved page has more than ${MAX_PARTS.toLocaleString('en')} parts.`,
      );
    inner.push(...partsOf(splitPart(piece), depth + 1, room));
  }
  return inner;
}

/** What stands between lines that are the delimiter; the last may be missing in a file that was cut off. */
function* piecesOf(body: string, delimiter: string): Generator<string> {
  let start = -1;
  for (
    let at = nextLine(body, delimiter, 0);
    at >= 0;
    at = nextLine(body, delimiter, at + delimiter.length)
  ) {
    if (start >= 0) yield body.slice(start, at);
    if (body.startsWith('--', at + delimiter.length)) return;
    const end = body.indexOf('\n', at);
    if (end < 0) return;
    start = end + 1;
  }
  if (start >= 0) yield body.slice(start);
}

function nextLine(body: string, delimiter: string, from: number): number {
  for (let at = body.indexOf(delimiter, from); at >= 0; at = body.indexOf(delimiter, at + 1))
    if (at === 0 || body[at - 1] === '\n') return at;
  return -1;
}

function splitPart(source: string): Part {
  const head = source.slice(0, MAX_HEADER);
  const gap = /^\r?\n|\r?\n\r?\n/.exec(head);
  if (gap === null) return { headers: new Map(), body: '' };
  const headers = new Map<string, string>();
  for (const line of head
    .slice(0, gap.index)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (name !== '' && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body: source.slice(gap.index + gap[0].length) };
}

function decoded({ headers, body }: Part): Uint8Array {
  switch ((headers.get('content-transfer-encoding') ?? '').toLowerCase()) {
    case 'base64':
      return new Uint8Array(Buffer.from(body, 'base64'));
    case 'quoted-printable':
      return bytesOf(
        body
          .replace(/=\r?\n/g, '')
          .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      );
    default:
      return bytesOf(body);
  }
}

/** Each byte a character, so that nothing is lost on the way. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
