/**
 * Commits in groups: while one transaction runs, whatever arrives, for any report, waits and goes into the next one
 * together. A report whose row somebody holds is waited for alone, and what takes long lets others pass: each report has
 * one commit under way at most, so order is kept. A database that fails is tried again with growing pauses; until then
 * nothing is acknowledged, and the rooms read no further, so memory stays bounded. An entry may be stored twice when a
 * connection breaks during the commit; to Yjs that is the same as once.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { withinTime } from '#core/within-time.ts';
import type { NewClient, NewEntry, Written } from '#db/queries/document-append.ts';
import type { Log } from '#server/log.ts';
import { MAX_SLOW_COMMITS, RETRY_MILLISECONDS, SLOW_COMMIT_MILLISECONDS } from './limits.ts';

/** Of one document. */
export interface CommitRequest {
  readonly docId: string;
  readonly entries: readonly NewEntry[];
  readonly clients: readonly NewClient[];
}

export type Committed =
  | { readonly kind: 'committed'; readonly firstSeq: number }
  /** Meanwhile somebody else claimed these client ids, on another node. Nothing is stored. */
  | { readonly kind: 'foreign_client'; readonly clientIds: readonly number[] }
  /** One of the entries may not be while the report is locked, which it is. Nothing is stored. */
  | { readonly kind: 'locked' }
  /** The document is gone, or the database cannot store this entry whatever one does. Nothing is stored. */
  | { readonly kind: 'impossible'; readonly reason: string };

export type Append = (entries: readonly NewEntry[], clients: readonly NewClient[]) => Promise<Written>;

interface Waiting extends CommitRequest {
  readonly resolve: (committed: Committed) => void;
}

export class CommitQueue {
  #waiting: Waiting[] = [];
  #isRunning = false;
  #slow = 0;
  readonly #stop = new AbortController();

  constructor(
    readonly append: Append,
    readonly log: Log,
  ) {}

  commit(request: CommitRequest): Promise<Committed> {
    return new Promise((resolve) => {
      this.#waiting.push({ ...request, resolve });
      if (!this.#isRunning) void this.#run();
    });
  }

  /** Gives up on what a failing database has not taken. */
  stop(): void {
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    // Whoever calls in the same turn goes into the first group already.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      await this.#passSlow(this.#commitGroup(group));
    }
    // In the same turn as the last look: whoever comes later starts the next run.
    this.#isRunning = false;
  }

  /** Waits for the commit, unless it is slow and few others are. */
  async #passSlow(commit: Promise<void>): Promise<void> {
    if (await withinTime(commit, SLOW_COMMIT_MILLISECONDS)) return;
    if (this.#slow >= MAX_SLOW_COMMITS) return commit;
    this.#slow += 1;
    void commit.finally(() => (this.#slow -= 1));
  }

  async #commitGroup(group: readonly Waiting[]): Promise<void> {
    for (let tries = 0; ; tries++) {
      if (this.#stop.signal.aborted) return giveUp(group, 'stopping');
      try {
        return await this.#settle(
          group,
          await this.append(
            group.flatMap((one) => one.entries),
            group.flatMap((one) => one.clients),
          ),
        );
      } catch (error) {
        if (isDataError(error)) return this.#commitApart(group, error);
        const wait = RETRY_MILLISECONDS[Math.min(tries, RETRY_MILLISECONDS.length - 1)];
        this.log.warn(
          { reason: messageOf(error), tries, rooms: group.length },
          'a commit failed and is tried again',
        );
        await pause(wait, undefined, { signal: this.#stop.signal, ref: false }).catch(() =>
          giveUp(group, 'stopping'),
        );
      }
    }
  }

  async #settle(group: readonly Waiting[], written: Written): Promise<void> {
    if (written.kind === 'written') {
      for (const { docId, resolve } of group) {
        const base = written.base.get(docId);
        if (base !== undefined) resolve({ kind: 'committed', firstSeq: base + 1 });
        else if (written.locked.has(docId)) resolve({ kind: 'locked' });
        else if (!written.held.has(docId)) resolve({ kind: 'impossible', reason: 'no such document' });
      }
      // Each waits for its own row.
      return this.#commitEach(group.filter(({ docId }) => written.held.has(docId)));
    }
    // Rare: those whose client ids were taken are told, the others go again.
    const others: Waiting[] = [];
    for (const one of group) {
      const taken = written.clients.filter(({ docId }) => docId === one.docId);
      if (taken.length === 0) others.push(one);
      else one.resolve({ kind: 'foreign_client', clientIds: taken.map(({ clientId }) => clientId) });
    }
    if (others.length > 0) await this.#commitGroup(others);
  }

  /** One of the group cannot be stored: each alone, so that it harms nobody else. */
  async #commitApart(group: readonly Waiting[], error: unknown): Promise<void> {
    const [only] = group;
    if (only !== undefined && group.length === 1) {
      this.log.error(
        { reason: messageOf(error), report: only.docId },
        'the database refused an entry of the log',
      );
      return only.resolve({ kind: 'impossible', reason: messageOf(error) });
    }
    return this.#commitEach(group);
  }

  async #commitEach(group: readonly Waiting[]): Promise<void> {
    await Promise.all(group.map((one) => this.#commitGroup([one])));
  }
}

function giveUp(group: readonly Waiting[], reason: string): void {
  for (const { resolve } of group) resolve({ kind: 'impossible', reason });
}

/** SQLSTATE classes 22 (bad data) and 23 (a constraint): trying again would not help. */
function isDataError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && /^2[23]/.test(error.code)) return true;
  return isDataError(error.cause);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
