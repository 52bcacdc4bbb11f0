import { describe, expect, test } from 'vitest';
import { formatClaimReview } from '#core/export/claimreview.ts';
import { buildProjection } from '#core/export/projection.ts';
import { input, richProjection } from './rich-report.ts';

interface Review {
  readonly '@id': string;
  readonly claimReviewed: string;
  readonly datePublished: string;
  readonly description: string;
  readonly author: unknown;
  readonly itemReviewed: { readonly author?: unknown; readonly appearance: readonly unknown[] };
  readonly reviewRating: Readonly<Record<string, unknown>>;
}

const projection = richProjection();
const reviews: Review[] = JSON.parse(formatClaimReview(projection));

describe('ClaimReview', () => {
  test('EX22 tells of the claims whose verdict is signed off, and of no others', () => {
    const signed = projection.claims.filter(
      ({ verdict }) => verdict?.standing === 'signed_off' || verdict?.standing === 'signed_off_alone',
    );
    expect(signed.length).toBeGreaterThan(1);
    expect(signed.length).toBeLessThan(projection.claims.length);
    expect(reviews.map((review) => review['@id'])).toEqual(
      signed.map(({ verdict }) => `urn:uuid:${verdict?.id ?? ''}`),
    );
    const later = { ...structuredClone(input), now: '2100-01-01T00:00:00.000Z' };
    const claims = later.claims.map((claim) =>
      claim.verdict === null
        ? claim
        : { ...claim, verdict: { ...claim.verdict, goodUntil: '2099-01-01T00:00:00.000Z' } },
    );
    expect(JSON.parse(formatClaimReview(buildProjection({ ...later, claims })))).toEqual([]);
  });

  test('EX67 is an empty list for a draft of ours, whatever outcomes are signed off, and where nothing is', () => {
    const draft = { ...input.report, purpose: 'draft' as const };
    const claims = structuredClone(input.claims).map((claim) =>
      claim.verdict === null
        ? claim
        : { ...claim, verdict: { ...claim.verdict, rating: 'cut', label: 'Cut' } },
    );
    const signed = buildProjection({ ...input, report: draft, claims });
    expect(signed.claims.some(({ verdict }) => verdict?.standing === 'signed_off')).toBe(true);
    expect(formatClaimReview(signed)).toBe('[]\n');
    const proposed = structuredClone(input.claims).filter(({ verdict }) => verdict?.state === 'proposed');
    expect(proposed.length).toBeGreaterThan(0);
    expect(formatClaimReview(buildProjection({ ...input, claims: proposed }))).toBe('[]\n');
  });

  test('EX22 says who signed, and when one person did it alone', () => {
    expect(
      reviews.some(({ description }) => description.includes('Signed off alone: nobody else has checked it')),
    ).toBe(true);
    expect(reviews.every(({ description }) => description.startsWith('Proposed by '))).toBe(true);
  });

  test('EX22 has what schema.org asks of a review of a claim', () => {
    for (const review of reviews) {
      expect(review).toMatchObject({
        '@context': 'https://schema.org',
        '@type': 'ClaimReview',
        url: expect.stringMatching(/^urn:uuid:/),
        datePublished: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
        author: { '@type': 'Organization', name: projection.workspace.name },
        itemReviewed: {
          '@type': 'Claim',
          appearance: [{ '@type': 'CreativeWork', name: projection.report.title }],
        },
        reviewRating: { '@type': 'Rating', alternateName: expect.stringMatching(/\S/) },
      });
      expect(projection.text).toContain(review.claimReviewed);
    }
  });

  test.each([
    ['true', 5],
    ['half_true', 3],
    ['false', 1],
    ['misleading', null],
    ['unproven', null],
  ])('EX23 the rating %s is %j', (rating, value) => {
    const [first] = structuredClone(input.claims).filter(({ verdict }) => verdict?.state === 'final');
    if (first?.verdict == null) throw new Error('no signed-off claim');
    const claim = { ...first, disputes: [], verdict: { ...first.verdict, rating, label: rating } };
    const [review] = JSON.parse(formatClaimReview(buildProjection({ ...input, claims: [claim] })));
    expect(review.reviewRating).toMatchObject({ alternateName: rating });
    if (value === null) expect(Object.keys(review.reviewRating)).not.toContain('ratingValue');
    else expect(review.reviewRating).toMatchObject({ ratingValue: value, bestRating: 5, worstRating: 1 });
  });

  test.each([
    [
      'three steps',
      [
        { value: 'right', order: 3 },
        { value: 'partly', order: 2 },
        { value: 'wrong', order: 1 },
        { value: 'open', order: null },
      ],
      { ratingValue: 2, bestRating: 3, worstRating: 1 },
    ],
    [
      'orders with gaps',
      [
        { value: 'right', order: 9 },
        { value: 'partly', order: 4 },
        { value: 'wrong', order: 2 },
      ],
      { ratingValue: 4, bestRating: 9, worstRating: 2 },
    ],
    ['no order', [{ value: 'partly', order: null }], null],
  ])('EX23 on a scale of %s the ends are those of the scale', (_, steps, expected) => {
    const ratingScale = steps.map((step) => ({
      ...step,
      label: step.value,
      tone: 'half' as const,
      needsExplanation: false,
    }));
    const [first] = structuredClone(input.claims).filter(({ verdict }) => verdict?.state === 'final');
    if (first?.verdict == null) throw new Error('no signed-off claim');
    const claim = {
      ...first,
      disputes: [],
      verdict: { ...first.verdict, rating: 'partly', label: 'Partly' },
    };
    const workspace = { name: 'Desk', ratingScale };
    const [review] = JSON.parse(formatClaimReview(buildProjection({ ...input, workspace, claims: [claim] })));
    const name = { '@type': 'Rating', alternateName: 'Partly' };
    expect(review.reviewRating).toMatchObject({ ...name, ...expected });
    if (expected === null) expect(Object.keys(review.reviewRating)).not.toContain('bestRating');
  });

  test.each([
    ['Ministry of Defence', null, 'Organization'],
    ['NATO', null, 'Organization'],
    ['Ana Reyes', null, 'Person'],
    ['Bo', null, 'Person'],
    ['Kim Police', 'spokesperson', 'Person'],
  ])('EX22 %s (%j) is a %s', (claimant, claimantRole, type) => {
    const claims = structuredClone(input.claims).map((claim) => ({ ...claim, claimant, claimantRole }));
    const [review] = JSON.parse(formatClaimReview(buildProjection({ ...input, claims })));
    expect(review.itemReviewed.author).toMatchObject({ '@type': type, name: claimant });
  });
});
