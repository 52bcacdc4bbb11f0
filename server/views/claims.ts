/** Claims as the API answers them: placed in the committed text of this moment, with the rationale's words. */
import type * as Y from 'yjs';
import type { Quote } from '#core/anchor/evidence.ts';
import { resolvePlace } from '#core/anchor/place.ts';
import type { ClaimRecord, ClaimView } from '#core/records.ts';
import { findEntry, rationaleText } from '#core/text/claim-entry.ts';
import { flatten, type FlatText } from '#core/text/flatten.ts';
import { BODY_ROOT } from '#core/text/schema.ts';
import { claimsOfReport, getClaim, quotesOf } from '#db/queries/claims.ts';
import { demand } from '#server/commands/access.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';

export async function viewClaims(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
): Promise<ClaimView[]> {
  await demand(runtime, principal, reportId, 'report.read');
  const records = await claimsOfReport(runtime.database.db, principal.workspaceId, reportId);
  return placeClaims(runtime, principal.workspaceId, reportId, records);
}

export async function viewClaim(runtime: Runtime, principal: Principal, claimId: string): Promise<ClaimView> {
  const record = await getClaim(runtime.database.db, principal.workspaceId, claimId);
  await demand(runtime, principal, record.reportId, 'report.read');
  return viewOf(runtime, principal.workspaceId, record);
}

/** A record that a command answered, as the API shows it. */
export async function viewOf(runtime: Runtime, workspaceId: string, record: ClaimRecord): Promise<ClaimView> {
  const [view] = await placeClaims(runtime, workspaceId, record.reportId, [record]);
  if (view === undefined) throw new Error('a claim was lost while it was placed');
  return view;
}

export async function placeClaims(
  runtime: Runtime,
  workspaceId: string,
  reportId: string,
  records: readonly ClaimRecord[],
): Promise<ClaimView[]> {
  if (records.length === 0) return [];
  const quotes = await quotesOf(
    runtime.database.db,
    records.map((record) => record.id),
  );
  return runtime.rooms.read({ workspaceId, reportId }, (doc) => {
    const flat = flatten(doc.getXmlFragment(BODY_ROOT));
    return records.map((record) => placeClaim(doc, flat, record, quotes.get(record.id) ?? record.quote));
  });
}

export function placeClaim(doc: Y.Doc, flat: FlatText, record: ClaimRecord, quote: Quote): ClaimView {
  const entry = findEntry(doc, record.id);
  const anchor = entry === null ? record.anchor : resolvePlace(flat, doc, entry.place, quote);
  return { ...record, anchor, rationale: rationaleText(doc, record.id) };
}
