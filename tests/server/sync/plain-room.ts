/** A room of its own, without database, bus and sockets, and who comes into it. */
import type { Role } from '#core/domain/words.ts';
import type { Principal } from '#server/principal.ts';
import { Backlog } from '#server/sync/backlog.ts';
import type { Committed, CommitRequest } from '#server/sync/commit-queue.ts';
import { Connection, type Wire } from '#server/sync/connection.ts';
import { Room } from '#server/sync/room.ts';
import { CLAIM_ID } from '#tests/fuzz/plain-server.ts';
import { firstUpdate, silent } from './sync-world.ts';

export interface PlainRoomOptions {
  /** Called with what a room should never meet. */
  readonly fail: (error: unknown) => void;
  /** Without it every commit works at once. */
  readonly commit?: (request: CommitRequest) => Promise<Committed>;
  readonly backlog?: Backlog;
}

/** It holds entry 1 of its log: one paragraph and one claim. */
export function openPlainRoom({ fail, commit, backlog = new Backlog() }: PlainRoomOptions): Room {
  let seq = 1;
  const stored = {
    workspaceId: '',
    locked: false,
    epoch: 1,
    headSeq: seq,
    snapshotSeq: 0,
    tailBytes: 0,
    entries: [{ seq, data: firstUpdate('The talks 😀 lasted.', CLAIM_ID) }],
  };
  const commitAtOnce = ({ entries }: CommitRequest): Promise<Committed> => {
    const firstSeq = seq + 1;
    seq += entries.length;
    return Promise.resolve({ kind: 'committed', firstSeq });
  };
  return new Room({ workspaceId: '', reportId: 'report' }, stored, new Map(), {
    backlog,
    commit: commit ?? commitAtOnce,
    readSince: () => Promise.resolve([]),
    publishEntries: () => undefined,
    publishAwareness: () => undefined,
    peopleChanged: () => undefined,
    bodyCommitted: () => undefined,
    compact: () => Promise.resolve(),
    abandon: () => fail(new Error('the room was given up')),
    log: { ...silent, error: fail },
    now: Date.now,
  });
}

/** A socket in the room, which the room may always write to and whose messages never come too fast. */
export function enterRoom(
  room: Room,
  memberId: string,
  role: Role,
  hear: { send?: (frame: Uint8Array) => void; close?: (code: number) => void } = {},
): Connection {
  const wire: Wire = {
    send: (frame, sent) => {
      hear.send?.(frame);
      sent?.();
    },
    buffered: () => 0,
    setPaused: () => undefined,
    ping: () => undefined,
    close: (code) => hear.close?.(code),
    terminate: () => undefined,
  };
  // A minute between messages: no frame is too early.
  let now = 0;
  const connection = new Connection(wire, true, () => (now += 60_000));
  connection.open(room, principalOf(memberId, role), role);
  return connection;
}

export function principalOf(memberId: string, role: Role): Principal {
  return {
    workspaceId: '',
    memberId,
    userId: memberId,
    name: memberId,
    email: `${memberId}@example.org`,
    color: '#123456',
    role,
    via: { kind: 'token', id: memberId },
  };
}
