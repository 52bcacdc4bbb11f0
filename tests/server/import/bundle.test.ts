import { describe, expect, test } from 'vitest';
import { bundleSchema, toBundle, type Bundle } from '#core/export/bundle.ts';
import { formatJson } from '#core/export/json.ts';
import { buildProjection, type ExportProjection } from '#core/export/projection.ts';
import type { ClaimRecord, CommentRecord, ThreadRecord, VerdictRecord } from '#core/records.ts';
import { importedClaimStatus, imagesIn, importedVerdictState, readBundle } from '#server/import/bundle.ts';
import { id, input, richProjection } from '#tests/core/export/rich-report.ts';
import { toBase64 } from '#core/base64.ts';
import { chart, imageOf, pngOf } from '#tests/support/images.ts';
import { readBytes } from './read.ts';

const source = formatJson(richProjection());
const bundle: Bundle = bundleSchema.parse(JSON.parse(source));

/** JSON that tests break on purpose. */
// oxlint-disable-next-line typescript/no-explicit-any -- a typed draft could not be broken
type Draft = Record<string, any>;

/** The bundle with a change in it, as text. */
function changed(change: (draft: Draft) => void): string {
  const draft = JSON.parse(source);
  change(draft);
  return JSON.stringify(draft);
}

describe('a bundle', () => {
  test('IM12 is read whole: text, places, verdicts, evidence, threads, authors and times', () => {
    expect(readBundle(source)).toEqual(bundle);
    expect(bundle.claims.flatMap((claim) => claim.verdicts).length).toBeGreaterThan(8);
    expect(bundle.claims.flatMap((claim) => claim.evidence).length).toBe(4);
  });

  test('IM12 is known by its content and keeps its title unless another is given', async () => {
    const bytes = new TextEncoder().encode(source);
    expect(await readBytes(bytes, { name: 'notes.txt' })).toMatchObject({
      kind: 'json',
      title: bundle.report.title,
      text: bundle.text,
    });
    expect((await readBytes(bytes, { title: 'Mine' })).title).toBe('Mine');
  });

  test('IM13 its verdicts sign nothing off here and its claims are open at most', () => {
    expect(
      bundle.claims.flatMap((claim) => claim.verdicts.map((verdict) => importedVerdictState(verdict.state))),
    ).not.toContain('final');
    expect(importedVerdictState('superseded')).toBe('superseded');
    expect(importedClaimStatus('decided')).toBe('open');
    expect(importedClaimStatus('dismissed')).toBe('dismissed');
  });

  test('IM12 exported again after an import it says the same, but for ids and how its verdicts stand', () => {
    expect(withoutHouse(toBundle(importedAgain(readBundle(source))))).toEqual(withoutHouse(bundle));
  });
});

describe('the images of a bundle', () => {
  test('EX19 a text with figures makes a bundle of version 2, one without is as version 1 always was', () => {
    expect([bundle.version, bundle.images?.map(({ sha256 }) => sha256)]).toEqual([2, [chart.sha256]]);
    const plain = { ...input.doc, content: input.doc.content?.filter(({ type }) => type !== 'figure') };
    const without = toBundle(buildProjection({ ...input, doc: plain }));
    expect(without.version).toBe(1);
    expect(Object.keys(without)).not.toContain('images');
    expect(readBundle(JSON.stringify(without)).version).toBe(1);
  });

  test('IM91 come back byte for byte, and a figure without one stays as it is', async () => {
    const read = await readBytes(new TextEncoder().encode(source));
    expect(read.images).toEqual([chart]);
    expect(read.doc).toEqual(bundle.doc);
    expect(read.text).toBe(bundle.text);
    expect(read.unreadable).toEqual(['1 image was not in the source; what it says about it is in the text.']);
  });

  test.each([
    ['other bytes than its name', (one: Draft) => (one['data'] = toBase64(pngOf(3, 3))), '.sha256'],
    ['another kind than it says', (one: Draft) => (one['mediaType'] = 'image/gif'), '.mediaType'],
    ['a kind that may hold scripts', (one: Draft) => (one['mediaType'] = 'image/svg+xml'), '.mediaType'],
    ['data that is none', (one: Draft) => (one['data'] = 'data:image/png;base64,AAAA'), '.data'],
    ['a name that is none', (one: Draft) => (one['sha256'] = '../x'), '.sha256'],
  ])('IM91 an image with %s is refused and named', async (_what, change, place) => {
    const text = changed((b) => change(b['images'][0]));
    await expect(readBytes(new TextEncoder().encode(text))).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(`Images[0]${place}`),
    });
  });

  test('IM91 one that stands there twice is refused, one that no figure shows is left out and said', async () => {
    const twice = changed((b) => b['images'].push(b['images'][0]));
    await expect(readBytes(new TextEncoder().encode(twice))).rejects.toMatchObject({
      message: expect.stringContaining('Images[1]: stands there twice'),
    });
    const other = imageOf(pngOf(3, 3));
    const more = changed((b) =>
      b['images'].push({ ...other, data: toBase64(other.bytes), bytes: undefined }),
    );
    const read = await readBytes(new TextEncoder().encode(more));
    expect(read.images).toEqual([chart]);
    expect(read.unreadable).toContain('1 image was left out: shown nowhere in the text.');
  });
});

describe('a bundle that is not as it should be', () => {
  test.each([
    ['a field that is not known', changed((b) => (b['extra'] = 1)), 'invalid_input', 'Unrecognized key'],
    ['a missing field', changed((b) => delete b['claims'][0].quote), 'invalid_input', 'Claims[0].quote'],
    ['an id that is none', changed((b) => (b['claims'][2].id = 'x')), 'invalid_input', 'Claims[2].id'],
    [
      'a rating state that is none',
      changed((b) => (b['claims'][0].verdicts[0].state = 'certain')),
      'invalid_input',
      'verdicts[0].state',
    ],
    [
      'an offset outside of the text',
      changed((b) => (b['claims'][0].anchor.end = 10_000_000)),
      'invalid_input',
      'within the text',
    ],
    [
      'a place with other words',
      changed((b) => (b['claims'][0].anchor.exact = 'other')),
      'invalid_input',
      'anchor.exact',
    ],
    [
      'a text that is not the document’s',
      changed((b) => (b['text'] += '!')),
      'invalid_input',
      'plain text of doc',
    ],
    [
      'a verdict that is not there',
      changed((b) => (b['claims'][0].verdict = id(77))),
      'invalid_input',
      'none of its verdicts',
    ],
    [
      'an answer to nothing',
      changed((b) => (b['threads'][0].comments[0].parentId = id(78))),
      'invalid_input',
      'parentId',
    ],
    [
      'two claims with one id',
      changed((b) => (b['claims'][1].id = b['claims'][0].id)),
      'invalid_input',
      'Two claims',
    ],
    [
      'a link that runs',
      changed(
        (b) =>
          (b['doc'].content[1].content[0].marks = [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }]),
      ),
      'refused_content',
      'http, https or mailto',
    ],
    [
      'a link that runs in a rationale',
      changed(
        (b) =>
          (b['claims'][0].rationale.doc.content[0].content[0].marks = [
            { type: 'link', attrs: { href: 'data:text/html,x' } },
          ]),
      ),
      'refused_content',
      'rationale',
    ],
    [
      'an address that runs in evidence',
      changed((b) => (b['claims'][0].evidence[0].url = 'javascript:alert(1)')),
      'invalid_input',
      'evidence[0].url',
    ],
    [
      'a node that is not known',
      changed((b) => (b['doc'].content[0].type = 'script')),
      'refused_content',
      'script',
    ],
    [
      'a node called like a part of every object',
      changed((b) => (b['doc'].content[0].type = 'constructor')),
      'refused_content',
      'constructor',
    ],
    [
      'a node where it may not stand',
      changed((b) => (b['doc'].content[0] = { type: 'list_item' })),
      'refused_content',
      'doc',
    ],
    [
      'a level that is none',
      changed((b) => (b['doc'].content[0].attrs.level = '"><script>')),
      'refused_content',
      'level',
    ],
    ['a zero character', changed((b) => (b['claims'][0].claimant = 'a\0b')), 'invalid_input', 'U+0000'],
    ['a title without words', changed((b) => (b['report'].title = '  ')), 'invalid_input', 'Report.title'],
    ['a later version', changed((b) => (b['version'] = 3)), 'unsupported_kind', 'version 3'],
    ['half of a file', source.slice(0, 5_000), 'invalid_input', 'not valid JSON'],
  ])('IM14 %s is refused and the place named', (_, text, code, place) => {
    expect(() => readBundle(text)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(place) }),
    );
  });

  test.each(['12/28/2025', 'spring', '2025-02-30', '2025-12-28T10:00:00'])(
    'IM14 a date that is only words, %j, is refused by its place',
    (date) => {
      const ofClaim = changed((b) => (b['claims'][0].claimDate = date));
      expect(() => readBundle(ofClaim)).toThrow(/Claims\[0\]\.claimDate: must be a date/);
      const ofEvidence = changed((b) => (b['claims'][0].evidence[0].publishedAt = date));
      expect(() => readBundle(ofEvidence)).toThrow(/evidence\[0\]\.publishedAt: must be a date/);
    },
  );

  test('IM14 a million levels are refused before anything goes down them', async () => {
    const deep = `{"format":"proofdesk","version":1,"doc":${'{"content":['.repeat(500_000)}${']}'.repeat(500_000)}}`;
    await expect(readBytes(new TextEncoder().encode(deep))).rejects.toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('levels deep'),
    });
  });

  test('IM14 attributes that are not known are left out of the document', () => {
    const read = readBundle(changed((b) => (b['doc'].content[0].attrs.onclick = 'alert(1)')));
    expect(JSON.stringify(read.doc)).not.toContain('onclick');
  });

  test('IM14 half characters become the sign for unknown ones', () => {
    expect(readBundle(changed((b) => (b['claims'][0].claimant = 'a\ud800b'))).claims[0]?.claimant).toBe(
      'a\ufffdb',
    );
  });
});

/** What an import makes of a bundle, as the records that the next export reads. */
function importedAgain(read: Bundle): ExportProjection {
  const someone = (name: string) => ({ id: null, name });
  const verdictOf = (
    verdict: Bundle['claims'][number]['verdicts'][number],
    claimId: string,
  ): VerdictRecord => {
    const { standing: _, ...rest } = verdict;
    return {
      ...rest,
      claimId,
      state: importedVerdictState(verdict.state),
      proposedBy: someone(verdict.proposedBy),
      stale:
        verdict.stale === null
          ? null
          : { ...verdict.stale, by: verdict.stale.by === null ? null : someone(verdict.stale.by) },
      reviews: verdict.reviews.map((review) => ({
        ...review,
        verdictId: verdict.id,
        reviewer: someone(review.reviewer),
      })),
    };
  };
  const threadOf = (thread: Bundle['threads'][number], claimId: string | null): ThreadRecord => ({
    ...thread,
    reportId: read.report.id,
    claimId,
    deskOnly: false,
    resolvedBy: thread.resolvedBy === null ? null : someone(thread.resolvedBy),
    suggestion:
      thread.suggestion === undefined
        ? null
        : {
            ...thread.suggestion,
            by: someone(thread.comments[0]?.author ?? 'Unknown'),
            decidedBy: thread.resolvedBy === null ? null : someone(thread.resolvedBy),
          },
    comments: thread.comments.map((comment): CommentRecord => ({
      ...comment,
      threadId: thread.id,
      claimId,
      reportId: read.report.id,
      author: someone(comment.author),
      reactions: comment.reactions.map((reaction) => ({ name: reaction.name, by: reaction.by.map(someone) })),
    })),
  });
  const claims = read.claims.map((claim): ClaimRecord => {
    const verdicts = claim.verdicts.map((verdict) => verdictOf(verdict, claim.id));
    return {
      ...claim,
      reportId: read.report.id,
      status: importedClaimStatus(claim.status),
      verdict: verdicts.find((verdict) => verdict.id === claim.verdict) ?? null,
      disputes: verdicts.filter((verdict) => claim.disputes.includes(verdict.id)),
      evidence: claim.evidence.map((item) => ({
        ...item,
        claimId: claim.id,
        reportId: read.report.id,
        deskOnly: false,
        addedBy: someone(item.addedBy),
      })),
      assignments: [],
      createdBy: someone(claim.createdBy),
    };
  });
  return buildProjection({
    ...input,
    report: {
      ...input.report,
      ...read.report,
      source: { ...read.report.source, meta: read.report.source.meta ?? null },
      createdBy: someone(read.report.createdBy),
    },
    doc: read.doc,
    images: new Map(imagesIn(read).map(({ sha256, mediaType, bytes }) => [sha256, { mediaType, bytes }])),
    claims,
    threads: [
      ...read.threads.map((thread) => threadOf(thread, null)),
      ...read.claims.flatMap((claim) => (claim.thread === null ? [] : [threadOf(claim.thread, claim.id)])),
    ],
    rationales: new Map(read.claims.map((claim) => [claim.id, claim.rationale])),
    verdicts: read.claims.flatMap((claim) => claim.verdicts.map((verdict) => verdictOf(verdict, claim.id))),
  });
}

/** A bundle without what an import changes: how claims and verdicts stand in this house. */
function withoutHouse(from: Bundle): unknown {
  return {
    ...from,
    claims: from.claims.map((claim) => ({
      ...claim,
      status: '',
      verdicts: claim.verdicts.map((verdict) => ({ ...verdict, state: '', standing: '' })),
    })),
  };
}

test('EX15 what is exported is a bundle, for the hostile report too', () => {
  expect(bundleSchema.safeParse(JSON.parse(formatJson(richProjection()))).success).toBe(true);
});
