/**
 * Gathers one report for export: the committed text, places resolved in exactly it, and its records, all as they were at
 * one moment. An export is never half of one state and half of the next.
 */
import { yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import { resolvePlace } from '#core/anchor/place.ts';
import { everything, type ExportOptions } from '#core/export/options.ts';
import { buildProjection, type ExportProjection, type ProjectionInput } from '#core/export/projection.ts';
import type { ThreadRecord } from '#core/records.ts';
import { rationaleJson, rationaleText } from '#core/text/claim-entry.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { imagesNamed } from '#core/text/figures.ts';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT, reportSchema } from '#core/text/schema.ts';
import { claimsOfReport, quotesOf, verdictsOf } from '#db/queries/claims.ts';
import type { Tx } from '#db/open.ts';
import { loadPeople } from '#db/queries/people.ts';
import { changesIn, findWorkspace, getReport, textTime } from '#db/queries/reports.ts';
import { loadPages } from '#db/queries/source-pages.ts';
import { threadPlaces, threadsOfReport } from '#db/queries/threads.ts';
import { demand } from '#server/commands/access.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import type { DocRef } from '#server/sync/rooms.ts';
import { placeClaim } from './claims.ts';
import { imagesFor } from './images.ts';
import { placePages } from './source-pages.ts';

export async function projectReport(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  options: ExportOptions = everything,
): Promise<ExportProjection> {
  await demand(runtime, principal, reportId, 'report.export');
  const { workspaceId } = principal;
  const state = await runtime.database.db.transaction(
    (tx) => readState(runtime, tx, { workspaceId, reportId }),
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  // Images never change under their names; a look at rights would wait for the transaction's connection.
  const images = await imagesFor(runtime, principal, imagesNamed(state.doc));
  return buildProjection({ ...state, images, now: runtime.now().toISOString() }, options);
}

/** Rows and text of one moment, whatever is committed meanwhile. */
async function readState(
  runtime: Runtime,
  tx: Tx,
  ref: DocRef,
): Promise<Omit<ProjectionInput, 'images' | 'now'>> {
  const { workspaceId, reportId } = ref;
  const report = await getReport(tx, workspaceId, reportId);
  const { name, ratingScale } = await findWorkspace(tx, workspaceId);
  const textAt = await textTime(tx, reportId);
  const changes = await changesIn(tx, workspaceId, reportId);
  const records = await claimsOfReport(tx, workspaceId, reportId);
  const people = await loadPeople(tx, workspaceId);
  const claimIds = records.map((claim) => claim.id);
  const verdicts = [...(await verdictsOf(tx, claimIds, people)).values()].flat();
  const threads = await threadsOfReport(tx, workspaceId, reportId);
  const places = await threadPlaces(tx, reportId);
  const quotes = await quotesOf(tx, claimIds);
  const pages = await loadPages(tx, ref);
  const written = await runtime.rooms.readAsOf(tx, ref, (doc) => {
    const body = doc.getXmlFragment(BODY_ROOT);
    const flat = flatten(body);
    const placed = (thread: ThreadRecord): ThreadRecord => {
      const place = places.get(thread.id);
      return place === undefined
        ? thread
        : { ...thread, anchor: resolvePlace(flat, doc, place, place.quote) };
    };
    return {
      doc: yXmlFragmentToProseMirrorRootNode(body, reportSchema).toJSON() as DocNode,
      claims: records.map((claim) => placeClaim(doc, flat, claim, quotes.get(claim.id) ?? claim.quote)),
      threads: threads.map(placed),
      pages: placePages(pages, flat, doc),
      rationales: new Map(
        records.flatMap((claim) => {
          const json = rationaleJson(doc, claim.id);
          return json === null
            ? []
            : [[claim.id, { text: rationaleText(doc, claim.id), doc: json as DocNode }] as const];
        }),
      ),
    };
  });
  return {
    report,
    workspace: { name, ratingScale },
    ...written,
    verdicts,
    changes,
    members: people.all,
    exportedAt: textAt.toISOString(),
  };
}
