/**
 * Next is a guest in the server's process (server/main.ts owns the HTTP server), so whatever the server also
 * loads must be the same module to both. Packages with state or with `instanceof` checks of their own stay
 * out of Next's bundles: a second copy of yjs in one process breaks its documents.
 */
import type { NextConfig } from 'next';

const sharedWithServer = [
  '@electric-sql/pglite',
  '@hono/node-server',
  '@hono/zod-openapi',
  'better-auth',
  'busboy',
  'drizzle-orm',
  'hono',
  'ioredis',
  'lib0',
  'nodemailer',
  'pg',
  'pino',
  'prom-client',
  'prosemirror-commands',
  'prosemirror-model',
  'prosemirror-schema-list',
  'prosemirror-state',
  'prosemirror-tables',
  'prosemirror-transform',
  'prosemirror-view',
  'socket.io',
  'ws',
  'y-prosemirror',
  'y-protocols',
  'yjs',
];

/** Parts of packages that our pages hardly use or never run, by what stands there instead in the browser. */
const leftOut = {
  buffer: { browser: './app/_editor/left-out/buffer.ts' },
  'next/dist/compiled/buffer': { browser: './app/_editor/left-out/buffer.ts' },
  'lib0/dom': { browser: './app/_editor/left-out/dom.ts' },
  'lib0/logging': { browser: './app/_editor/left-out/logging.ts' },
};

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  agentRules: false,
  // `npm run check` holds the types; somebody who only wants to start the program need not wait for them.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: sharedWithServer,
  // A worker that is kept by a cache would keep pages by the rules of an old build.
  headers: () =>
    Promise.resolve([
      { source: '/service-worker.js', headers: [{ key: 'Cache-Control', value: 'no-cache' }] },
    ]),
  turbopack: { resolveAlias: leftOut },
};

export default config;
