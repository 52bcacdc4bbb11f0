/** Threads with their comments and reactions, as records. Those of a removed claim are not found. */
import { and, asc, eq, isNull, type SQL } from 'drizzle-orm';
import type { Quote } from '#core/anchor/evidence.ts';
import { AppError } from '#core/errors.ts';
import { groupBy } from '#core/grouping.ts';
import type { CommentRecord, ThreadRecord } from '#core/records.ts';
import type { DbOrTx, Tx } from '#db/open.ts';
import { comments, reactions, threads } from '#db/schema.ts';
import { claimIsThere, quoteOf as quoteFrom } from './claims.ts';
import { among } from './among.ts';
import { loadPeople, type People } from './people.ts';

export type ThreadRow = typeof threads.$inferSelect;
export type CommentRow = Omit<typeof comments.$inferSelect, 'search'>;

export async function threadsOfReport(
  db: DbOrTx,
  workspaceId: string,
  reportId: string,
): Promise<ThreadRecord[]> {
  return threadsWhere(db, workspaceId, eq(threads.reportId, reportId));
}

export async function threadsOfClaim(
  db: DbOrTx,
  workspaceId: string,
  claimId: string,
): Promise<ThreadRecord[]> {
  return threadsWhere(db, workspaceId, eq(threads.claimId, claimId));
}

export async function getThread(db: DbOrTx, workspaceId: string, threadId: string): Promise<ThreadRecord> {
  const [record] = await threadsWhere(db, workspaceId, eq(threads.id, threadId));
  if (record === undefined) throw new AppError('not_found', 'There is no such thread');
  return record;
}

export async function threadsByIds(
  db: DbOrTx,
  workspaceId: string,
  ids: readonly string[],
): Promise<ThreadRecord[]> {
  return ids.length === 0 ? [] : threadsWhere(db, workspaceId, among(threads.id, ids));
}

export async function commentsByIds(
  db: DbOrTx,
  workspaceId: string,
  ids: readonly string[],
): Promise<CommentRecord[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(comments)
    .where(
      and(among(comments.id, ids), eq(comments.workspaceId, workspaceId), claimIsThere(comments.claimId)),
    );
  return toComments(db, rows, await loadPeople(db, workspaceId));
}

/** Which report the thread is in: all that a check of rights needs. */
export async function reportOfThread(db: DbOrTx, workspaceId: string, threadId: string): Promise<string> {
  const [row] = await db
    .select({ reportId: threads.reportId })
    .from(threads)
    .where(
      and(eq(threads.id, threadId), eq(threads.workspaceId, workspaceId), claimIsThere(threads.claimId)),
    );
  if (row === undefined) throw new AppError('not_found', 'There is no such thread');
  return row.reportId;
}

export async function getComment(db: DbOrTx, workspaceId: string, commentId: string): Promise<CommentRecord> {
  const [row] = await db
    .select()
    .from(comments)
    .where(
      and(eq(comments.id, commentId), eq(comments.workspaceId, workspaceId), claimIsThere(comments.claimId)),
    );
  if (row === undefined) throw new AppError('not_found', 'There is no such comment');
  const people = await loadPeople(db, workspaceId);
  const [record] = await toComments(db, [row], people);
  if (record === undefined) throw new AppError('not_found', 'There is no such comment');
  return record;
}

/** Locks a thread's row. Throws not_found. */
export async function holdThread(tx: Tx, workspaceId: string, threadId: string): Promise<ThreadRow> {
  const [row] = await tx
    .select()
    .from(threads)
    .where(and(eq(threads.id, threadId), eq(threads.workspaceId, workspaceId)))
    .for('update');
  if (row === undefined) throw new AppError('not_found', 'There is no such thread');
  return row;
}

/** Locks a comment's row. Throws not_found, also for a deleted one. */
export async function holdComment(tx: Tx, workspaceId: string, commentId: string): Promise<CommentRow> {
  const [row] = await tx
    .select()
    .from(comments)
    .where(
      and(eq(comments.id, commentId), eq(comments.workspaceId, workspaceId), claimIsThere(comments.claimId)),
    )
    .for('update');
  if (row === undefined || row.deletedAt !== null)
    throw new AppError('not_found', 'There is no such comment');
  return row;
}

async function threadsWhere(db: DbOrTx, workspaceId: string, condition: SQL): Promise<ThreadRecord[]> {
  const rows = await db
    .select()
    .from(threads)
    .where(and(eq(threads.workspaceId, workspaceId), claimIsThere(threads.claimId), condition))
    .orderBy(asc(threads.createdAt), asc(threads.id));
  if (rows.length === 0) return [];
  const people = await loadPeople(db, workspaceId);
  const said = await db
    .select()
    .from(comments)
    .where(
      among(
        comments.threadId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(comments.at), asc(comments.id));
  const records = groupBy(await toComments(db, said, people), (comment) => comment.threadId);
  return rows.map((row) => toThread(row, records.get(row.id) ?? [], people));
}

function toThread(row: ThreadRow, said: CommentRecord[], people: People): ThreadRecord {
  const placed = row.exact !== null && row.anchorState !== null;
  return {
    id: row.id,
    reportId: row.reportId,
    claimId: row.claimId,
    anchor: placed
      ? {
          start: row.anchorStart,
          end: row.anchorEnd,
          exact: row.anchorExact,
          state: row.anchorState ?? 'orphaned',
          confidence: row.anchorConfidence ?? 0,
        }
      : null,
    quote: placed ? { exact: row.exact ?? '', prefix: row.prefix ?? '', suffix: row.suffix ?? '' } : null,
    state: row.state,
    resolvedBy:
      row.importedResolver === null ? people.maybe(row.resolvedBy) : { id: null, name: row.importedResolver },
    deskOnly: row.deskOnly,
    createdAt: row.createdAt.toISOString(),
    suggestion: suggestionOf(row, said, people),
    comments: said,
  };
}

function suggestionOf(row: ThreadRow, said: CommentRecord[], people: People): ThreadRecord['suggestion'] {
  const { suggestionKind: kind, suggestionText: text, suggestionState: state } = row;
  if (kind === null || state === null) return null;
  const isDecided = state !== 'pending';
  return {
    kind,
    text: text ?? '',
    state,
    by: said[0]?.author ?? people.person(row.createdBy),
    decidedBy:
      isDecided && row.importedResolver !== null
        ? { id: null, name: row.importedResolver }
        : people.maybe(row.suggestionDecidedBy),
  };
}

async function toComments(db: DbOrTx, rows: readonly CommentRow[], people: People): Promise<CommentRecord[]> {
  if (rows.length === 0) return [];
  const given = await db
    .select()
    .from(reactions)
    .where(
      among(
        reactions.commentId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(reactions.at));
  const byComment = groupBy(given, (reaction) => reaction.commentId);
  return rows.map((row) => ({
    id: row.id,
    threadId: row.threadId,
    claimId: row.claimId,
    reportId: row.reportId,
    parentId: row.parentId,
    body: row.deletedAt === null ? row.body : '',
    author: people.person(row.authorId, row.importedAuthor),
    at: row.at.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deleted: row.deletedAt !== null,
    reactions: reactionsOf(byComment.get(row.id) ?? [], people),
  }));
}

function reactionsOf(
  given: readonly (typeof reactions.$inferSelect)[],
  people: People,
): CommentRecord['reactions'] {
  return [...groupBy(given, (reaction) => reaction.name)].map(([name, some]) => ({
    name,
    by: some.map((reaction) =>
      people.person(reaction.memberId, reaction.importedAuthor === '' ? null : reaction.importedAuthor),
    ),
  }));
}

export interface ThreadPlace {
  start: Uint8Array;
  end: Uint8Array;
  quote: Quote;
}

/** Where a thread on plain words is anchored; null for a claim's thread. */
export function placeOfThread(row: ThreadRow): ThreadPlace | null {
  const { startPosition: start, endPosition: end, exact, prefix, suffix, copies, anchorStart } = row;
  if (start === null || end === null || exact === null) return null;
  return {
    start,
    end,
    quote: quoteFrom({ exact, prefix: prefix ?? '', suffix: suffix ?? '', copies: copies ?? 1, anchorStart }),
  };
}

/** The same for every thread of a report, by thread. */
export async function threadPlaces(db: DbOrTx, reportId: string): Promise<Map<string, ThreadPlace>> {
  const rows = await db
    .select()
    .from(threads)
    .where(and(eq(threads.reportId, reportId), isNull(threads.claimId)));
  return new Map(
    rows.flatMap((row) => {
      const place = placeOfThread(row);
      return place === null ? [] : [[row.id, place]];
    }),
  );
}
