/**
 * What follows the text: a table of all claims with their verdicts, for readers who print or do not open the margin,
 * then claims and threads whose words are not to be found for sure. Those have their remarks here, on the words as
 * they were quoted, so that every remark is somewhere.
 */
import { saidBy } from '#core/export/facts.ts';
import type {
  ExportClaim,
  ExportEvidence,
  ExportProjection,
  ExportVerdict,
} from '#core/export/projection.ts';
import { isFinal } from '#core/export/standing.ts';
import type { ExportThread } from '#core/export/thread.ts';
import {
  countRatings,
  dismissLabels,
  placeSentence,
  quoted,
  stanceLabels,
  standingLabels,
  statusLabels,
  threadWords,
  wordsOf,
} from '#core/export/wording.ts';
import type { Relations } from '../office/package.ts';
import { linked, linkedWithin } from './links.ts';
import { bookmarkOf, fillOf, type RemarkMarks } from './marks.ts';
import { runsRightToLeft } from './script.ts';
import { tableXml, type TableCell } from './table.ts';
import { settingOf, wordRuns, type Look } from './words.ts';

/** Twentieths of a point; together the width of the column. */
const columns: readonly (readonly [title: string, width: number])[] = [
  ['No.', 580],
  ['Claim', 2_400],
  ['Said by', 1_250],
  ['Verdict', 1_150],
  ['Standing', 1_446],
  ['Evidence', 2_200],
];
const HEADER_FILL = 'F6F4EF';

interface Tools {
  readonly relations: Relations;
  readonly marks: RemarkMarks;
}

export function appendixXml({ claims, threads }: ExportProjection, tools: Tools): string {
  const lost = claims.filter((claim) => !tools.marks.isBegun(claim));
  const doubtful = lost.filter((claim) => claim.anchor.state === 'ambiguous');
  const gone = lost.filter((claim) => !doubtful.includes(claim));
  const loose = threads.filter((thread) => !tools.marks.isBegun(thread));
  const written = [
    ...(claims.length === 0 ? [] : [heading('Claims and verdicts'), summary(claims), table(claims, tools)]),
    ...group('Several places fit', doubtful, (claim) => lostClaim(claim, tools)),
    ...group('Not found in the text', gone, (claim) => lostClaim(claim, tools)),
    ...group('Discussion not on words', loose, (thread) => looseThread(thread, tools)),
  ];
  return written.join('');
}

function group<T>(title: string, things: readonly T[], write: (thing: T) => string): string[] {
  return things.length === 0 ? [] : [heading(title), ...things.map(write)];
}

function heading(words: string): string {
  return paragraph(words, 'Heading1', {});
}

function summary(claims: readonly ExportClaim[]): string {
  const counts = countRatings(claims).map(({ label, count }) => `${label}: ${count}`);
  return paragraph(counts.join(' · '), 'Caption', {});
}

function paragraph(words: string, style: string, look: Look): string {
  const isRight = runsRightToLeft(words);
  return inParagraph(wordRuns(words, look, settingOf(words, isRight)), style, isRight);
}

function inParagraph(runs: string, style: string, isRight: boolean): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${isRight ? '<w:bidi/>' : ''}</w:pPr>${runs}</w:p>`;
}

function cell(...paragraphs: readonly string[]): TableCell {
  const written = paragraphs.filter((each) => each !== '');
  return { xml: written.length === 0 ? inParagraph('', 'SmallTableText', false) : written.join('') };
}

function small(words: string, look: Look = {}): string {
  return words === '' ? '' : paragraph(words, 'SmallTableText', look);
}

function table(claims: readonly ExportClaim[], tools: Tools): string {
  const header = columns.map(([title]) => ({ ...cell(small(title, { isBold: true })), fill: HEADER_FILL }));
  const rows = claims.map((claim) => ({ isHeader: false, cells: row(claim, tools) }));
  const widths = columns.map(([, width]) => width);
  return tableXml(widths, [{ isHeader: true, cells: header }, ...rows]);
}

function row(claim: ExportClaim, { relations, marks }: Tools): TableCell[] {
  const { verdict, disputes } = claim;
  const number = wordRuns(
    String(claim.number),
    marks.isBegun(claim) ? { style: 'Hyperlink' } : {},
    settingOf('', false),
  );
  return [
    cell(
      inParagraph(
        marks.isBegun(claim) ? linkedWithin(number, bookmarkOf(claim)) : number,
        'SmallTableText',
        false,
      ),
    ),
    cell(small(wordsOf(claim))),
    cell(small(saidBy(claim))),
    {
      ...cell(
        small(verdict?.label ?? 'No verdict', { isBold: verdict !== null && isFinal(verdict.standing) }),
        ...disputes.map((dispute) => small(`Against it: ${dispute.label}`)),
      ),
      fill: fillOf(claim),
    },
    cell(...standing(claim).map((words) => small(words))),
    cell(...claim.evidence.map((item) => evidence(item, relations))),
  ];
}

/** How it stands, then who looked at it. */
function standing(claim: ExportClaim): string[] {
  const { verdict, status, dismissReason } = claim;
  const dismissed =
    status === 'dismissed'
      ? [`Dismissed${dismissReason === null ? '' : `: ${dismissLabels[dismissReason]}`}`]
      : [];
  if (verdict === null) return dismissed.length > 0 ? dismissed : [statusLabels[status]];
  const alone = verdict.aloneReason === null ? [] : [`Reason: ${verdict.aloneReason}`];
  return [...dismissed, standingLabels[verdict.standing], ...reviewers(verdict), ...alone];
}

function reviewers(verdict: ExportVerdict): string[] {
  return verdict.reviews.map((review) =>
    review.decision === 'approve'
      ? review.reviewer
      : `${review.reviewer} (${review.decision === 'reject' ? 'rejected' : 'asked for changes'})`,
  );
}

function evidence(item: ExportEvidence, relations: Relations): string {
  const isRight = runsRightToLeft(item.title);
  const setting = settingOf(item.title, isRight);
  const stance = wordRuns(`${stanceLabels[item.stance]}: `, {}, { isRight, language: '' });
  const look: Look = item.url === null ? {} : { style: 'Hyperlink' };
  const title = wordRuns(item.title, look, setting);
  const publisher = item.publisher === null ? '' : wordRuns(`, ${item.publisher}`, {}, setting);
  return inParagraph(
    `${stance}${item.url === null ? title : linked(title, item.url, relations)}${publisher}`,
    'SmallTableText',
    isRight,
  );
}

function lostClaim(claim: ExportClaim, { marks }: Tools): string {
  const why = placeSentence(claim) ?? 'Its words are not to be seen in the text.';
  return remarked(`${claim.number}. `, claim, wordsOf(claim), marks) + paragraph(why, 'Caption', {});
}

function looseThread(thread: ExportThread, { marks }: Tools): string {
  return remarked('', thread, threadWords(thread), marks);
}

/** Words with their remarks on them. */
function remarked(
  before: string,
  subject: ExportClaim | ExportThread,
  words: string,
  marks: RemarkMarks,
): string {
  const isRight = runsRightToLeft(words);
  const shown = words.trim() === '' ? 'No words' : quoted(words, words);
  const setting = settingOf(words, isRight);
  const look: Look = 'number' in subject ? { fill: fillOf(subject) } : {};
  return inParagraph(
    `${wordRuns(before, { isBold: true }, setting)}${marks.begin(subject)}${wordRuns(shown, look, setting)}${marks.end(subject)}`,
    'TableText',
    isRight,
  );
}
