/**
 * The files that the build made for browsers, as it compressed them (scripts/compress.mjs). Their names change with
 * their content, so a browser asks for each once. Next would serve them too, but it looks for a page first and
 * compresses anew for everybody, in the moment in which it should render what they wait for.
 */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

/** Answers true when it took the request. */
export type BuiltFiles = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

const PREFIX = '/_next/static/';
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
};
const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const;

/** `dir` is the program's; what it does not know (other kinds, other methods) is left to Next. */
export function openBuiltFiles(dir: string): BuiltFiles {
  const root = join(dir, '.next/static');
  const known = new Set(readdirSync(root, { recursive: true, encoding: 'utf8' }).map(asAddress));
  return async (request, response) => {
    const name = (request.url ?? '').split('?', 1)[0]?.slice(PREFIX.length) ?? '';
    const type = types[extname(name)];
    if (request.method !== 'GET' || request.url?.startsWith(PREFIX) !== true) return false;
    if (type === undefined || !known.has(name)) return false;
    const accepted = request.headers['accept-encoding'] ?? '';
    const encoding = encodings.find((one) => accepts(accepted, one.name) && known.has(name + one.ending));
    const bytes = await readFile(join(root, name + (encoding?.ending ?? '')));
    response.writeHead(200, {
      'Content-Type': type,
      'Content-Length': bytes.length,
      ...(encoding === undefined ? {} : { 'Content-Encoding': encoding.name }),
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
    });
    response.end(bytes);
    return true;
  };
}

function asAddress(path: string): string {
  return path.replaceAll('\\', '/');
}

/** Whether a list like `gzip, br;q=0` has it, and not with a weight of nothing. */
function accepts(list: string, name: string): boolean {
  return list.split(',').some((part) => {
    const [token, weight] = part.split(';');
    return token?.trim() === name && !/^\s*q=0(?:\.0*)?\s*$/.test(weight ?? '');
  });
}
