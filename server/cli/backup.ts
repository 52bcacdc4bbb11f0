/**
 * The whole database in one file, and back: gzipped lines of JSON, a header, then rows table by table in an order
 * that foreign keys allow, then a last line with the count, so that a file that was cut off is noticed.
 * Sessions are left out: after a restore people sign in again. A restore begins a new epoch of each document, or
 * devices would bring back, under other people's client ids, what the backup did not have.
 */
import { randomInt } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import type { Database, Tx } from '#db/open.ts';

const FORMAT = 'proofdesk-backup';
const VERSION = 1;
/** Rows a line: bounded memory, few statements. */
const BATCH = 100;
/** A row of these may hold a whole file of 20 MB, twice that as text. */
const oneByOne: ReadonlySet<string> = new Set(['sources', 'images', 'doc_snapshots', 'doc_segments']);

/** Every table but `sessions`, parents before children. */
export const backupTables = [
  'users',
  'accounts',
  'verifications',
  'workspaces',
  'members',
  'api_tokens',
  'invitations',
  'reports',
  'sources',
  'images',
  'source_pages',
  'report_roles',
  'doc_heads',
  'doc_updates',
  'doc_snapshots',
  'doc_segments',
  'checkpoints',
  'doc_clients',
  'claims',
  'evidence',
  'verdicts',
  'reviews',
  'assignments',
  'threads',
  'comments',
  'reactions',
  'notifications',
  'events',
  'audit',
  'idempotency_keys',
] as const;
export const notBackedUp = ['sessions'] as const;

const headerLine = z.object({ format: z.literal(FORMAT), version: z.literal(VERSION), at: z.string() });
const rowsLine = z.object({ table: z.enum(backupTables), rows: z.array(z.record(z.string(), z.unknown())) });
const endLine = z.object({ end: z.literal(true), rows: z.int() });

/** Writes one consistent moment. The file appears only when it is whole. Answers the number of rows. */
export async function backup(database: Database, file: string, now: Date): Promise<number> {
  const unfinished = `${file}.unfinished`;
  let count = 0;
  try {
    await database.db.transaction(
      async (tx) => {
        async function* lines(): AsyncGenerator<string> {
          yield `${JSON.stringify({ format: FORMAT, version: VERSION, at: now.toISOString() })}\n`;
          for (const table of backupTables) {
            for await (const rows of rowsOf(tx, table)) {
              count += rows.length;
              yield `${JSON.stringify({ table, rows })}\n`;
            }
          }
          yield `${JSON.stringify({ end: true, rows: count })}\n`;
        }
        await pipeline(Readable.from(lines()), createGzip(), createWriteStream(unfinished, { mode: 0o600 }));
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    );
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
  return count;
}

async function* rowsOf(tx: Tx, table: string): AsyncGenerator<unknown[]> {
  const name = sql.identifier(table);
  const count = oneByOne.has(table) ? 1 : BATCH;
  await tx.execute(
    sql`declare backup_rows no scroll cursor for select to_jsonb(t) - 'search' as row from ${name} t`,
  );
  for (;;) {
    const { rows } = await tx.execute<{ row: unknown }>(sql.raw(`fetch ${count} from backup_rows`));
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await tx.execute(sql`close backup_rows`);
}

/** Fills an empty database, in one transaction: a damaged file leaves nothing behind. Answers the number of rows. */
export async function restore(database: Database, file: string): Promise<number> {
  return database.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ n: number }>(sql`select count(*)::int as n from users`);
    if ((rows[0]?.n ?? 0) > 0)
      throw new AppError('conflict', 'The database is not empty; restore into a fresh one');
    let count = 0;
    let ended = false;
    for await (const line of linesOf(file)) {
      if (line.number === 1) readLine(headerLine, line);
      else if (ended) throw damaged(line.number, 'there is something after the end');
      else if (line.text.startsWith('{"end"')) {
        if (readLine(endLine, line).rows !== count) throw damaged(line.number, 'rows are missing');
        ended = true;
      } else {
        const { table, rows: batch } = readLine(rowsLine, line);
        await insert(tx, table, batch);
        count += batch.length;
      }
    }
    if (!ended) throw damaged(0, 'the file was cut off');
    // Drawn, not counted: the same backup restored twice begins two epochs.
    await tx.execute(sql`update doc_heads set epoch = ${newEpoch()}`);
    return count;
  });
}

const newEpoch = (): number => randomInt(2, 2 ** 31);

async function* linesOf(file: string): AsyncGenerator<{ number: number; text: string }> {
  const source = createReadStream(file);
  const unzipped = source.pipe(createGunzip());
  source.on('error', (error) => unzipped.destroy(error));
  let number = 0;
  try {
    for await (const text of createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY }))
      yield { number: ++number, text };
  } catch (error) {
    throw new AppError(
      'invalid_input',
      `${file}: ${error instanceof Error ? error.message : 'not readable'}`,
    );
  }
}

function readLine<S extends z.ZodType>(schema: S, line: { number: number; text: string }): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    throw damaged(line.number, 'not JSON');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw damaged(
      line.number,
      line.number === 1 ? 'not a backup of this version' : 'not rows of a known table',
    );
  return parsed.data;
}

function damaged(line: number, why: string): AppError {
  return new AppError(
    'invalid_input',
    line === 0 ? `The backup is damaged: ${why}` : `The backup is damaged in line ${line}: ${why}`,
  );
}

async function insert(tx: Tx, table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  // What an older version did not have yet begins with its default.
  const given = new Set(rows.flatMap((row) => Object.keys(row)));
  const columns = (await writableColumns(tx, table)).filter((column) => given.has(column));
  if (columns.length === 0) return;
  const list = sql.join(
    columns.map((column) => sql.identifier(column)),
    sql`, `,
  );
  const name = sql.identifier(table);
  await tx.execute(
    sql`insert into ${name} (${list}) select ${list} from jsonb_populate_recordset(null::${name}, ${JSON.stringify(rows)}::jsonb)`,
  );
}

async function writableColumns(tx: Tx, table: string): Promise<string[]> {
  const { rows } = await tx.execute<{ column_name: string }>(
    sql`select column_name from information_schema.columns
        where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER'`,
  );
  return rows.map((row) => row.column_name);
}
