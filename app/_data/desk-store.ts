/**
 * Everything that the report screen knows of records, in one zustand store: what the server said (`base`), what is
 * on its way (`queue`, `held`), and both together (`shown`), which is what components read.
 * A held command waits for its undo to pass; it is shown as done, and nobody else knows of it yet.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RecordEvent } from '#core/events.ts';
import type { ClaimRecord, MemberRecord, ReportRecord, ThreadRecord } from '#core/records.ts';
import type { RequestProblem } from '../_session/request.ts';
import type { DeskCommand, Given } from './desk-command.ts';
import { applyEvent, type DeskState } from './desk-state.ts';
import { newId } from './ids.ts';
import { KeptCommands } from './kept-commands.ts';
import { listenToDesk } from './live-events.ts';
import { withPending, type Me } from './optimism.ts';
import { emptyOutbox, type Outbox } from './outbox.ts';
import { browserEffects, OutboxRunner, type OutboxEffects } from './outbox-runner.ts';
import { settle } from './settle.ts';

export interface Refusal {
  readonly id: string;
  readonly given: Given;
  readonly code: string;
  readonly sentence: string;
  /** The problem document. */
  readonly body: unknown;
}

export interface DeskData {
  readonly base: DeskState;
  readonly shown: DeskState;
  readonly outbox: Outbox;
  readonly held: readonly Given[];
  /** The newest last. */
  readonly refusals: readonly Refusal[];
  readonly version: number;
  readonly live: 'connecting' | 'online' | 'away';
  /** Why there are no more events: the session ended, or the right to read was taken. */
  readonly closed: string | null;
}

export interface DeskStart {
  readonly report: ReportRecord;
  readonly claims: readonly ClaimRecord[];
  readonly threads: readonly ThreadRecord[];
  readonly members: readonly MemberRecord[];
  readonly version: number;
}

export interface DeskListener {
  /** Somebody else did something. */
  onOthers(event: RecordEvent): void;
  onRefused(refusal: Refusal): void;
  /** The events since the last version are gone: the page has to load everything anew. */
  onIncomplete(): void;
}

interface DeskOptions {
  readonly start: DeskStart;
  readonly me: Me & { readonly workspaceId: string };
  readonly storage: Storage | null;
  readonly effects?: OutboxEffects;
}

export class DeskStore {
  readonly data: StoreApi<DeskData>;
  readonly #me: Me;
  readonly #outbox: OutboxRunner;
  readonly #effects: OutboxEffects;
  readonly #holds = new Map<string, () => void>();
  #listener: DeskListener | null = null;
  #order = 0;

  constructor({ start, me, storage, effects = browserEffects }: DeskOptions) {
    this.#me = me;
    this.#effects = effects;
    const base = stateOf(start);
    this.data = createStore<DeskData>(() => ({
      base,
      shown: base,
      outbox: emptyOutbox,
      held: [],
      refusals: [],
      version: start.version,
      live: 'connecting',
      closed: null,
    }));
    this.#outbox = new OutboxRunner(
      new KeptCommands(storage, me.id, me.workspaceId),
      {
        changed: (outbox) => this.#set({ outbox }),
        taken: (given, answer) => this.#set({ base: settle(this.data.getState().base, given, answer, me) }),
        refused: (problem, dropped) => this.#refuse(problem, dropped),
      },
      effects,
    );
  }

  /** Begins to send; returns the end. */
  open(listener: DeskListener): () => void {
    this.#listener = listener;
    this.#outbox.start();
    const wake = (): void => this.#outbox.wake();
    const leave = (): void => this.#sendHeld();
    window.addEventListener('online', wake);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('online', wake);
      window.removeEventListener('pagehide', leave);
      this.#sendHeld();
      this.#outbox.stop();
      this.#listener = null;
    };
  }

  /** Begins to hear of what happened since the page was rendered; returns the end. */
  listen(): () => void {
    return listenToDesk(this.data.getState().base.report.id, {
      since: () => this.data.getState().version,
      onEvent: (event) => this.apply(event),
      onConnected: (isComplete) => {
        this.#set({ live: 'online' });
        this.#outbox.wake();
        if (!isComplete) this.#listener?.onIncomplete();
      },
      onAway: () => this.#set({ live: 'away' }),
      onClosed: (reason) => this.#set({ live: 'away', closed: reason }),
    });
  }

  /** Does it now, here; the server hears of it as soon as it can. Returns the key. */
  do(command: DeskCommand): string {
    const given = this.#given(command);
    this.#outbox.give(given);
    return given.key;
  }

  /** Does it here, and sends it when the time to undo has passed. Returns the undo. */
  doLater(command: DeskCommand, ms: number): () => void {
    const given = this.#given(command);
    this.#set({ held: [...this.data.getState().held, given] });
    const cancel = this.#effects.later(() => this.#release(given), ms);
    this.#holds.set(given.key, cancel);
    return () => {
      cancel();
      if (this.#holds.delete(given.key)) this.#drop(given.key);
    };
  }

  apply(event: RecordEvent): void {
    const { base, version } = this.data.getState();
    if (event.payload.version <= version) return;
    this.#set({ base: applyEvent(base, event), version: event.payload.version });
    if (event.payload.actor?.id !== this.#me.id) this.#listener?.onOthers(event);
  }

  /** The page was rendered anew by the server. */
  load(start: DeskStart): void {
    if (start.version < this.data.getState().version) return;
    this.#set({ base: stateOf(start), version: start.version });
  }

  dismiss(refusalId: string): void {
    this.#set({ refusals: this.data.getState().refusals.filter((one) => one.id !== refusalId) });
  }

  retry(): void {
    this.#outbox.wake();
  }

  #given(command: DeskCommand): Given {
    this.#order += 1;
    const reportId = this.data.getState().base.report.id;
    return { key: newId(), reportId, at: new Date().toISOString(), order: this.#order, command };
  }

  #release(given: Given): void {
    if (!this.#holds.delete(given.key)) return;
    this.#outbox.give(given);
    this.#drop(given.key);
  }

  #drop(key: string): void {
    this.#set({ held: this.data.getState().held.filter((one) => one.key !== key) });
  }

  #sendHeld(): void {
    for (const given of this.data.getState().held) {
      this.#holds.get(given.key)?.();
      this.#release(given);
    }
  }

  #refuse(problem: RequestProblem, dropped: readonly Given[]): void {
    const [given] = dropped;
    if (given === undefined) return;
    const { code, message, body } = problem;
    const refusal = { id: newId(), given, code, sentence: message, body };
    this.#set({ refusals: [...this.data.getState().refusals, refusal] });
    this.#listener?.onRefused(refusal);
  }

  /** `shown` follows from the rest. */
  #set(change: Partial<DeskData>): void {
    const before = this.data.getState();
    const next = { ...before, ...change };
    const isSame =
      next.base === before.base && next.outbox.queue === before.outbox.queue && next.held === before.held;
    const shown = isSame
      ? before.shown
      : withPending(next.base, [...next.outbox.queue, ...next.held], this.#me);
    this.data.setState({ ...next, shown }, true);
  }
}

function stateOf({ report, claims, threads, members }: DeskStart): DeskState {
  return {
    report,
    claims: new Map(claims.map((claim) => [claim.id, claim])),
    threads: new Map(threads.map((thread) => [thread.id, thread])),
    members: new Map(members.map((member) => [member.id, member])),
    removed: false,
  };
}

/** Whether a command that concerns this claim (or report, or thread) is still on its way. */
export function isPending(data: DeskData, id: string): boolean {
  return [...data.outbox.queue, ...data.held].some(({ command }) => Object.values(command).includes(id));
}
