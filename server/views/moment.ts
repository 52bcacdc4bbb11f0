/** What a moment of a report's history looked like: its text, and who wrote each character of it. */
import { yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import { AppError } from '#core/errors.ts';
import type { CheckpointRecord, MomentRecord } from '#core/records.ts';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT, reportSchema } from '#core/text/schema.ts';
import { findCheckpoint } from '#db/queries/checkpoints.ts';
import { readClients } from '#db/queries/document-log.ts';
import { loadPeople } from '#db/queries/people.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { authorsOf } from '#server/sync/authors.ts';
import { readHistory } from '#server/sync/history.ts';

/** A checkpoint's id, or a number of the report's log. */
export interface MomentRef {
  readonly seq: number;
  readonly checkpoint: CheckpointRecord | null;
}

/** Throws not_found. `named`: what stands in the address, already known to be an id or a number. */
export async function findMoment(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  named: string,
): Promise<MomentRef> {
  if (/^\d+$/.test(named)) return { seq: Number(named), checkpoint: null };
  const { db } = runtime.database;
  const checkpoint = await findCheckpoint(db, principal.workspaceId, reportId, named);
  if (checkpoint === null) throw new AppError('not_found', 'There is no such checkpoint of this report');
  return { seq: checkpoint.seq, checkpoint };
}

export async function viewMoment(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  { seq, checkpoint }: MomentRef,
): Promise<MomentRecord> {
  const { database } = runtime;
  const { doc, at, memberId } = await readHistory(database, reportId, seq);
  const owners = await readClients(database.db, reportId);
  const people = await loadPeople(database.db, principal.workspaceId);
  const body = doc.getXmlFragment(BODY_ROOT);
  const flat = flatten(body);
  const authors = authorsOf(flat, (client) => owners.get(client) ?? null);
  const moment = {
    seq,
    at: at.toISOString(),
    by: people.maybe(memberId),
    checkpoint,
    text: flat.text,
    doc: yXmlFragmentToProseMirrorRootNode(body, reportSchema).toJSON() as unknown,
    authors: authors.map(({ start, end, author }) => ({ start, end, by: people.maybe(author) })),
  };
  doc.destroy();
  return moment;
}
