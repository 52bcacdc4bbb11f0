import { describe, expect, test } from 'vitest';
import { buildProjection } from '#core/export/projection.ts';
import { isFinal, standingOf } from '#core/export/standing.ts';
import { headline, standingSentence } from '#core/export/wording.ts';
import type { ClaimRecord, VerdictRecord } from '#core/records.ts';
import {
  anchorOn,
  at,
  claim,
  comment,
  evidence,
  id,
  input,
  richProjection,
  text,
  thread,
  verdict,
} from './rich-report.ts';

const words = 'The call lasted 75 minutes';

describe('what is desk only', () => {
  test('EX1 is in the input of these tests and nowhere in the projection', () => {
    expect(JSON.stringify([input.claims, input.threads])).toContain('DESKONLY');
    expect(JSON.stringify(richProjection())).not.toContain('DESKONLY');
  });

  test('EX1 takes the place of nothing: a claim with only a desk-only thread has none', () => {
    const projection = buildProjection({
      ...input,
      claims: [claim(10, words, { evidence: [evidence(1, 10, { deskOnly: true })] })],
      threads: [thread(2, [comment(3, 'x')], { claimId: id(10), deskOnly: true })],
      verdicts: [],
    });
    expect(projection.claims[0]).toMatchObject({ thread: null, evidence: [] });
    expect(projection.people).toEqual(['Ana Reyes', 'Ben Okafor']);
  });
});

describe('a rationale', () => {
  test('EX17 is given out as it was signed off, whatever was written in it since', () => {
    const signed = verdict(10, 'true', { state: 'final', rationale: 'As signed.' });
    const withVerdict = (one: VerdictRecord) =>
      buildProjection({
        ...input,
        claims: [claim(10, words, { verdict: one })],
        rationales: new Map([[id(10), { text: 'Changed later.', doc: { type: 'doc', content: [] } }]]),
        verdicts: [],
        threads: [],
      }).claims[0]?.rationale.text;
    expect(withVerdict(signed)).toBe('As signed.');
    expect(withVerdict({ ...signed, state: 'proposed' })).toBe('Changed later.');
  });
});

describe('the projection', () => {
  test('EX6 is frozen through and through', () => {
    const projection = richProjection();
    expect(Object.isFrozen(projection.claims[0]?.verdict?.reviews[0])).toBe(true);
    expect(Object.isFrozen(projection.doc.content?.[0]?.content?.[0])).toBe(true);
  });

  test('EX4 numbers claims in the order of the text, those without a place last', () => {
    const projection = richProjection();
    expect(projection.claims.map((each) => each.number)).toEqual(projection.claims.map((_, i) => i + 1));
    const starts = projection.claims.filter((each) => each.isPlaced).map((each) => each.anchor.start ?? -1);
    expect(starts).toEqual([...starts].sort((one, other) => one - other));
    expect(
      projection.claims
        .slice(-2)
        .map((each) => each.anchor.state)
        .sort(),
    ).toEqual(['ambiguous', 'orphaned']);
  });

  test('EX4 takes no place for certain that is outside of the text or empty', () => {
    const place = (start: number, end: number) =>
      claim(10, words, { anchor: { start, end, exact: 'x', state: 'anchored', confidence: 1 } });
    for (const [start, end] of [
      [0, text.length + 1],
      [5, 5],
      [-1, 3],
    ] as const) {
      expect(buildProjection({ ...input, claims: [place(start, end)] }).claims[0]?.isPlaced).toBe(false);
    }
  });

  test('EX2 turns mentions into names', () => {
    const projection = richProjection();
    const [, answer] = projection.claims.find((each) => each.thread !== null)?.thread?.comments ?? [];
    expect(answer?.body).toContain('@Ana Reyes has the bulletin');
  });

  test('nests comments under what they answer and keeps a deleted one only where something hangs on it', () => {
    const projection = richProjection();
    const threadOfClaim = projection.claims.find((each) => each.thread !== null)?.thread;
    expect(threadOfClaim?.comments.map(({ id, depth }) => [Number(id.slice(-3)), depth])).toEqual([
      [301, 0],
      [302, 1],
      [303, 2],
      [304, 3],
    ]);
  });

  test('keeps earlier verdicts apart from the one that counts', () => {
    const first = richProjection().claims[0];
    expect(first?.earlierVerdicts.map((each) => [each.label, each.standing])).toEqual([
      ['Half true', 'superseded'],
    ]);
    expect(first?.verdict?.label).toBe('True');
  });
});

describe('how a verdict stands', () => {
  const now = at(55);
  const final = (more: Partial<VerdictRecord> = {}) => verdict(10, 'true', { words, ...more });
  const decided = (more: Partial<ClaimRecord> = {}) => claim(10, words, { status: 'decided', ...more });

  test.each([
    ['signed off', final(), decided(), 'signed_off'],
    ['signed off alone by its reason', final({ aloneReason: 'Night shift' }), decided(), 'signed_off_alone'],
    [
      'signed off alone by its review',
      final({ reviews: [{ ...final().reviews[0]!, alone: true }] }),
      decided(),
      'signed_off_alone',
    ],
    ['stale when marked so', final({ state: 'stale' }), decided(), 'stale'],
    [
      'stale when the words have changed though nobody has marked it',
      final(),
      decided({ anchor: anchorOn('The call lasted', 'edited') }),
      'stale',
    ],
    [
      'signed off when it was made on the changed words',
      final({ words: 'The call lasted' }),
      decided({ anchor: anchorOn('The call lasted', 'edited') }),
      'signed_off',
    ],
    [
      'stale when its words are gone',
      final(),
      decided({ anchor: { start: null, end: null, exact: null, state: 'orphaned', confidence: 0 } }),
      'stale',
    ],
    ['stale past its hour', final({ goodUntil: at(54) }), decided(), 'stale'],
    ['signed off until its hour', final({ goodUntil: at(56) }), decided(), 'signed_off'],
    ['stale when the claim needs a re-check', final(), decided({ status: 'needs_recheck' }), 'stale'],
    [
      'disputed when another stands against it',
      final(),
      decided({ disputes: [verdict(11, 'false')] }),
      'disputed',
    ],
    ['proposed', final({ state: 'proposed', reviews: [] }), decided(), 'proposed'],
    [
      'asked to change',
      final({ state: 'in_review', reviews: [{ ...final().reviews[0]!, decision: 'request_changes' }] }),
      decided(),
      'changes_requested',
    ],
    ['imported', final({ state: 'imported' }), decided(), 'imported'],
  ])('EX3 %s', (_, record, ofClaim, expected) => {
    const standing = standingOf(record, ofClaim, now);
    expect(standing).toBe(expected);
    expect(isFinal(standing)).toBe(expected.startsWith('signed_off'));
  });

  test('EX3 the headline of what is not final says so', () => {
    const lines = richProjection().claims.map(headline);
    expect(lines).toContain('True');
    expect(lines).toContain('True (needs re-check)');
    expect(lines).toContain('False (disputed)');
    expect(lines).toContain('Half true (signed off alone)');
    expect(lines).toContain('Mostly true (not signed off)');
  });

  test('EX3 the sentence of a stale verdict says what changed, by whom and when', () => {
    const stale = richProjection().claims.find((each) => each.verdict?.stale != null)?.verdict;
    expect(standingSentence(stale!)).toContain(
      'the words were changed by Ben Okafor, 28 Dec 2025, 14:45 UTC, from “four” to “at least four”',
    );
  });
});
