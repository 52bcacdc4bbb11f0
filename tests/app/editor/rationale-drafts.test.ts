import { afterEach, beforeEach, expect, test } from 'vitest';
import { prosemirrorToYXmlFragment } from 'y-prosemirror';
import * as Y from 'yjs';
import { rationaleSchema } from '#core/text/schema.ts';
import { rationaleText } from '../../../app/_editor/claim-entry.ts';
import type { TextNodeJson } from '../../../app/_editor/marks.ts';
import { RationaleDrafts } from '../../../app/_editor/rationale-drafts.ts';
import { memoryStorage } from './test-device.ts';

let doc: Y.Doc;
let storage: Storage;
let drafts: RationaleDrafts;

beforeEach(() => {
  doc = new Y.Doc();
  storage = memoryStorage();
  drafts = new RationaleDrafts(doc, storage, 'base');
});
afterEach(() => drafts.destroy());

const draftOf = (...lines: readonly string[]): TextNodeJson => ({
  type: 'doc',
  content: lines.map((text) => ({ type: 'paragraph', content: text === '' ? [] : [{ type: 'text', text }] })),
});

/** As the server writes a claim's entry. */
async function enter(claimId: string, rationale = ''): Promise<void> {
  doc.transact(() => {
    const entry = new Y.Map();
    const fragment = new Y.XmlFragment();
    entry.set('start', new Uint8Array());
    entry.set('end', new Uint8Array());
    entry.set('rationale', fragment);
    doc.getMap('claims').set(claimId, entry);
    if (rationale !== '')
      prosemirrorToYXmlFragment(
        rationaleSchema.node('doc', null, [
          rationaleSchema.node('paragraph', null, [rationaleSchema.text(rationale)]),
        ]),
        fragment,
      );
  }, 'server');
  await Promise.resolve();
}

test('ED11 what was typed before the entry arrived goes into it', async () => {
  drafts.write('c', draftOf('Two lines', 'of reasons'));
  await enter('c');
  expect(rationaleText(doc, 'c')).toBe('Two lines\nof reasons');
  expect(drafts.read('c')).toBeNull();
});

test('ED11 words of others that are there already stay, and the draft follows them', async () => {
  drafts.write('c', draftOf('Mine'));
  await enter('c', 'Theirs');
  expect(rationaleText(doc, 'c')).toBe('Theirs\nMine');
});

test('an empty draft writes nothing', async () => {
  drafts.write('c', draftOf(''));
  await enter('c', 'Theirs');
  expect(rationaleText(doc, 'c')).toBe('Theirs');
});

test('a draft outlives the page and is merged on the next visit', async () => {
  drafts.write('c', draftOf('Kept'));
  drafts.destroy();
  drafts = new RationaleDrafts(doc, storage, 'base');
  await enter('c');
  expect(rationaleText(doc, 'c')).toBe('Kept');
});

test('a draft whose entry is there already is merged at once', async () => {
  await enter('c');
  drafts.write('c', draftOf('Late'));
  drafts.mergeAll();
  expect(rationaleText(doc, 'c')).toBe('Late');
});

test('a draft that an editor holds waits for it, and is merged when the editor closes', async () => {
  const release = drafts.hold('c');
  drafts.write('c', draftOf('Held'));
  await enter('c');
  expect(rationaleText(doc, 'c')).toBe('');
  release();
  expect(rationaleText(doc, 'c')).toBe('Held');
});

test('joining a claim that somebody else made takes the draft along', async () => {
  await enter('theirs', 'First');
  drafts.write('mine', draftOf('Second'));
  drafts.move('mine', 'theirs');
  expect(rationaleText(doc, 'theirs')).toBe('First\nSecond');
  expect(drafts.read('mine')).toBeNull();
});

test('the merge goes out as a change of ours', async () => {
  const origins: unknown[] = [];
  drafts.write('c', draftOf('Mine'));
  doc.on('update', (_update: Uint8Array, origin: unknown) => origins.push(origin));
  await enter('c');
  expect(origins).toEqual(['server', 'rationale-draft']);
});
