/**
 * Whether what is stored holds together: every log loads, rows and entries match, images are what
 * they are named for, the audit chain is unbroken.
 */
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { findEntry } from '#core/text/claim-entry.ts';
import { CLAIMS_ROOT } from '#core/text/schema.ts';
import { AUDIT_GENESIS, auditHash } from '#db/queries/log.ts';
import type { DbOrTx } from '#db/open.ts';
import { audit, claims, docHeads, docSegments, docUpdates, images, reports, workspaces } from '#db/schema.ts';
import type { Runtime } from '#server/runtime.ts';
import { unpackSegment } from '#server/sync/segment.ts';

export interface Finding {
  subject: string;
  problem: string;
}

export interface Verification {
  reports: number;
  claims: number;
  auditEvents: number;
  findings: Finding[];
}

export async function verify(runtime: Runtime): Promise<Verification> {
  const { db } = runtime.database;
  const findings: Finding[] = [];
  const rows = await db.select({ id: reports.id, workspaceId: reports.workspaceId }).from(reports);
  let claimCount = 0;
  for (const report of rows) {
    findings.push(...(await gapsInLog(db, report.id)), ...(await gapsInHistory(db, report.id)));
    claimCount += await verifyReport(runtime, report, findings);
  }
  findings.push(...(await wrongImages(db)));
  let auditEvents = 0;
  for (const { id } of await db.select({ id: workspaces.id }).from(workspaces))
    auditEvents += await verifyChain(db, id, findings);
  return { reports: rows.length, claims: claimCount, auditEvents, findings };
}

/** Sequence numbers after the first are without gaps. */
async function gapsInLog(db: DbOrTx, docId: string): Promise<Finding[]> {
  const rows = await db
    .select({ seq: docUpdates.seq })
    .from(docUpdates)
    .where(eq(docUpdates.docId, docId))
    .orderBy(asc(docUpdates.seq));
  const gap = rows.find((row, i) => i > 0 && row.seq !== (rows[i - 1]?.seq ?? 0) + 1);
  return gap === undefined
    ? []
    : [{ subject: `report ${docId}`, problem: `the log has a gap before ${gap.seq}` }];
}

/** Segments unpack, and go from the first entry to the snapshot without a gap. */
async function gapsInHistory(db: DbOrTx, docId: string): Promise<Finding[]> {
  const subject = `report ${docId}`;
  const [head] = await db
    .select({ upto: docHeads.snapshotSeq })
    .from(docHeads)
    .where(eq(docHeads.docId, docId));
  const segments = await db
    .select()
    .from(docSegments)
    .where(eq(docSegments.docId, docId))
    .orderBy(asc(docSegments.uptoSeq));
  let next = 1;
  for (const { fromSeq, uptoSeq, data } of segments) {
    if (fromSeq !== next) return [{ subject, problem: `the history has a gap before ${fromSeq}` }];
    if (!unpacksTo(uptoSeq - fromSeq + 1, data))
      return [{ subject, problem: `the history from ${fromSeq} to ${uptoSeq} cannot be read` }];
    next = uptoSeq + 1;
  }
  return next === (head?.upto ?? 0) + 1
    ? []
    : [{ subject, problem: `the history ends before ${head?.upto}` }];
}

function unpacksTo(count: number, segment: Uint8Array): boolean {
  try {
    return unpackSegment(segment, 1).length === count;
  } catch {
    return false; // zlib and lib0 throw on what `packSegment` did not make
  }
}

/** An image is named by the hash of its bytes; the database compares, so that none travels. */
async function wrongImages(db: DbOrTx): Promise<Finding[]> {
  const rows = await db
    .select({ reportId: images.reportId, sha256: images.sha256 })
    .from(images)
    .where(sql`encode(sha256(${images.bytes}), 'hex') <> ${images.sha256}`)
    .orderBy(asc(images.reportId), asc(images.sha256));
  return rows.map(({ reportId, sha256 }) => ({
    subject: `report ${reportId}`,
    problem: `the image ${sha256} has other bytes than its name says`,
  }));
}

async function verifyReport(
  runtime: Runtime,
  report: { id: string; workspaceId: string },
  findings: Finding[],
): Promise<number> {
  const rows = await runtime.database.db
    .select({ id: claims.id })
    .from(claims)
    .where(eq(claims.reportId, report.id));
  const known = new Set(rows.map((row) => row.id));
  const subject = `report ${report.id}`;
  try {
    await runtime.rooms.read({ workspaceId: report.workspaceId, reportId: report.id }, (doc) => {
      if (doc.store.pendingStructs !== null)
        findings.push({ subject, problem: 'the log refers to updates that it does not have' });
      for (const id of known)
        if (findEntry(doc, id) === null)
          findings.push({ subject: `claim ${id}`, problem: 'the row has no entry in the document' });
      for (const id of doc.getMap(CLAIMS_ROOT).keys()) {
        if (!known.has(id))
          findings.push({ subject: `claim ${id}`, problem: `${subject} has an entry without a row` });
      }
    });
  } catch (error) {
    findings.push({
      subject,
      problem: `the log does not load: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
  return rows.length;
}

/** Rows are read in pages: an audit log only grows. */
const PAGE = 1_000;

async function verifyChain(db: DbOrTx, workspaceId: string, findings: Finding[]): Promise<number> {
  let previousHash = AUDIT_GENESIS;
  let seq = 0;
  for (;;) {
    const rows = await db
      .select()
      .from(audit)
      .where(and(eq(audit.workspaceId, workspaceId), gt(audit.seq, seq)))
      .orderBy(asc(audit.seq))
      .limit(PAGE);
    if (rows.length === 0) return seq;
    for (const row of rows) {
      const isNext = row.seq === seq + 1 && row.previousHash === previousHash && row.hash === auditHash(row);
      if (!isNext) {
        findings.push({
          subject: `workspace ${workspaceId}`,
          problem: `the audit chain breaks at ${row.seq}`,
        });
        return seq;
      }
      seq = row.seq;
      previousHash = row.hash;
    }
  }
}
