/**
 * ClaimReview (https://schema.org/ClaimReview), as search engines and researchers read it: a list with the claims
 * whose verdict is signed off, and no others. Who signed, and whether alone, is part of each. Ratings in the scale's
 * order are numbers between the ends of that scale, which are said with them; those outside it have a name and no
 * number.
 */
import { isIsoDate } from '../iso-date.ts';
import type { ExportClaim, ExportEvidence, ExportProjection, ExportVerdict } from './projection.ts';
import { isFinal } from './standing.ts';
import { standingSentence, wordsOf } from './wording.ts';

type Json = Readonly<Record<string, unknown>>;

export function formatClaimReview(projection: ExportProjection): string {
  return `${JSON.stringify(claimReviews(projection), null, 1)}\n`;
}

/**
 * Empty where nothing is signed off. Also for a draft of ours: its outcomes ("Cut") tell what happens to a passage and
 * not how true it is, and what nobody has published cannot be reviewed.
 */
export function claimReviews(projection: ExportProjection): Json[] {
  if (projection.report.purpose === 'draft') return [];
  return projection.claims.flatMap((claim) => {
    const { verdict } = claim;
    return verdict !== null && isFinal(verdict.standing) ? [claimReview(claim, verdict, projection)] : [];
  });
}

function claimReview(claim: ExportClaim, verdict: ExportVerdict, projection: ExportProjection): Json {
  return {
    '@context': 'https://schema.org',
    '@type': 'ClaimReview',
    '@id': urn(verdict.id),
    url: `${urn(projection.report.id)}#claim-${claim.id}`,
    name: projection.report.title,
    datePublished: verdict.decidedAt ?? verdict.proposedAt,
    author: { '@type': 'Organization', name: projection.workspace.name },
    claimReviewed: wordsOf(claim),
    itemReviewed: itemReviewed(claim, projection),
    reviewRating: reviewRating(verdict, projection.workspace.ratings),
    ...(claim.rationale.text.trim() === '' ? {} : { reviewBody: claim.rationale.text }),
    description: standingSentence(verdict),
    ...(claim.evidence.length === 0 ? {} : { citation: claim.evidence.map(citation) }),
    ...(verdict.goodUntil === null ? {} : { expires: verdict.goodUntil }),
    ...(claim.tags.length === 0 ? {} : { keywords: claim.tags }),
  };
}

/** The claim, who made it, and where it stands: in the report as it was received. */
function itemReviewed(claim: ExportClaim, { report }: ExportProjection): Json {
  const { from, name, sha256 } = report.source;
  const isLinked = from !== null && /^https?:/i.test(from);
  return {
    '@type': 'Claim',
    '@id': urn(claim.id),
    text: claim.quote.exact,
    ...(claim.claimant === null ? {} : { author: claimant(claim.claimant, claim.claimantRole) }),
    ...published(claim.claimDate),
    ...(claim.place === null ? {} : { locationCreated: { '@type': 'Place', name: claim.place } }),
    appearance: [
      {
        '@type': 'CreativeWork',
        name: report.title,
        ...(isLinked ? { url: from } : {}),
        ...(name === null ? {} : { alternateName: name }),
        identifier: `sha256:${sha256}`,
      },
    ],
  };
}

/** Bodies and not people, by the words that their names are made of; a person is said to be one otherwise. */
const BODY =
  /\b(?:agency|army|association|authority|bank|board|bureau|commission|committee|company|corporation|council|court|department|embassy|foundation|government|group|inc|institute|ltd|ministry|office|organi[sz]ation|parliament|party|police|press|senate|service|society|union|university)\b/i;
const ACRONYM = /^\p{Lu}{2,6}$/u;

function claimant(name: string, role: string | null): Json {
  const isBody = role === null && (BODY.test(name) || ACRONYM.test(name));
  return {
    '@type': isBody ? 'Organization' : 'Person',
    name,
    ...(role === null ? {} : { jobTitle: role }),
  };
}

function reviewRating(verdict: ExportVerdict, ends: ExportProjection['workspace']['ratings']): Json {
  return {
    '@type': 'Rating',
    ...(verdict.order === null || ends === null
      ? {}
      : { ratingValue: verdict.order, bestRating: ends.best, worstRating: ends.worst }),
    alternateName: verdict.label,
    ...(verdict.summary === '' ? {} : { ratingExplanation: verdict.summary }),
  };
}

function citation(item: ExportEvidence): Json {
  return {
    '@type': 'CreativeWork',
    name: item.title,
    ...(item.url === null ? {} : { url: item.url }),
    ...(item.publisher === null ? {} : { publisher: { '@type': 'Organization', name: item.publisher } }),
    ...published(item.publishedAt),
    ...(item.quote === null ? {} : { text: item.quote }),
  };
}

/** What is no date of ISO 8601 is none to schema.org. */
function published(at: string | null): Json {
  return at !== null && isIsoDate(at) ? { datePublished: at } : {};
}

function urn(id: string): string {
  return `urn:uuid:${id}`;
}
