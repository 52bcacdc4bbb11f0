/**
 * A file that went out from here and comes back with answers. Its comments that are ours find their threads; what is
 * new goes under what it answers, or opens a thread on its words; a comment of ours that was changed is not changed
 * here, the new words answer it. Tracked changes become suggestions. What has no place in the text is kept without
 * one, for a person to place. The same file sent again changes nothing.
 */
import { createHash } from 'node:crypto';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT } from '#core/text/schema.ts';
import { claimsOfReport } from '#db/queries/claims.ts';
import { wasAudited } from '#db/queries/log.ts';
import { holdReport } from '#db/queries/reports.ts';
import { threadsOfReport } from '#db/queries/threads.ts';
import { matchRemarks, ownRemarks } from '#server/import/match-returned.ts';
import { AROUND_OWN_TEXT } from '#server/import/own-file.ts';
import { planNotes } from '#server/import/plan-notes.ts';
import type { ImportedText } from '#server/import/reader.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demand } from './access.ts';
import { commentIds, knownThings } from './annotation-ids.ts';
import { BroughtRows, PlaceMaker } from './brought-rows.ts';
import { runCommand } from './command.ts';
import { Joining, namesHere, noCounts, type Counts, type Unplaced } from './joining.ts';
import { namedIds, type NotesTarget } from './notes.ts';

/** "4 replies added, 2 texts changed, 1 to place". */
export function summaryOf(joined: Joined): string {
  const parts = [
    [joined.repliesAdded, 'reply added', 'replies added'],
    [joined.threadsAdded, 'thread added', 'threads added'],
    [joined.suggestionsAdded, 'suggestion added', 'suggestions added'],
    [joined.textsChanged, 'text changed', 'texts changed'],
    [joined.resolved, 'thread resolved', 'threads resolved'],
    [joined.reopened, 'thread reopened', 'threads reopened'],
    [joined.toPlace.length, 'to place', 'to place'],
  ] as const;
  const said = parts.flatMap(([n, one, more]) =>
    n === 0 ? [] : [`${n.toLocaleString('en')} ${n === 1 ? one : more}`],
  );
  return said.length === 0 ? 'Nothing new' : said.join(', ');
}

export interface ReturnedFile {
  readonly bytes: Uint8Array;
  readonly read: ImportedText;
  /** It is only asked what would come of it. */
  readonly isPreview?: boolean;
}

export async function joinReturned(
  runtime: Runtime,
  principal: Principal,
  reportId: string,
  { bytes, read, isPreview = false }: ReturnedFile,
): Promise<Joined> {
  await demand(runtime, principal, reportId, 'report.import');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const ref = { workspaceId: principal.workspaceId, reportId };
  return runCommand(runtime, principal, async (change) => {
    await holdReport(change.tx, principal.workspaceId, reportId);
    if (await wasAudited(change.tx, ref, JOINED, sha256)) return nothingNew(read);
    const { notes, unreadable } = planNotes(read.text, read.notes);
    const claims = await claimsOfReport(change.tx, principal.workspaceId, reportId);
    const threads = await threadsOfReport(change.tx, principal.workspaceId, reportId);
    const own = matchRemarks(ownRemarks(claims, threads), notes, read.text);
    const ids = notes
      .flatMap((note) => note.comments)
      .flatMap((comment) => namesHere(reportId, comment, own));
    const known = await knownThings(change.tx, reportId, ids);
    const joining = await runtime.rooms.read(
      ref,
      (doc) => {
        const places = new PlaceMaker(flatten(doc.getXmlFragment(BODY_ROOT)));
        const target: NotesTarget = {
          change,
          principal,
          ref,
          places,
          rows: new BroughtRows(),
          ids: namedIds(runtime.newId, (said) => commentIds(reportId, said)),
        };
        const made = new Joining(target, { own, known, read });
        for (const note of notes) made.take(note);
        made.refuseStranger();
        return made;
      },
      change.tx,
    );
    const outcome = joining.outcome(
      new Set(threads.filter(({ state }) => state === 'resolved').map(({ id }) => id)),
    );
    if (!isPreview) {
      await joining.target.rows.store(change.tx);
      await joining.settle(change, outcome);
      change.audit(
        JOINED,
        { type: 'report', id: reportId },
        { reportId, after: { sha256, ...joining.counts } },
      );
    }
    return {
      ...joining.counts,
      resolved: outcome.resolved,
      reopened: outcome.reopened,
      toPlace: joining.toPlace,
      // The text is here already: only what was said in the file, or changed, is news.
      unreadable: [
        ...read.unreadable.filter((sentence) => sentence !== `${AROUND_OWN_TEXT}.`),
        ...unreadable,
        ...joining.untracked(),
      ],
    };
  });
}

const JOINED = 'report.answers_joined';

export interface Joined extends Counts {
  /** Of threads. */
  readonly resolved: number;
  readonly reopened: number;
  readonly toPlace: readonly Unplaced[];
  readonly unreadable: readonly string[];
}

function nothingNew({ notes }: ImportedText): Joined {
  const alreadyThere = notes.reduce((sum, { comments }) => sum + comments.length, 0);
  return { ...noCounts(), resolved: 0, reopened: 0, toPlace: [], unreadable: [], alreadyThere };
}
