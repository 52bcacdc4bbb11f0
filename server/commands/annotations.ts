/**
 * Annotations of others put on a report that is there: those about words become claims and threads on the very words,
 * answers go under what they answer. Which could not be placed is answered with the reason. The same file sent again
 * changes nothing and is answered the same.
 */
import type * as Y from 'yjs';
import { AppError } from '#core/errors.ts';
import { MAX_ANNOTATIONS } from '#core/limits.ts';
import { entriesUpdate } from '#core/text/claim-entry.ts';
import { flatten, type FlatText } from '#core/text/flatten.ts';
import { BODY_ROOT } from '#core/text/schema.ts';
import { holdReport } from '#db/queries/reports.ts';
import { readAnnotations } from '#server/import/annotations/read.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demand } from './access.ts';
import { idsOf, knownThings, roomIn } from './annotation-ids.ts';
import { placesOf } from './annotation-places.ts';
import { BroughtRows, PlaceMaker } from './brought-rows.ts';
import { runCommand } from './command.ts';
import { putAnnotations, type AnnotationsAnswer } from './put-annotations.ts';
import { sayBrought } from './say-brought.ts';

/** How often a text that changes meanwhile is read again. */
const TRIES = 5;

export interface AnnotationsFile {
  readonly source: string;
  /** It is only asked what would come of it. */
  readonly isPreview?: boolean;
}

export async function addAnnotations(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  { source, isPreview = false }: AnnotationsFile,
): Promise<{ answer: AnnotationsAnswer; isNew: boolean }> {
  await demand(runtime, principal, reportId, 'report.import');
  const { annotations, unreadable } = readAnnotations(source);
  if (annotations.length > MAX_ANNOTATIONS) {
    throw new AppError(
      'too_large',
      `At most ${MAX_ANNOTATIONS.toLocaleString('en')} annotations are taken at once, these are ${annotations.length.toLocaleString('en')}`,
    );
  }
  const ref = { workspaceId: principal.workspaceId, reportId };
  const textNow = (doc: Y.Doc): FlatText => flatten(doc.getXmlFragment(BODY_ROOT));
  for (let tried = 0; tried < TRIES; tried++) {
    const text = await runtime.rooms.read(ref, (doc) => textNow(doc).text);
    const places = await placesOf(text, annotations);
    const done = await runCommand(runtime, principal, async (change) => {
      await holdReport(change.tx, principal.workspaceId, reportId);
      const ids = annotations.flatMap((annotation) => idsOf(reportId, annotation));
      const known = await knownThings(change.tx, reportId, ids);
      const room = await roomIn(change.tx, reportId);
      const rows = new BroughtRows();
      // In one go, since the document at hand may change with the next turn.
      const put = await runtime.rooms.read(
        ref,
        (doc) => {
          const flat = textNow(doc);
          const target = { change, principal, ref, rows, places: new PlaceMaker(flat) };
          return flat.text === text ? putAnnotations(target, { annotations, places, known, room }) : null;
        },
        change.tx,
      );
      if (put === null) return null;
      const { anchored, unanchored } = put;
      const answer = { anchored, unanchored, unreadable: [...unreadable, ...put.unreadable] };
      if (isPreview) return { answer, isNew: false };
      await rows.store(change.tx);
      if (put.entries.length > 0) await change.edit(ref, entriesUpdate(put.entries), principal.memberId);
      const brought = await sayBrought(change, reportId, rows);
      if (brought !== null)
        change.audit('annotations.imported', { type: 'report', id: reportId }, { reportId, after: brought });
      return { answer, isNew: brought !== null };
    });
    if (done !== null) return done;
  }
  throw new AppError('conflict', 'The text is being changed right now; send the annotations again');
}
