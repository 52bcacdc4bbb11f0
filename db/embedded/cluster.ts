/**
 * The folder of the embedded database: made whole or not at all.
 *
 * A new cluster is made in a folder beside its place, written to the disk, and renamed. A folder that a killed
 * start left half done is thrown away; one with the right name is always complete. The caller holds the lock of
 * the data folder: two openers of one cluster lose rows without an error.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { SyncedNodeFS, syncPath, syncTree } from './synced-fs.ts';

/** The major version of PostgreSQL in the pinned PGlite: another one cannot read this one's files. */
const POSTGRES_MAJOR = '18';

/** Small segments keep a new data folder, and what is kept of the log after a checkpoint, small. */
const WAL_SEGMENT_MB = 4;

const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
  // The default of 128 MB is all touched at start; the page cache is there besides.
  '-c',
  'shared_buffers=16MB',
];

export type OpenCluster = { database: PGlite; isNew: boolean };

/** Opens the cluster, and makes it first when there is none. */
export async function openCluster(clusterDir: string): Promise<OpenCluster> {
  const isNew = !existsSync(clusterDir);
  if (isNew) await makeCluster(clusterDir);
  requireReadableVersion(clusterDir);
  return { database: await startCluster(new SyncedNodeFS(clusterDir)), isNew };
}

async function makeCluster(clusterDir: string): Promise<void> {
  const half = `${clusterDir}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o700 });
  const database = await startCluster(new SyncedNodeFS(half));
  await database.close();
  syncTree(half);
  renameSync(half, clusterDir);
  syncPath(path.dirname(clusterDir));
}

function requireReadableVersion(clusterDir: string): void {
  const found = readFileSync(path.join(clusterDir, 'PG_VERSION'), 'utf8').trim();
  if (found === POSTGRES_MAJOR) return;
  throw new Error(
    `${clusterDir} was made by PostgreSQL ${found}; this Proofdesk has PostgreSQL ${POSTGRES_MAJOR}`,
  );
}

/** Opens what is in the file system; rejects with PostgreSQL's last words. */
export async function startCluster(fs: SyncedNodeFS): Promise<PGlite> {
  const complaints: string[] = [];
  const complain = (line: string): boolean => {
    complaints.push(line);
    if (complaints.length > 10) complaints.shift();
    return false;
  };
  try {
    return await PGlite.create({
      fs,
      extensions: { pg_trgm },
      startParams,
      initDbStartParams: [`--wal-segsize=${WAL_SEGMENT_MB}`],
      onStderr: complain,
    });
  } catch (error) {
    throw new Error(['The embedded database does not start', ...complaints].join('\n'), { cause: error });
  }
}
