/** Gathers one report for export: the committed text, places resolved in exactly it, and its records. */
import { yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import { resolvePlace } from '#core/anchor/place.ts';
import { everything, type ExportOptions } from '#core/export/options.ts';
import { buildProjection, type ExportProjection } from '#core/export/projection.ts';
import type { ThreadRecord } from '#core/records.ts';
import { rationaleJson, rationaleText } from '#core/text/claim-entry.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { imagesNamed } from '#core/text/figures.ts';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT, reportSchema } from '#core/text/schema.ts';
import { claimsOfReport, quotesOf, verdictsOf } from '#db/queries/claims.ts';
import { loadPeople } from '#db/queries/people.ts';
import { changesIn, getReport, textTime } from '#db/queries/reports.ts';
import { threadPlaces, threadsOfReport } from '#db/queries/threads.ts';
import { demand } from '#server/commands/access.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { placeClaim } from './claims.ts';
import { imagesFor } from './images.ts';
import { workspaceOf } from './workspace.ts';

export async function projectReport(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  options: ExportOptions = everything,
): Promise<ExportProjection> {
  await demand(runtime, principal, reportId, 'report.export');
  const { db } = runtime.database;
  const { workspaceId } = principal;
  const report = await getReport(db, workspaceId, reportId);
  const workspace = await workspaceOf(runtime, workspaceId);
  const textAt = await textTime(db, reportId);
  const changes = await changesIn(db, workspaceId, reportId);
  const records = await claimsOfReport(db, workspaceId, reportId);
  const people = await loadPeople(db, workspaceId);
  const claimIds = records.map((claim) => claim.id);
  const verdicts = [...(await verdictsOf(db, claimIds, people)).values()].flat();
  const threads = await threadsOfReport(db, workspaceId, reportId);
  const places = await threadPlaces(db, reportId);
  const quotes = await quotesOf(db, claimIds);
  const written = await runtime.rooms.read({ workspaceId, reportId }, (doc) => {
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
  const input = {
    report,
    workspace,
    ...written,
    verdicts,
    images: await imagesFor(runtime, principal, imagesNamed(written.doc)),
    exportedAt: textAt.toISOString(),
    changes,
    members: people.all,
    now: runtime.now().toISOString(),
  };
  return buildProjection(input, options);
}
