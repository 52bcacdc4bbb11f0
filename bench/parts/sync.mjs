/**
 * The live document beside its peers, in one run on one machine: this server on both of its databases, the reference
 * server of y-websocket with LevelDB, Hocuspocus with SQLite, and a bare relay as the floor. bench/README.md tells how
 * to read it.
 */
import { splitCores } from '../sync/cores.mjs';
import { runScenarios } from '../sync/run.mjs';
import { scenarios } from '../sync/scenarios.mjs';
import { startPostgres } from '../sync/servers/postgres.mjs';
import { hocuspocus, installPeers, yWebsocket } from '../sync/servers/peers.mjs';
import { proofdesk } from '../sync/servers/proofdesk.mjs';
import { relay } from '../sync/servers/relay.mjs';

export { compare as table } from '../sync/compare.mjs';

/** All but ours on PostgreSQL. */
const FOR_QUICK = ['ours', 'yWebsocket', 'hocuspocus', 'relay'];
/** One for each process and each folder that must not outlive us. */
const EXIT_LISTENERS = 40;

/** `quick`: shorter, and without PostgreSQL. `only` chooses scenarios, `servers` servers, by words between commas. */
export async function run({ quick = false, only = '', servers: chosen = '' }) {
  process.setMaxListeners(EXIT_LISTENERS);
  await installPeers();
  const cores = splitCores();
  process.stderr.write(`  ${cores.note}\n`);
  const names = chosen === '' && quick ? FOR_QUICK : chosen.split(',').filter(Boolean);
  const isAsked = ({ name }) => names.length === 0 || names.includes(name);
  const needsPostgres = isAsked({ name: 'oursOnPostgres' }) && process.env.DATABASE_URL === undefined;
  const postgres = needsPostgres ? await startPostgres(cores) : null;
  const servers = serversOf(cores, postgres).filter(isAsked);
  try {
    for (const server of servers) await server.start();
    const wanted = scenarios.filter(({ title }) => only.split(',').some((words) => title.includes(words)));
    return await runScenarios(wanted, servers, { short: quick });
  } finally {
    for (const server of servers) await server.stop();
    await postgres?.stop();
  }
}

function serversOf(cores, postgres) {
  const databaseUrl = postgres?.url ?? process.env.DATABASE_URL ?? null;
  const onPostgres = {
    name: 'oursOnPostgres',
    title: 'this server, PostgreSQL',
    databaseUrl,
    extraPids: () => (postgres === null ? [] : [postgres.pid]),
  };
  return [
    proofdesk(cores, { name: 'ours', title: 'this server, embedded database' }),
    ...(databaseUrl === null ? [] : [proofdesk(cores, onPostgres)]),
    yWebsocket(cores),
    hocuspocus(cores),
    relay(cores),
  ];
}
