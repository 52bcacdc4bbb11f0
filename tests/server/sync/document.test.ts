/** A document that follows its log, whatever order the entries come in. */
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { LogEntry } from '#db/queries/document-log.ts';
import { CommittedDocument } from '#server/sync/document.ts';
import { MAX_AHEAD_BYTES } from '#server/sync/limits.ts';
import { CLAIM_ID } from '#tests/fuzz/plain-server.ts';
import { changeOf } from './raw-client.ts';
import { firstUpdate, textOf, wordsOf } from './sync-world.ts';

const first = firstUpdate('The talks.', CLAIM_ID);

function open(): CommittedDocument {
  return new CommittedDocument({
    workspaceId: '',
    locked: false,
    epoch: 1,
    headSeq: 1,
    snapshotSeq: 0,
    tailBytes: 0,
    entries: [{ seq: 1, data: first }],
  });
}

/** Entries 2 and on, each of which puts so many letters before the others. */
function entriesOf(count: number, letters: number): LogEntry[] {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, first);
  return Array.from({ length: count }, (_, i) => ({
    seq: i + 2,
    data: changeOf(doc, () => textOf(doc).insert(0, 'w'.repeat(letters))),
  }));
}

it('SY18 takes entries in any order and as often as they come', () => {
  const document = open();
  const [two, three, four, five] = entriesOf(4, 1) as [LogEntry, LogEntry, LogEntry, LogEntry];
  expect(document.advance([four, four])).toBeNull();
  expect([document.seq, document.hasHole]).toEqual([1, true]);
  expect(document.advance([three, two])).not.toBeNull();
  expect([document.seq, document.hasHole]).toEqual([4, false]);
  expect(document.advance([two, three, three])).toBeNull();
  expect(document.advance([five, four])).not.toBeNull();
  expect([document.seq, document.hasHole, wordsOf(document.doc)]).toEqual([5, false, 'wwwwThe talks.']);
});

it('SY62 drops what is too much to wait for a hole, knows of it, and takes it from the log', () => {
  const document = open();
  const size = 500_000;
  const entries = entriesOf(12, size);
  for (const entry of entries.slice(1)) document.advance([entry]);
  document.advance(entries.slice(0, 1));
  const kept = Math.floor(MAX_AHEAD_BYTES / size);
  expect([document.seq, document.hasHole]).toEqual([2 + kept, true]);
  // As the log is read: more at once than would be kept for a hole.
  document.advance(entries);
  expect([document.seq, document.hasHole]).toEqual([13, false]);
  expect(wordsOf(document.doc)).toHaveLength(12 * size + 'The talks.'.length);
});
