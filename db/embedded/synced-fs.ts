/**
 * PGlite's Node file system with a working fsync.
 *
 * The stock one has none, so PostgreSQL believes that its log is on the disk while it is in the page cache,
 * and a power cut leaves a folder that does not open. A failed fsync is reported as EIO, upon which
 * PostgreSQL panics, as it must: nothing is acknowledged that is not on the disk.
 */
import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { PGlite, postgresMod } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** WASI's number for EIO, which is what Emscripten's ErrnoError takes. */
const EIO = 29;

type PostgresMod = postgresMod.PostgresMod;
type OpenFile = { nfd: number };
type NodeFileSystem = { stream_ops: { fsync?: (file: OpenFile) => number } };

export class SyncedNodeFS extends NodeFS {
  readonly #sync: (file: number) => void;

  /** `sync` puts an open file, or the names in an open folder, on the disk, or throws. */
  constructor(folder: string, sync: (file: number) => void = fsyncSync) {
    super(folder);
    this.#sync = sync;
  }

  override async init(
    pg: PGlite,
    options: Partial<PostgresMod>,
  ): Promise<{ emscriptenOpts: Partial<PostgresMod> }> {
    const { emscriptenOpts } = await super.init(pg, options);
    const preRun = [...(emscriptenOpts.preRun ?? []), (module: PostgresMod) => this.#addSync(module)];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }

  #addSync(module: PostgresMod): void {
    const nodeFileSystem: NodeFileSystem = module.NODEFS;
    nodeFileSystem.stream_ops.fsync = (file) => {
      try {
        this.#sync(file.nfd);
        return 0;
      } catch {
        throw new module.FS.ErrnoError(EIO);
      }
    };
  }
}

/** Puts a folder and everything in it on the disk. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) syncTree(name);
    else if (entry.isFile()) syncPath(name);
  }
  syncPath(folder);
}

/** Puts one file, or the names in one folder, on the disk. */
export function syncPath(name: string): void {
  const file = openSync(name, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
