/**
 * Commands on their way, as a pure state machine: in the order in which they were given, one at a time, each until
 * the server took or refused it. The effects (sending, waiting, keeping) are in outbox-runner.ts.
 *
 *   idle ──given──▶ sending ──taken──▶ next, or idle
 *                      ├─no answer──▶ waiting (longer each time) ──time, or "online"──▶ sending
 *                      ├─refused────▶ next; what depends on the refused thing goes with it
 *                      └─401────────▶ signed_out: everything is kept until somebody signs in again
 */
import type { DeskCommand, Given } from './desk-command.ts';

export interface Outbox {
  readonly queue: readonly Given[];
  readonly phase: 'idle' | 'sending' | 'waiting' | 'signed_out';
  /** Tries of the first command that got no answer. */
  readonly failures: number;
}

export const emptyOutbox: Outbox = { queue: [], phase: 'idle', failures: 0 };

/** Adds commands; those that are in it already stay where they are. */
export function give(outbox: Outbox, given: readonly Given[]): Outbox {
  const known = new Set(outbox.queue.map((one) => one.key));
  const fresh = given.filter((one) => !known.has(one.key));
  return fresh.length === 0 ? outbox : { ...outbox, queue: [...outbox.queue, ...fresh] };
}

/** The command to send now; null while one is under way, none is left, or it is not the time. */
export function nextToSend(outbox: Outbox): Given | null {
  return outbox.phase === 'idle' ? (outbox.queue[0] ?? null) : null;
}

export function sending(outbox: Outbox): Outbox {
  return { ...outbox, phase: 'sending' };
}

export function taken(outbox: Outbox, key: string): Outbox {
  return { queue: outbox.queue.filter((one) => one.key !== key), phase: 'idle', failures: 0 };
}

export function unanswered(outbox: Outbox): Outbox {
  return { ...outbox, phase: 'waiting', failures: outbox.failures + 1 };
}

export function signedOut(outbox: Outbox): Outbox {
  return { ...outbox, phase: 'signed_out' };
}

/** It is time to try again: the wait is over, the network is back, somebody signed in. */
export function wake(outbox: Outbox): Outbox {
  return outbox.phase === 'sending' ? outbox : { ...outbox, phase: 'idle' };
}

export interface Refused {
  readonly outbox: Outbox;
  /** The refused command first, then those that needed what it would have made. */
  readonly dropped: readonly Given[];
}

export function refused(outbox: Outbox, key: string): Refused {
  const refusedOne = outbox.queue.find((one) => one.key === key);
  if (refusedOne === undefined) return { outbox: taken(outbox, key), dropped: [] };
  const made = madeBy(refusedOne.command);
  const goesToo = ({ command }: Given): boolean => made !== null && needs(command).includes(made);
  const dropped = [refusedOne, ...outbox.queue.filter((one) => one.key !== key && goesToo(one))];
  const keys = new Set(dropped.map((one) => one.key));
  return {
    outbox: { queue: outbox.queue.filter((one) => !keys.has(one.key)), phase: 'idle', failures: 0 },
    dropped,
  };
}

function madeBy(command: DeskCommand): string | null {
  switch (command.kind) {
    case 'add_claim':
      return command.claimId;
    case 'add_evidence':
      return command.evidenceId;
    case 'open_thread':
      return command.threadId;
    case 'add_comment':
      return command.commentId;
    case 'assign':
      return command.assignmentId;
    default:
      return null;
  }
}

function needs(command: DeskCommand): string[] {
  const ids: (string | null)[] = [];
  if ('claimId' in command) ids.push(command.claimId);
  if ('threadId' in command) ids.push(command.threadId);
  if ('evidenceId' in command) ids.push(command.evidenceId);
  if ('commentId' in command) ids.push(command.commentId);
  if ('assignmentId' in command) ids.push(command.assignmentId);
  if ('parentId' in command) ids.push(command.parentId);
  return ids.filter((id) => id !== null);
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** 1, 2, 4 … 30 s, each shortened by up to a half, so that a room of people does not come back at once. */
export function waitBefore(failures: number, random: number): number {
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(whole * (1 - random / 2));
}

/** What an answer means for the command. */
export function meaningOf(status: number, code: string): 'retry' | 'signed_out' | 'kept' | 'refused' {
  if (status === 401) return 'signed_out';
  if (status === 0 || status >= 500 || status === 429 || status === 408) return 'retry';
  // The first request under this key is still being answered.
  if (status === 409 && code === 'conflict') return 'retry';
  // The verdict is kept, beside another person's: a disagreement to settle.
  if (status === 409 && code === 'verdict_conflict') return 'kept';
  return 'refused';
}
