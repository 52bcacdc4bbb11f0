import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { prosemirrorJSONToYXmlFragment } from 'y-prosemirror';
import { makePlace, resolvePlace } from '#core/anchor/place.ts';
import { describeQuote } from '#core/anchor/quote.ts';
import {
  entriesUpdate,
  findEntry,
  rationaleFromText,
  rationaleJson,
  rationaleText,
} from '#core/text/claim-entry.ts';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT, reportSchema } from '#core/text/schema.ts';

const words = 'Sirens sounded for nearly ten hours';
const claimId = '5c0e7c1e-6a5e-4f0b-9e1f-3d3c1d8a2b10';

function report(): Y.Doc {
  const doc = new Y.Doc();
  const json = {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: `At night. ${words}. Then quiet.` }] }],
  };
  prosemirrorJSONToYXmlFragment(reportSchema, json, doc.getXmlFragment(BODY_ROOT));
  return doc;
}

describe('a claim’s entry', () => {
  test('CL4: the update made in an empty document adds the entry to any state, and its place holds', () => {
    const doc = report();
    const flat = flatten(doc.getXmlFragment(BODY_ROOT));
    const start = flat.text.indexOf(words);
    const place = makePlace(flat, start, start + words.length);
    const update = entriesUpdate([
      { claimId, place, rationale: rationaleFromText('First line.\n\nSecond line.') },
    ]);
    Y.applyUpdate(doc, update);
    const entry = findEntry(doc, claimId);
    expect(entry).not.toBeNull();
    const quote = describeQuote(flat.text, start, start + words.length);
    expect(resolvePlace(flat, doc, entry?.place ?? null, quote)).toMatchObject({
      state: 'anchored',
      start,
      exact: words,
    });
    expect(rationaleText(doc, claimId)).toBe('First line.\nSecond line.');
  });

  test('an empty rationale is one empty paragraph, and no text', () => {
    const doc = report();
    const place = makePlace(flatten(doc.getXmlFragment(BODY_ROOT)), 0, 2);
    Y.applyUpdate(doc, entriesUpdate([{ claimId, place, rationale: rationaleFromText('  \n ') }]));
    expect(rationaleText(doc, claimId)).toBe('');
    expect(rationaleJson(doc, claimId)).toBeNull();
    expect(findEntry(doc, claimId)?.rationale.length).toBe(1);
  });

  test('answers null for a claim without an entry, and for one that is not whole', () => {
    const doc = report();
    expect(findEntry(doc, claimId)).toBeNull();
    doc.getMap('claims').set(claimId, new Y.Map([['start', 'not bytes']]));
    expect(findEntry(doc, claimId)).toBeNull();
    expect(rationaleText(doc, claimId)).toBe('');
  });
});
