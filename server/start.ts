/**
 * Puts the runtime together, in the order in which its parts need each other, and takes it apart again. Nothing is
 * opened anywhere else. `main.ts` calls it with the settings of the environment, tests with their own.
 */
import { randomUUID } from 'node:crypto';
import { openDatabase, type Database } from '#db/open.ts';
import { migrate } from '#db/migrate.ts';
import { forgetOldKeys } from '#db/queries/idempotency.ts';
import { forgetEndedSessions, hasUsers } from '#db/queries/accounts.ts';
import { raiseRightsOfUser } from '#db/queries/principals.ts';
import { openAuthenticator } from './auth/authenticator.ts';
import { installationSecret } from './auth/secrets.ts';
import { openBus } from './bus/open-bus.ts';
import { makeFirstOwner, nameFromEmail } from './commands/setup.ts';
import { isLoopback, type Config } from './config.ts';
import { seedDemo } from './demo/seed.ts';
import { openEventHub } from './events/hub.ts';
import { createApp } from './http/app.ts';
import { addressFrom, nodeHandler, openFront, type Front } from './http/front.ts';
import { listen } from './http/listen.ts';
import { describeApi } from './http/openapi.ts';
import { openPages, type Pages } from './http/pages.ts';
import { publicAddresses, type AddressPolicy } from './import/web/address-policy.ts';
import { openFetcher } from './import/web/fetch-address.ts';
import { startStaleWatch, type StaleWatch } from './jobs/stale-watch.ts';
import type { Log } from './log.ts';
import { openMailer } from './mail.ts';
import { openMetrics } from './metrics.ts';
import { allRoutes } from './routes/registry.ts';
import { setRuntime, type Runtime } from './runtime.ts';
import { openRooms } from './sync/rooms.ts';
import { VERSION } from './version.ts';

export interface StartOptions {
  config: Config;
  log: Log;
  /** False: no pages (tests of the server need none). */
  pages?: boolean;
  /** The folder with the pages. */
  dir?: string;
  now?: () => Date;
  /** Check each answer of the API against its schema. */
  checkAnswers?: boolean;
  /** Which addresses pages may be fetched from; only tests give another than the public ones. */
  addresses?: AddressPolicy;
}

export interface RunningServer {
  readonly runtime: Runtime;
  /** `http://localhost:PORT`, or PUBLIC_URL. */
  readonly url: string;
  /** The one-time link that makes the first owner; null when there is one. */
  readonly setupUrl: string | null;
  /** Commits, acknowledges, says goodbye and closes everything. Calling it again returns the same promise. */
  stop(): Promise<void>;
}

/** Answering what is under way may take this long of the ten seconds that a stop has. */
const HTTP_PATIENCE = 5_000;
const AN_HOUR = 3_600_000;

export async function start(options: StartOptions): Promise<RunningServer> {
  const { log, now = () => new Date() } = options;
  const opened: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.toReversed()) await close();
  };
  try {
    const front = openFront({ log, headers: headerOptions(options.config) });
    const config = {
      ...options.config,
      port: await listen(front.server, options.config.port, options.config.host),
    };
    const url = config.publicUrl ?? localUrl(config);
    opened.push(() => front.close(HTTP_PATIENCE));
    const database = await openDatabase({
      dataDir: config.dataDir,
      databaseUrl: config.databaseUrl ?? undefined,
      log,
      describeHolder: () => ({ pid: process.pid, address: url }),
    });
    opened.push(() => database.close());
    await migrate(database);
    const { runtime, close } = openRuntime({
      config,
      log,
      now,
      database,
      ...(options.addresses === undefined ? {} : { addresses: options.addresses }),
    });
    opened.push(close);
    setRuntime(runtime);
    await prepareContent(runtime);
    const pages =
      config.roles.has('web') && options.pages !== false ? await openPagesOf(config, options.dir) : null;
    const setupUrl = (await hasUsers(database.db))
      ? null
      : `${url}/setup?token=${runtime.auth.secrets.setup()}`;
    const jobs = config.roles.has('jobs') ? startJobs(runtime) : null;
    serve(front, runtime, pages, options.checkAnswers ?? false);
    let stopping: Promise<void> | null = null;
    return {
      runtime,
      url,
      setupUrl,
      stop: () => (stopping ??= stop({ front, runtime, pages, jobs, close, database })),
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function headerOptions({ publicUrl, isProduction }: Config): { isHttps: boolean; isDevelopment: boolean } {
  return { isHttps: publicUrl?.startsWith('https:') ?? false, isDevelopment: !isProduction };
}

function localUrl({ host, port }: Config): string {
  const isHere = isLoopback(host) || host === '0.0.0.0' || host === '::';
  return `http://${isHere && host !== '::1' ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

function openPagesOf({ isProduction, port, host }: Config, dir = process.cwd()): Promise<Pages> {
  return openPages({ dir, isDevelopment: !isProduction, port, host });
}

/** Everything that is open while the server runs, and its end. */
export function openRuntime(base: {
  config: Config;
  log: Log;
  now: () => Date;
  database: Database;
  addresses?: AddressPolicy;
}): {
  runtime: Runtime;
  close: () => Promise<void>;
} {
  const { config, log, now, database } = base;
  const nodeId = randomUUID();
  const bus = openBus({ redisUrl: config.redisUrl ?? undefined, nodeId, log });
  const auth = openAuthenticator({
    database,
    log,
    now,
    secret: installationSecret(config),
    publicUrl: config.publicUrl,
    onSessionEnded: async ({ id, userId }) => {
      rooms.cut({ sessionId: id }, 4401);
      events.cut({ sessionId: id }, 4401);
      await raiseRightsOfUser(database.db, userId);
    },
  });
  const rooms = openRooms({ database, bus, auth, log, now, nodeId });
  const events = openEventHub({
    database,
    bus,
    auth,
    log,
    people: (reportId) => rooms.people(reportId),
    serverBuild: VERSION,
  });
  rooms.onPeopleChanged((ref) => events.presence(ref));
  const mail = openMailer({ smtpUrl: config.smtpUrl, log });
  const web = openFetcher({ policy: base.addresses ?? publicAddresses, userAgent: userAgentOf(config) });
  const runtime: Runtime = {
    config,
    log,
    now,
    newId: randomUUID,
    database,
    bus,
    rooms,
    events,
    auth,
    mail,
    web,
  };
  const close = async (): Promise<void> => {
    await Promise.all([rooms.drain(), events.drain()]);
    await Promise.all([bus.close(), mail.close()]);
  };
  return { runtime, close };
}

/** Says honestly who asks, and where to complain. */
function userAgentOf({ publicUrl }: Config): string {
  return `Proofdesk/${VERSION}${publicUrl === null ? '' : ` (+${publicUrl})`}`;
}

/** The owner of the settings, and the demo; both only once a database. */
async function prepareContent(runtime: Runtime): Promise<void> {
  const { owner, demo } = runtime.config;
  if (owner !== null) await makeFirstOwner(runtime, { ...owner, name: nameFromEmail(owner.email) });
  if (demo) await seedDemo(runtime);
}

interface Jobs {
  drain(): Promise<void>;
}

function startJobs(runtime: Runtime): Jobs {
  const { log, now, database } = runtime;
  const watch: StaleWatch = startStaleWatch(runtime);
  const tidy = setInterval(() => {
    Promise.all([forgetOldKeys(database.db, now()), forgetEndedSessions(database.db, now())]).catch(
      (error: unknown) => log.warn({ err: error }, 'what is over could not be forgotten'),
    );
  }, AN_HOUR).unref();
  return {
    async drain() {
      clearInterval(tidy);
      await watch.drain();
    },
  };
}

function serve(front: Front, runtime: Runtime, pages: Pages | null, checkAnswers: boolean): void {
  const { config, database, rooms, events } = runtime;
  const routes = allRoutes();
  const describe = (): unknown => describeApi(routes, { version: VERSION });
  const app = createApp({ runtime, routes, describe, checkAnswers });
  const isPublic = config.publicUrl !== null && !isLoopback(new URL(config.publicUrl).hostname);
  const api = (request: Request, env: unknown): Promise<Response> =>
    new URL(request.url).pathname.startsWith('/api/auth/')
      ? runtime.auth.handler(request, addressFrom(env, isPublic))
      : app(request, env);
  const metrics = openMetrics({
    rooms: () => rooms.stats().rooms,
    syncConnections: () => rooms.stats().connections,
    eventConnections: () => events.stats().connections,
  });
  rooms.onCommit(metrics.observeCommit);
  front.serve({
    api: config.roles.has('web') ? nodeHandler(api) : null,
    pages,
    sync: config.roles.has('sync')
      ? (request, socket, head) => rooms.handleUpgrade(request, socket, head)
      : null,
    events: config.roles.has('events')
      ? (request, socket, head) => events.handleUpgrade(request, socket, head)
      : null,
    metrics,
    whyNotReady: () => whyNotReady(database),
  });
}

async function whyNotReady(database: Database): Promise<string | null> {
  try {
    if (!(await database.migrationsCurrent())) return 'the database lacks migrations of this version';
    await database.checkWritable();
    return null;
  } catch (error) {
    return `the database cannot be written: ${error instanceof Error ? error.message : 'unknown reason'}`;
  }
}

interface Parts {
  front: Front;
  runtime: Runtime;
  pages: Pages | null;
  jobs: Jobs | null;
  close: () => Promise<void>;
  database: Database;
}

/** No newcomers; requests under way are answered while sockets commit, acknowledge and close. Then the rest goes. */
async function stop({ front, runtime, pages, jobs, close, database }: Parts): Promise<void> {
  const { rooms, events } = runtime;
  await Promise.all([front.close(HTTP_PATIENCE), rooms.drain(), events.drain()]);
  await jobs?.drain();
  await close();
  await pages?.close();
  await database.close();
  runtime.log.info({}, 'stopped');
}
