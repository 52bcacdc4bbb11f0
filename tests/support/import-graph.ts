/**
 * Who imports whom among our own files, read from the text of the files. Serves tests/architecture.test.ts.
 *
 * Packages are left out; a relative or `#folder/` import that leads to no file is an error, since a graph with
 * holes would let everything pass.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type ImportEdge = {
  readonly to: string;
  /** Erased before it runs (`import type`), so it brings no code along. */
  readonly isTypeOnly: boolean;
};

export type SourceFile = {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly directive: 'use client' | 'use server' | null;
  readonly imports: readonly ImportEdge[];
};

export type ImportGraph = ReadonlyMap<string, SourceFile>;

const CODE = /\.(ts|tsx|mjs|mts|js|jsx)$/;
const STATIC = /^[ \t]*(?:import|export)\b(\s+type\b)?[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]/gm;
const BARE = /^[ \t]*import\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /(\btypeof\s+)?\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g;
const BESIDE = /new URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url\s*\)/g;

/** Reads every code file below these folders of the root. */
export function readImportGraph(root: string, folders: readonly string[]): ImportGraph {
  const files = folders.flatMap((folder) => listCode(root, folder));
  return new Map(files.map((file) => [file, readSource(root, file)]));
}

function listCode(root: string, folder: string): string[] {
  const absolute = path.join(root, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((name) => CODE.test(name));
}

function readSource(root: string, file: string): SourceFile {
  const text = withoutComments(readFileSync(path.join(root, file), 'utf8'));
  const directive = /^\s*['"](use client|use server)['"]/.exec(text)?.[1];
  const imports = specifiersOf(text).flatMap(({ specifier, isTypeOnly }) => {
    const to = resolve(root, file, specifier);
    return to === null ? [] : [{ to, isTypeOnly }];
  });
  return {
    path: file,
    directive: directive === 'use client' || directive === 'use server' ? directive : null,
    imports,
  };
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/^[ \t]*\/\/.*$/gm, '');
}

function specifiersOf(text: string): { specifier: string; isTypeOnly: boolean }[] {
  const found = [
    ...[...text.matchAll(STATIC)].map((match) => ({
      specifier: match[2],
      isTypeOnly: match[1] !== undefined,
    })),
    ...[...text.matchAll(BARE)].map((match) => ({ specifier: match[1], isTypeOnly: false })),
    ...[...text.matchAll(DYNAMIC)].map((match) => ({
      specifier: match[2],
      isTypeOnly: match[1] !== undefined,
    })),
    ...[...text.matchAll(BESIDE)].map((match) => ({ specifier: match[1], isTypeOnly: false })),
  ];
  return found.flatMap(({ specifier, isTypeOnly }) => (specifier ? [{ specifier, isTypeOnly }] : []));
}

/** Our file that the specifier means, or null for a package. */
function resolve(root: string, from: string, specifier: string): string | null {
  const target = specifier.startsWith('.')
    ? path.posix.join(path.posix.dirname(from), specifier)
    : specifier.startsWith('#')
      ? specifier.slice(1)
      : null;
  if (target === null) return null;
  const candidates = ['', '.ts', '.tsx', '.mjs', '/index.ts', '/index.tsx'].map((ending) => target + ending);
  const file = candidates.find(
    (candidate) => /\.\w+$/.test(candidate) && existsSync(path.join(root, candidate)),
  );
  if (file === undefined) throw new Error(`${from} imports ${specifier}, which is no file`);
  return file;
}

/** A file and what it may not import, as a sentence. */
export type Violation = string;

/** What files under each folder may import: paths or folders (with `/`) of ours, besides their own folder. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'core/': [],
  'db/': ['core/'],
  'server/': ['core/', 'db/'],
  'app/_server/': ['core/', 'app/', 'server/api.ts'],
  'app/': ['core/', 'app/'],
};

/** Imports against the direction app → core; app/_server → server/api.ts → server → db → core. */
export function findWrongDirections(graph: ImportGraph): Violation[] {
  return [...graph.values()].flatMap((file) => {
    const home = ['core/', 'db/', 'server/', 'app/_server/', 'app/'].find((each) =>
      file.path.startsWith(each),
    );
    if (home === undefined) return [];
    const allowed = [home, ...(ALLOWED[home] ?? [])];
    return file.imports
      .filter(
        ({ to }) =>
          CODE.test(to) &&
          !allowed.some((each) => to === each || (each.endsWith('/') && to.startsWith(each))),
      )
      .map(({ to }) => `${file.path} imports ${to}`);
  });
}

/**
 * Paths by which code of the server would get into the browser: from each 'use client' file along every import
 * that is not type-only, up to a 'use server' file (those become remote calls).
 */
export function findServerCodeInBrowser(graph: ImportGraph): Violation[] {
  const clients = [...graph.values()].filter(({ directive }) => directive === 'use client');
  return clients.flatMap((client) => findPath(graph, client));
}

function findPath(graph: ImportGraph, client: SourceFile): Violation[] {
  const cameFrom = new Map<string, string | null>([[client.path, null]]);
  const waiting = [client.path];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    for (const { to, isTypeOnly } of graph.get(file)?.imports ?? []) {
      if (isTypeOnly || cameFrom.has(to) || graph.get(to)?.directive === 'use server') continue;
      cameFrom.set(to, file);
      if (/^(server|db)\//.test(to)) return [trace(cameFrom, to)];
      waiting.push(to);
    }
  }
  return [];
}

function trace(cameFrom: ReadonlyMap<string, string | null>, end: string): string {
  const steps = [end];
  for (let at = cameFrom.get(end); at; at = cameFrom.get(at)) steps.unshift(at);
  return steps.join(' → ');
}
