/** A report's history: checkpoints of it, any moment of it, and a moment brought back as a new edit. */
import type * as Y from 'yjs';
import type { CheckpointKind } from '#core/domain/words.ts';
import { AppError } from '#core/errors.ts';
import type { CheckpointRecord } from '#core/records.ts';
import { reviseBody } from '#core/text/revise.ts';
import { BODY_ROOT } from '#core/text/schema.ts';
import { findCheckpoint, insertCheckpoint } from '#db/queries/checkpoints.ts';
import { documentHead, holdDocument } from '#db/queries/document-log.ts';
import { holdReport, touchReport } from '#db/queries/reports.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { readHistory } from '#server/sync/history.ts';
import { demand } from './access.ts';
import { runCommand, type Change } from './command.ts';

/** Keeps the present moment of the report's document, in the command's transaction. */
export async function keepMoment(
  change: Change<Principal>,
  reportId: string,
  kind: CheckpointKind,
  more: { id?: string | undefined; name?: string | null } = {},
): Promise<CheckpointRecord> {
  const { tx, actor, at, runtime } = change;
  const { workspaceId, memberId } = actor;
  const id = more.id ?? runtime.newId();
  const seq = await documentHead(tx, reportId);
  const checkpoint = { id, workspaceId, reportId, seq, kind, name: more.name ?? null };
  const isNew = await insertCheckpoint(tx, { ...checkpoint, createdBy: memberId, createdAt: at });
  const record = await findCheckpoint(tx, workspaceId, reportId, id);
  if (record === null || record.by.id !== memberId || record.kind !== kind)
    throw new AppError('id_taken', `id: ${id} is used already`);
  // An import says so itself.
  if (isNew && kind !== 'imported') {
    change.emit('checkpoint.added', { checkpoint: record }, { reportId });
    change.audit(
      'checkpoint.added',
      { type: 'checkpoint', id },
      { reportId, after: { kind, name: record.name, seq } },
    );
  }
  return record;
}

export async function nameMoment(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  input: { id?: string | undefined; name: string },
): Promise<CheckpointRecord> {
  await demand(runtime, principal, reportId, 'report.change');
  return runCommand(runtime, principal, async (change) => {
    await holdReport(change.tx, principal.workspaceId, reportId);
    return keepMoment(change, reportId, 'named', input);
  });
}

export interface Restored {
  /** What stood before, to go back to; null when nothing had to be changed. */
  readonly before: CheckpointRecord | null;
  /** The last entry of the log, with the restored text. */
  readonly seq: number;
}

/**
 * Makes the text say what it said at `seq`. A new edit: claims, rationales and verdicts stay, and what nobody
 * touched since stays the very same items. Allowed while the text is locked.
 */
export async function restoreMoment(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  { seq, id }: { seq: number; id?: string | undefined },
): Promise<Restored> {
  await demand(runtime, principal, reportId, 'history.restore');
  const { workspaceId, memberId } = principal;
  const moment = await readHistory(runtime.database, reportId, seq);
  try {
    return await runCommand(runtime, principal, async (change) => {
      await holdReport(change.tx, workspaceId, reportId);
      const done = id === undefined ? null : await findCheckpoint(change.tx, workspaceId, reportId, id);
      if (done !== null) {
        if (done.kind !== 'before_restore' || done.by.id !== memberId)
          throw new AppError('id_taken', `id: ${id} is used already`);
        return { before: done, seq: await documentHead(change.tx, reportId) };
      }
      await holdDocument(change.tx, reportId);
      const ref = { workspaceId, reportId };
      const update = revision(await runtime.rooms.fork(ref, change.tx), moment.doc);
      if (update === null) return { before: null, seq: await documentHead(change.tx, reportId) };
      const before = await keepMoment(change, reportId, 'before_restore', { id });
      await change.edit(ref, update, memberId);
      await touchReport(change.tx, reportId, memberId, change.at);
      change.audit('report.restored_to', { type: 'report', id: reportId }, { reportId, after: { seq } });
      return { before, seq: await documentHead(change.tx, reportId) };
    });
  } finally {
    moment.doc.destroy();
  }
}

/** The edit after which `doc` reads like `target`; null: it does already. Ends `doc`, which must be a private copy. */
export function revision(doc: Y.Doc, target: Y.Doc): Uint8Array | null {
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  reviseBody(doc.getXmlFragment(BODY_ROOT), target.getXmlFragment(BODY_ROOT));
  doc.destroy();
  const [update] = updates;
  return update ?? null;
}
