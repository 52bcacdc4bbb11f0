/**
 * A command: somebody says something and answers for it. It checks the right, changes rows, edits the document
 * if it has to, and says what happened, all in one transaction; only after its commit do sockets, other nodes
 * and the outside hear of it. A command that fails leaves nothing behind.
 * Inside, use `change.tx` only: the embedded database has one connection.
 */
import type { EventData, EventName, RecordEvent } from '#core/events.ts';
import { writeHappening, type NewAudit, type NewEvent } from '#db/queries/log.ts';
import type { Tx } from '#db/open.ts';
import type { Runtime } from '#server/runtime.ts';
import type { Appended, DocRef } from '#server/sync/rooms.ts';

/** Who does it: a member, or the server itself (`memberId` null). */
export interface Actor {
  readonly workspaceId: string;
  readonly memberId: string | null;
  readonly name: string;
}

export interface Change<A extends Actor = Actor> {
  readonly runtime: Runtime;
  readonly tx: Tx;
  readonly actor: A;
  readonly at: Date;
  /** Says what happened to everyone in the workspace, or only to one member. */
  emit<N extends EventName>(
    name: N,
    data: EventData<N>,
    to?: { reportId?: string; onlyMemberId?: string },
  ): void;
  audit(
    verb: string,
    subject: { type: string; id: string },
    more?: { reportId?: string; before?: unknown; after?: unknown },
  ): void;
  /** Puts an edit of a document into the same commit, in the name of `memberId`. */
  edit(ref: DocRef, update: Uint8Array, memberId: string): Promise<void>;
  /** Runs after the commit; must not fail. */
  afterCommit(run: () => void): void;
}

/** Deadlocks and serialization failures are worth another try; everything else is not. */
const TRANSIENT = new Set(['40P01', '40001']);
const TRIES = 4;

export async function runCommand<T, A extends Actor>(
  runtime: Runtime,
  actor: A,
  work: (change: Change<A>) => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await runOnce(runtime, actor, work);
    } catch (error) {
      if (tried === TRIES || !TRANSIENT.has(databaseCode(error))) throw error;
    }
  }
}

async function runOnce<T, A extends Actor>(
  runtime: Runtime,
  actor: A,
  work: (change: Change<A>) => Promise<T>,
): Promise<T> {
  const said: NewEvent[] = [];
  const audited: NewAudit[] = [];
  const edits: { ref: DocRef; appended: Appended }[] = [];
  const after: (() => void)[] = [];
  const at = runtime.now();
  let first = 0;

  const result = await runtime.database.db.transaction(async (tx) => {
    const answer = await work({
      runtime,
      tx,
      actor,
      at,
      emit: (name, data, to = {}) =>
        said.push({ name, data, reportId: to.reportId ?? null, onlyMemberId: to.onlyMemberId ?? null }),
      audit: (verb, subject, more = {}) =>
        audited.push({
          verb,
          subjectType: subject.type,
          subjectId: subject.id,
          reportId: more.reportId ?? null,
          before: more.before ?? null,
          after: more.after ?? null,
        }),
      edit: async (ref, update, memberId) => {
        edits.push({ ref, appended: await runtime.rooms.append(tx, ref, update, memberId) });
      },
      afterCommit: (run) => after.push(run),
    });
    if (said.length > 0 || audited.length > 0) {
      first = await writeHappening(tx, {
        workspaceId: actor.workspaceId,
        actorId: actor.memberId,
        at,
        events: said,
        audit: audited,
      });
    }
    return answer;
  });

  for (const { ref, appended } of edits) runtime.rooms.deliver(ref, appended);
  if (said.length > 0)
    runtime.events.publish(
      actor.workspaceId,
      said.map((event, i) => stored(event, first + i, actor, at)),
    );
  for (const run of after) run();
  return result;
}

function stored(
  event: NewEvent,
  version: number,
  actor: Actor,
  at: Date,
): RecordEvent & { onlyMemberId: string | null } {
  const envelope = {
    version,
    at: at.toISOString(),
    actor: actor.memberId === null ? null : { id: actor.memberId, name: actor.name },
    reportId: event.reportId,
  };
  // `emit` took name and data as one pair, so the payload fits the name.
  return {
    name: event.name,
    payload: { ...envelope, ...event.data },
    onlyMemberId: event.onlyMemberId,
  } as RecordEvent & {
    onlyMemberId: string | null;
  };
}

/** The SQLSTATE of a database error, also where the query builder wrapped it; empty when there is none. */
export function databaseCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return databaseCode(error.cause);
}
