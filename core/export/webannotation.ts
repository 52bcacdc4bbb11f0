/**
 * W3C Web Annotation (https://www.w3.org/TR/annotation-model/): a collection with its one page inside it. Each
 * claim is an annotation on its words, each comment one on the claim or on the comment that it answers, each
 * thread on plain words begins with one on those words, and a suggestion that waits is an edit of them. Ids are the records' own, as `urn:uuid:`.
 * A claim without a sure place is given by its quotation alone, never by a position.
 * What the model has no word for (who said it, how a verdict stands, what is resolved) is in terms of our own, beside
 * what is said of it in words: programs that do not know them pass them by.
 */
import { aboutEvidence, factsOf } from './facts.ts';
import type { ExportClaim, ExportEvidence, ExportProjection, ExportVerdict } from './projection.ts';
import { ownWords, suggestionSentence } from './suggestion.ts';
import {
  earlierWords,
  headline,
  placeSentence,
  reviewWords,
  stanceLabels,
  standingSentence,
} from './wording.ts';
import type { ExportComment, ExportThread } from './thread.ts';

type Json = Readonly<Record<string, unknown>>;

const PREFIX = 'proofdesk';
const CONTEXT = [
  'http://www.w3.org/ns/anno.jsonld',
  { [PREFIX]: 'https://proofdesk.dev/ns/annotation#' },
] as const;
/** Characters either side of a quotation, as for the anchors themselves. */
const AROUND = 32;

export function formatWebAnnotation(projection: ExportProjection): string {
  const { report } = projection;
  const items = [
    ...projection.claims.flatMap((claim) => [claimAnnotation(claim, projection), ...claimComments(claim)]),
    ...projection.threads.flatMap((thread) => threadComments(thread, projection)),
  ];
  const collection = {
    '@context': CONTEXT,
    id: `${urn(report.id)}#annotations`,
    type: 'AnnotationCollection',
    label: report.title,
    creator: person(report.createdBy),
    created: report.createdAt,
    generator: { type: 'Software', name: 'Proofdesk' },
    generated: projection.exportedAt,
    total: items.length,
    first: {
      id: `${urn(report.id)}#annotations-1`,
      type: 'AnnotationPage',
      partOf: `${urn(report.id)}#annotations`,
      startIndex: 0,
      items,
    },
  };
  return `${JSON.stringify(collection, null, 1)}\n`;
}

function claimAnnotation(claim: ExportClaim, projection: ExportProjection): Json {
  return {
    id: urn(claim.id),
    type: 'Annotation',
    motivation: claim.verdict === null ? ['highlighting'] : ['assessing', 'highlighting'],
    creator: person(claim.createdBy),
    created: claim.createdAt,
    modified: claim.updatedAt,
    ...bodiesOf(claimBodies(claim)),
    ...ownTerms(claimTerms(claim)),
    target: {
      source: urn(projection.report.id),
      selector: selectors(claim.isPlaced ? claim.anchor : null, claim.quote, projection.text),
    },
  };
}

function claimTerms(claim: ExportClaim): Json {
  const { verdict, attribution, thread } = claim;
  return {
    number: claim.number,
    claimType: claim.type,
    status: claim.status,
    dismissReason: claim.dismissReason,
    priority: claim.priority,
    claimant: claim.claimant,
    claimantRole: claim.claimantRole,
    claimDate: claim.claimDate,
    place: claim.place,
    attribution: attribution.state,
    attributionNote: attribution.note,
    anchorState: claim.anchor.state,
    rating: verdict?.rating ?? null,
    standing: verdict?.standing ?? null,
    goodUntil: verdict?.goodUntil ?? null,
    ...(thread === null ? {} : threadTerms(thread)),
  };
}

function threadTerms({ state, resolvedBy }: ExportThread): Json {
  return { threadState: state, resolvedBy: resolvedBy === null ? null : person(resolvedBy) };
}

/** Only what there is. */
function ownTerms(terms: Json): Json {
  const known = Object.entries(terms).filter(([, value]) => value !== null);
  return Object.fromEntries(known.map(([term, value]) => [`${PREFIX}:${term}`, value]));
}

/** A body is there or not; an empty list of them says nothing. */
function bodiesOf(bodies: readonly Json[]): Json {
  return bodies.length === 0 ? {} : { body: bodies };
}

function claimBodies(claim: ExportClaim): Json[] {
  const verdicts = [claim.verdict, ...claim.disputes].flatMap((verdict) =>
    verdict === null ? [] : verdictBodies(verdict),
  );
  return [
    ...(claim.verdict === null && claim.status !== 'dismissed'
      ? []
      : [textBody('classifying', headline(claim))]),
    ...verdicts,
    ...(claim.earlierVerdicts.length === 0
      ? []
      : [textBody('describing', `Earlier verdicts:\n${claim.earlierVerdicts.map(earlierWords).join('\n')}`)]),
    ...factBodies(claim),
    ...(claim.rationale.text.trim() === '' ? [] : [textBody('describing', claim.rationale.text)]),
    ...claim.evidence.flatMap(evidenceBodies),
    ...claim.tags.map((tag) => textBody('tagging', tag)),
  ];
}

/** Tags and whoever marked it are said in terms of the model, and a type by itself is no news. */
function factBodies(claim: ExportClaim): Json[] {
  const facts = factsOf(claim).filter(({ label }) => label !== 'Tags' && label !== 'Marked by');
  const place = placeSentence(claim);
  const lines = [
    ...facts.map(({ label, value }) => `${label}${label.endsWith('?') ? '' : ':'} ${value}`),
    ...(place === null ? [] : [place]),
  ];
  return facts.length < 2 && place === null ? [] : [textBody('describing', lines.join('\n'))];
}

function verdictBodies(verdict: ExportVerdict): Json[] {
  const words = [verdict.label, verdict.summary, standingSentence(verdict), ...reviewWords(verdict)]
    .filter((part) => part !== '')
    .join('\n');
  return [
    { ...textBody('assessing', words), creator: person(verdict.proposedBy), created: verdict.proposedAt },
  ];
}

function evidenceBodies(item: ExportEvidence): Json[] {
  const about = [item.title, ...aboutEvidence(item)].join(', ');
  const words = `${stanceLabels[item.stance]}: ${about}${item.quote === null ? '' : `\n“${item.quote}”`}`;
  const described = {
    ...textBody('describing', words),
    creator: person(item.addedBy),
    created: item.addedAt,
  };
  return item.url === null
    ? [described]
    : [described, { type: 'SpecificResource', purpose: 'linking', source: iriOf(item.url) }];
}

function claimComments(claim: ExportClaim): Json[] {
  return (claim.thread?.comments ?? []).map((comment) =>
    comment.parentId === null
      ? commentAnnotation(comment, urn(claim.id), 'commenting')
      : commentAnnotation(comment, urn(comment.parentId), 'replying'),
  );
}

/** The first comment is on the words, or on the report; what has no other parent answers it. */
function threadComments(thread: ExportThread, projection: ExportProjection): Json[] {
  const { anchor, quote } = thread;
  const isPlaced = anchor !== null && anchor.state !== 'ambiguous' && anchor.state !== 'orphaned';
  const words = quote ?? { exact: anchor?.exact ?? '', prefix: '', suffix: '' };
  const source = urn(projection.report.id);
  const target =
    anchor === null && quote === null
      ? source
      : { source, selector: selectors(isPlaced ? anchor : null, words, projection.text) };
  const [first, ...others] = thread.comments;
  if (first === undefined) return [];
  const edit = editOf(thread);
  const own = commentAnnotation(first, target, 'commenting');
  const state = ownTerms(threadTerms(thread));
  const opening =
    edit === null
      ? { ...own, ...state }
      : {
          ...own,
          ...state,
          motivation: 'editing',
          body: [textBody('editing', edit.text), ...bodyOf(edit.said)],
        };
  const answers = others.map((comment) =>
    commentAnnotation(comment, urn(comment.parentId ?? first.id), 'replying'),
  );
  return [opening, ...answers];
}

/** What a suggestion that waits would make of the words, and what its author said beside it. */
function editOf({
  suggestion,
  quote,
  anchor,
  comments,
}: ExportThread): { text: string; said: string } | null {
  if (suggestion === null || suggestion.state !== 'pending' || quote === null) return null;
  const words = quote.exact;
  const text = suggestion.kind === 'insert' ? `${anchor?.exact ?? words}${suggestion.text}` : suggestion.text;
  return { text, said: ownWords(comments[0]?.body ?? '', suggestionSentence(suggestion, words)) };
}

function bodyOf(words: string): Json[] {
  return words === '' ? [] : [textBody('commenting', words)];
}

function commentAnnotation(
  comment: ExportComment,
  target: unknown,
  motivation: 'commenting' | 'replying',
): Json {
  return {
    id: urn(comment.id),
    type: 'Annotation',
    motivation,
    creator: person(comment.author),
    created: comment.at,
    ...(comment.editedAt === null ? {} : { modified: comment.editedAt }),
    ...(comment.deleted ? {} : bodiesOf(bodyOf(comment.body))),
    target,
  };
}

function selectors(
  anchor: { readonly start: number | null; readonly end: number | null } | null,
  quote: { readonly exact: string; readonly prefix: string; readonly suffix: string },
  text: string,
): Json[] {
  const { start, end } = anchor ?? { start: null, end: null };
  if (start === null || end === null) {
    return [{ type: 'TextQuoteSelector', exact: quote.exact, prefix: quote.prefix, suffix: quote.suffix }];
  }
  return [
    {
      type: 'TextQuoteSelector',
      exact: text.slice(start, end),
      prefix: text.slice(wholeCharacter(text, start - AROUND), start),
      suffix: text.slice(end, wholeCharacter(text, end + AROUND)),
    },
    { type: 'TextPositionSelector', start, end },
  ];
}

/** The offset, moved out of the middle of a surrogate pair and into the text. */
function wholeCharacter(text: string, offset: number): number {
  const at = Math.min(Math.max(offset, 0), text.length);
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

/** An address as people paste it may hold signs that no IRI has. */
function iriOf(url: string): string {
  return url.replaceAll(/[\s<>"{}|\\^`]/g, encodeURIComponent);
}

function textBody(purpose: string, value: string): Json {
  return { type: 'TextualBody', purpose, value, format: 'text/plain' };
}

function person(name: string): Json {
  return { type: 'Person', name };
}

function urn(id: string): string {
  return `urn:uuid:${id}`;
}
