/** Reports: imported, changed, deleted and brought back. The original bytes are kept with their SHA-256. */
import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import * as Y from 'yjs';
import { prosemirrorJSONToYXmlFragment } from 'y-prosemirror';
import type { z } from 'zod';
import type { changeReport as changeReportSchema } from '#core/commands.ts';
import type { ReportGenre, ReportPurpose } from '#core/domain/words.ts';
import { AppError } from '#core/errors.ts';
import type { ReportRecord } from '#core/records.ts';
import { addEntries } from '#core/text/claim-entry.ts';
import { flatten } from '#core/text/flatten.ts';
import { countWords } from '#core/text/count-words.ts';
import { BODY_ROOT, reportSchema } from '#core/text/schema.ts';
import { setLocked } from '#db/queries/document-log.ts';
import { insertImages } from '#db/queries/images.ts';
import { raiseRightsVersion } from '#db/queries/principals.ts';
import { insertPages } from '#db/queries/source-pages.ts';
import { findReport, getReport, holdReport } from '#db/queries/reports.ts';
import { reports, sources } from '#db/schema.ts';
import { planNotes, type PlannedNote } from '#server/import/plan-notes.ts';
import { countBrought, type NoteCounts } from '#server/import/preview.ts';
import { readSource, type Reading } from '#server/import/source.ts';
import { titleFor } from '#server/import/title.ts';
import type { TitledText } from '#server/import/reader.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demand, demandInWorkspace } from './access.ts';
import { BroughtRows, PlaceMaker } from './brought-rows.ts';
import { takeBundle } from './bundle.ts';
import { runCommand, type Change } from './command.ts';
import { keepMoment } from './history.ts';
import { freshIds, takeNotes } from './notes.ts';

export interface SourceInput {
  id?: string | undefined;
  bytes: Uint8Array;
  name: string | null;
  declared: 'file' | 'text' | 'markdown' | 'html' | 'annotations';
  title?: string | undefined;
  /** Where the bytes were fetched from, and the encoding that the server named. */
  origin?: string | undefined;
  charset?: string | null | undefined;
  /** Bytes of a page's images, by address. */
  resources?: ReadonlyMap<string, Uint8Array> | undefined;
  purpose?: ReportPurpose | undefined;
  genre?: ReportGenre | undefined;
}

/** A report with what its source brought beside the text, and what of it was not understood. */
export interface ImportedReport extends ReportRecord {
  readonly notes: NoteCounts;
  readonly unreadable: string[];
}

/** Makes a report from bytes. The text of somebody else's report is locked; the title is no part of the text. */
export async function importReport(
  runtime: Runtime,
  principal: Principal,
  input: SourceInput,
  reading?: Reading,
): Promise<ImportedReport> {
  demandInWorkspace(principal, 'report.import');
  const made = input.id === undefined ? null : await alreadyMade(runtime, principal, input.id);
  return importRead(runtime, principal, { input, read: await readForImport(input, reading), made });
}

/** The same of a source that was read before. `made`: the report that an earlier try made; then none is made. */
export async function importRead(
  runtime: Runtime,
  principal: Principal,
  { input, read, made }: { input: SourceInput; read: TitledText; made: ReportRecord | null },
): Promise<ImportedReport> {
  const plan = planNotes(read.text, read.notes);
  const report = made ?? (await keepRead(runtime, principal, { input, read, notes: plan.notes }));
  const unreadable = [...read.unreadable, ...plan.unreadable];
  return { ...report, notes: countBrought(read, plan.notes), unreadable };
}

export interface NewReport {
  readonly input: SourceInput;
  readonly read: TitledText;
  readonly notes: readonly PlannedNote[];
}

/** Keeps what was read as a new report, with its notes, in one transaction. */
export async function keepRead(
  runtime: Runtime,
  principal: Principal,
  { input, read, notes }: NewReport,
): Promise<ReportRecord> {
  const reportId = input.id ?? runtime.newId();
  const ref = { workspaceId: principal.workspaceId, reportId };
  return runCommand(runtime, principal, async (change) => {
    const inserted = await insertReport(change, principal, reportId, input, read);
    if (!inserted) return retriedAtOnce(change, principal, reportId);
    await insertSource(change, principal, reportId, input, read);
    await insertImages(change.tx, ref, read.images);
    // Made anew in each try: claims are written, with new ids, into it.
    const doc = new Y.Doc();
    prosemirrorJSONToYXmlFragment(reportSchema, read.doc, doc.getXmlFragment(BODY_ROOT));
    const rows = new BroughtRows();
    const places = new PlaceMaker(flatten(doc.getXmlFragment(BODY_ROOT)));
    const target = { change, principal, ref, rows, places };
    const pages = (read.pages ?? []).map(({ page, start }) => ({ page, position: places.before(start) }));
    await insertPages(change.tx, ref, pages);
    if (read.bundle !== undefined) addEntries(doc, takeBundle(target, read.bundle));
    addEntries(doc, takeNotes({ ...target, ids: freshIds(runtime.newId) }, notes));
    await runtime.rooms.create(change.tx, ref, Y.encodeStateAsUpdate(doc), principal.memberId);
    await rows.store(change.tx);
    await keepMoment(change, reportId, 'imported');
    return say(change, reportId, 'report.imported', null, { name: input.name, kind: read.kind });
  });
}

/** What an import would bring. Throws what it would be refused for. */
export async function readForImport(
  { bytes, name, declared, title, origin, charset, resources }: SourceInput,
  reading?: Reading,
): Promise<TitledText> {
  const source = {
    bytes,
    name,
    declared,
    title: title ?? null,
    address: origin ?? null,
    charset: charset ?? null,
    ...(resources === undefined ? {} : { resources }),
  };
  const read = await readSource(source, reading);
  return { ...read, title: read.title ?? titleFor(name, read.text) };
}

/** The report that an earlier try with this id made; null when there is none. */
export async function alreadyMade(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
): Promise<ReportRecord | null> {
  const record = await findReport(runtime.database.db, principal.workspaceId, reportId);
  if (record !== null && record.createdBy.id !== principal.memberId)
    throw new AppError('id_taken', `id: ${reportId} is used already`);
  return record;
}

async function retriedAtOnce(change: Change, principal: Principal, reportId: string): Promise<ReportRecord> {
  const record = await findReport(change.tx, principal.workspaceId, reportId);
  if (record === null || record.createdBy.id !== principal.memberId)
    throw new AppError('id_taken', `id: ${reportId} is used already`);
  return record;
}

async function insertReport(
  change: Change,
  principal: Principal,
  reportId: string,
  input: SourceInput,
  read: TitledText,
): Promise<boolean> {
  const report = read.bundle?.report;
  const inserted = await change.tx
    .insert(reports)
    .values({
      id: reportId,
      workspaceId: principal.workspaceId,
      title: read.title,
      purpose: input.purpose ?? report?.purpose ?? 'external',
      genre: input.genre ?? report?.genre ?? 'other',
      status: 'checking',
      plainText: searchable(read.text),
      wordCount: countWords(read.text),
      createdBy: principal.memberId,
      createdAt: change.at,
      updatedBy: principal.memberId,
      updatedAt: change.at,
    })
    .onConflictDoNothing()
    .returning({ id: reports.id });
  return inserted.length > 0;
}

async function insertSource(
  change: Change,
  principal: Principal,
  reportId: string,
  input: SourceInput,
  { kind, meta }: TitledText,
): Promise<void> {
  await change.tx.insert(sources).values({
    id: change.runtime.newId(),
    workspaceId: principal.workspaceId,
    reportId,
    number: 1,
    kind,
    name: input.name,
    origin: input.origin ?? null,
    meta,
    sha256: createHash('sha256').update(input.bytes).digest('hex'),
    bytes: input.bytes,
    takenBy: principal.memberId,
    takenAt: change.at,
  });
}

/** PostgreSQL's text cannot hold NUL. */
export function searchable(text: string): string {
  return text.replaceAll('\u0000', '');
}

export async function changeReport(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  input: z.infer<typeof changeReportSchema>,
): Promise<ReportRecord> {
  await demand(runtime, principal, reportId, 'report.change');
  return runCommand(runtime, principal, async (change) => {
    const before = await holdReport(change.tx, principal.workspaceId, reportId);
    const { locked, ...columns } = input;
    const set = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
    await change.tx
      .update(reports)
      .set({ ...set, updatedAt: change.at, updatedBy: principal.memberId })
      .where(eq(reports.id, reportId));
    if (locked !== undefined) {
      await setLocked(change.tx, reportId, locked);
      change.afterCommit(() =>
        runtime.rooms.lockChanged({ workspaceId: principal.workspaceId, reportId }, locked),
      );
    }
    const { title, status, genre } = before;
    return say(change, reportId, 'report.changed', { title, status, genre, locked: before.locked }, input);
  });
}

/** Hides the report and cuts its sockets; kept, so that it can be brought back. */
export async function removeReport(runtime: Runtime, principal: Principal, reportId: string): Promise<void> {
  await demand(runtime, principal, reportId, 'report.delete');
  await runCommand(runtime, principal, async (change) => {
    const before = await holdReport(change.tx, principal.workspaceId, reportId);
    await change.tx.update(reports).set({ deletedAt: change.at }).where(eq(reports.id, reportId));
    await raiseRightsVersion(change.tx, principal.workspaceId);
    change.emit('report.removed', { reportId }, { reportId });
    change.audit(
      'report.removed',
      { type: 'report', id: reportId },
      { reportId, before: { title: before.title } },
    );
    change.afterCommit(() => runtime.rooms.cut({ reportId }, 4404));
  });
}

export async function restoreReport(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
): Promise<ReportRecord> {
  demandInWorkspace(principal, 'report.delete');
  return runCommand(runtime, principal, async (change) => {
    const restored = await change.tx
      .update(reports)
      .set({ deletedAt: null })
      .where(and(eq(reports.id, reportId), eq(reports.workspaceId, principal.workspaceId)))
      .returning({ id: reports.id });
    if (restored.length === 0) throw new AppError('not_found', 'There is no such report');
    return say(change, reportId, 'report.imported');
  });
}

async function say(
  change: Change,
  reportId: string,
  name: 'report.imported' | 'report.changed',
  before: unknown = null,
  after: unknown = null,
): Promise<ReportRecord> {
  const report = await getReport(change.tx, change.actor.workspaceId, reportId);
  change.emit(name, { report }, { reportId });
  change.audit(
    name,
    { type: 'report', id: reportId },
    { reportId, before, after: after ?? { title: report.title } },
  );
  return report;
}
