/**
 * A report from a web address. The page is fetched before anything is written, so a slow server holds up nobody; the
 * bytes that came are kept as the source, with the address where they were found in the end.
 */
import { desc, eq } from 'drizzle-orm';
import type { ReportRecord } from '#core/records.ts';
import { sources } from '#db/schema.ts';
import type { TitledText } from '#server/import/reader.ts';
import type { Reading } from '#server/import/source.ts';
import { fetchImages, fetchPage } from '#server/import/web/import-page.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demandInWorkspace } from './access.ts';
import { alreadyMade, importRead, readForImport, type ImportedReport, type SourceInput } from './reports.ts';

export type AddressInput = Pick<SourceInput, 'id' | 'title' | 'purpose' | 'genre'> & { url: string };

interface FetchedSource {
  readonly input: SourceInput;
  readonly read: TitledText;
}

/** Throws `address_refused` for an address that is not public, `address_unreachable` for one that gives nothing. */
export async function importAddress(
  runtime: Runtime,
  principal: Principal,
  input: AddressInput,
  reading: Reading = {},
): Promise<ImportedReport> {
  demandInWorkspace(principal, 'report.import');
  const made = input.id === undefined ? null : await alreadyMade(runtime, principal, input.id);
  // Sent again, the page is not fetched again: it may be another one by now.
  const fetched = await (made === null
    ? fetchSource(runtime, input, reading)
    : keptSource(runtime, { made, input }, reading));
  return importRead(runtime, principal, { ...fetched, made });
}

/** The page with its images, read as an import reads a file. */
export async function fetchSource(
  runtime: Runtime,
  { url, ...options }: AddressInput,
  reading: Reading,
): Promise<FetchedSource> {
  reading.onStep?.({ step: 'fetching' });
  const { bytes, address, charset } = await fetchPage(runtime.web, url);
  const input = { ...options, bytes, name: null, declared: 'file' as const, origin: address, charset };
  const read = await readForImport(input, reading);
  const resources = await fetchImages(runtime.web, read);
  if (resources.size === 0) return { input, read };
  return { input, read: await readForImport({ ...input, resources }, reading) };
}

/** What an earlier try fetched. */
async function keptSource(
  runtime: Runtime,
  { made, input: { url: _, ...options } }: { made: ReportRecord; input: AddressInput },
  reading: Reading,
): Promise<FetchedSource> {
  const [row] = await runtime.database.db
    .select({ bytes: sources.bytes, origin: sources.origin })
    .from(sources)
    .where(eq(sources.reportId, made.id))
    .orderBy(desc(sources.number))
    .limit(1);
  if (row === undefined) throw new Error(`report ${made.id} has no source`);
  const { bytes, origin } = row;
  const input = { ...options, bytes, name: null, declared: 'file' as const, origin: origin ?? undefined };
  return { input, read: await readForImport(input, reading) };
}
