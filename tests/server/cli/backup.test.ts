import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tmpdir } from 'node:os';
import { gunzipSync, gzipSync } from 'node:zlib';
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import * as schema from '#db/schema.ts';
import { claimsOfReport } from '#db/queries/claims.ts';
import { backup, backupTables, notBackedUp, restore } from '#server/cli/backup.ts';
import { verify } from '#server/cli/verify.ts';
import { addClaim } from '#server/commands/claims.ts';
import { commentOnClaim } from '#server/commands/comments.ts';
import { importReport } from '#server/commands/reports.ts';
import type { Principal } from '#server/principal.ts';
import { viewClaim } from '#server/views/claims.ts';
import { readImage } from '#server/views/images.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { figure, figureReport, paragraph } from '#tests/support/figure-report.ts';
import { chart, pngOf } from '#tests/support/images.ts';
import { openDesk, type TestDesk } from '#tests/support/desk.ts';

test('CM1: every table is backed up, or named as one that is not', () => {
  const tables = Object.values(schema).flatMap((value) => (is(value, PgTable) ? [getTableName(value)] : []));
  expect([...backupTables, ...notBackedUp].sort()).toEqual(tables.sort());
});

describeOnEveryDatabase('backup, restore and verify', (open) => {
  let folder: string;
  let desk: TestDesk;
  let ana: Principal;
  let reportId: string;
  let claimId: string;
  let pictured: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'proofdesk-backup-'));
    desk = await openDesk(await open());
    ana = await desk.join('Ana', 'owner');
    reportId = (await desk.import(ana, 'Sirens sounded for nearly ten hours.')).id;
    const selector = { type: 'TextQuoteSelector', exact: 'nearly ten hours' } as const;
    claimId = (await addClaim(desk.runtime, ana, reportId, { selector, rationale: 'The log.' })).id;
    await commentOnClaim(desk.runtime, ana, claimId, { body: '…' });
    pictured = (
      await importReport(desk.runtime, ana, {
        bytes: new TextEncoder().encode(
          JSON.stringify(figureReport([paragraph('One.'), figure(chart, 'Counts')], [chart])),
        ),
        name: null,
        declared: 'file',
      })
    ).id;
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('CM2: what a backup holds is there after a restore, and holds together', async () => {
    const file = path.join(folder, 'whole');
    const rows = await backup(desk.runtime.database, file, new Date());
    const other = await openDesk(await open());
    await other.runtime.database.db
      .delete(schema.workspaces)
      .where(eq(schema.workspaces.id, other.workspaceId));
    expect(await restore(other.runtime.database, file)).toBe(rows);
    expect((await viewClaim(other.runtime, ana, claimId)).rationale).toBe('The log.');
    expect(await verify(other.runtime)).toMatchObject({ reports: 2, claims: 1, findings: [] });
    const [head] = await other.runtime.database.db
      .select({ epoch: schema.docHeads.epoch })
      .from(schema.docHeads);
    expect(head?.epoch).toBeGreaterThan(1);
    await expect(restore(other.runtime.database, file)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('IM92: a backup holds the images, and a restore brings them back byte for byte', async () => {
    const file = path.join(folder, 'images');
    await backup(desk.runtime.database, file, new Date());
    const other = await openDesk(await open());
    await other.runtime.database.db
      .delete(schema.workspaces)
      .where(eq(schema.workspaces.id, other.workspaceId));
    await restore(other.runtime.database, file);
    expect(await readImage(other.runtime, ana, chart.sha256)).toEqual({
      sha256: chart.sha256,
      mediaType: 'image/png',
      bytes: chart.bytes,
    });
  });

  test('IM92: verify names an image that has other bytes than its name says', async () => {
    const { db } = desk.runtime.database;
    const set = (bytes: Uint8Array) =>
      db.update(schema.images).set({ bytes }).where(eq(schema.images.reportId, pictured));
    await set(pngOf(1, 1));
    expect((await verify(desk.runtime)).findings).toEqual([
      {
        subject: `report ${pictured}`,
        problem: `the image ${chart.sha256} has other bytes than its name says`,
      },
    ]);
    await set(chart.bytes);
    expect((await verify(desk.runtime)).findings).toEqual([]);
  });

  test('CM3: a file that was cut off or changed restores nothing', async () => {
    const file = path.join(folder, 'damaged');
    await backup(desk.runtime.database, file, new Date());
    const lines = gunzipSync(await readFile(file))
      .toString()
      .trimEnd()
      .split('\n');
    const other = await open();
    for (const kept of [
      lines.slice(0, -1),
      lines.slice(0, -2).concat(lines.slice(-1)),
      ['{}', ...lines.slice(1)],
    ]) {
      await writeFile(file, gzipSync(kept.join('\n')));
      await expect(restore(other, file)).rejects.toMatchObject({ code: 'invalid_input' });
    }
    await writeFile(file, 'no backup at all');
    await expect(restore(other, file)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await other.db.select().from(schema.workspaces)).toEqual([]);
  });

  test('CM4: verify names a broken chain and a row without its entry', async () => {
    const { db } = desk.runtime.database;
    await db.update(schema.audit).set({ verb: 'something.else' }).where(eq(schema.audit.seq, 1));
    const [claim] = await claimsOfReport(db, desk.workspaceId, reportId);
    const [row] = await db
      .select()
      .from(schema.claims)
      .where(eq(schema.claims.id, claim?.id ?? ''));
    if (row === undefined) throw new Error('no claim');
    const { search: _search, ...copy } = row;
    await db.insert(schema.claims).values({ ...copy, id: desk.runtime.newId() });
    const { findings } = await verify(desk.runtime);
    expect(findings.map((finding) => finding.problem)).toEqual([
      'the row has no entry in the document',
      'the audit chain breaks at 1',
    ]);
  });
});
