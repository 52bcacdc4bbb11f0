/**
 * A process that opens the data folder in its arguments and adds numbers, one commit each, saying each one only
 * when the database has acknowledged it; until it is killed.
 */
import { openDatabase } from '#db/open.ts';

const [dataDir = ''] = process.argv.slice(2);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const { pool } = await openDatabase({ dataDir, log });
await pool.query('CREATE TABLE IF NOT EXISTS appended (n serial PRIMARY KEY, data bytea)');
process.stdout.write('open\n');
for (;;) {
  const { rows } = await pool.query<{ n: number }>('INSERT INTO appended (data) VALUES ($1) RETURNING n', [
    Buffer.alloc(2000, 'proofdesk'),
  ]);
  process.stdout.write(`${rows[0]?.n}\n`);
}
