/**
 * The report as one HTML file that needs nothing else: no script that runs, no font, no network. The text with its claims
 * marked, short notes in the margin, and every note in full after the text; each leads to the other.
 */
import { claimReviews } from './claimreview.ts';
import { escapeHtml, htmlBlock, isolated, type ClaimMarks } from './html-text.ts';
import { classOf, icon, signOf, signSheet, styleSheet } from './html-look.ts';
import { fullNote, marginNote, threadNote } from './html-note.ts';
import { laneByClaim } from './lanes.ts';
import type { ExportClaim, ExportProjection } from './projection.ts';
import { cutIntoRuns, type ExportBlock, type ExportRun } from './runs.ts';
import { countRatings, headline, time, type CountedRating } from './wording.ts';
import type { ExportThread } from './thread.ts';

/** Nothing may be loaded or run, even if something slipped through. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export function formatHtml(projection: ExportProjection): string {
  const { report, claims, threads } = projection;
  const blocks = cutIntoRuns(projection.doc, claims, threads);
  const marks = claimMarks(projection, headingShift(blocks));
  const text = blocks.map((block) => `${margin(block)}${htmlBlock(block, marks)}`).join('\n');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="generator" content="Proofdesk">',
    `<title>${escapeHtml(report.title)}</title>`,
    `<style>${styleSheet}</style>`,
    ...reviewData(projection),
    '</head>',
    '<body>',
    signSheet,
    '<main class="page">',
    head(projection),
    `<article class="text" lang="" aria-label="The text">\n${text}\n</article>`,
    notes(claims, threads, blocks),
    foot(projection),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/**
 * The signed-off claims for search engines, as data that no browser runs. Inside the element only its end and a comment
 * mean anything to a parser, and both begin with a sign that JSON can write otherwise.
 */
function reviewData(projection: ExportProjection): string[] {
  const reviews = claimReviews(projection);
  if (reviews.length === 0) return [];
  const json = JSON.stringify(reviews)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return [`<script type="application/ld+json">${json}</script>`];
}

function head(projection: ExportProjection): string {
  const { report, workspace, claims, exportedAt } = projection;
  const origin = [report.source.name, report.source.from]
    .filter((part) => part !== null)
    .map((part) => isolated(part))
    .join(', ');
  return `<header class="head">
<p class="kicker">Checked by ${isolated(workspace.name)} · as of ${escapeHtml(time(exportedAt))}${origin === '' ? '' : ` · source: ${origin}`}</p>
<h1 dir="auto">${escapeHtml(report.title)}</h1>
<section class="summary" aria-label="Summary">
<p class="total">${claims.length === 1 ? '1 claim' : `${claims.length} claims`}</p>
${summary(countRatings(claims))}
</section>
</header>`;
}

function summary(counts: readonly CountedRating[]): string {
  if (counts.length === 0) return '';
  const bar = counts
    .map(({ tone, count }) => `<span class="t-${tone}" style="flex:${count}"></span>`)
    .join('');
  const legend = counts
    .map(
      (each) =>
        `<li class="t-${each.tone}">${icon(each.tone)}${escapeHtml(each.label)} <b>${each.count}</b></li>`,
    )
    .join('');
  return `<div class="bar" aria-hidden="true">${bar}</div>\n<ul class="legend">${legend}</ul>`;
}

/** The short notes of the claims that begin in a block, to stand beside it. */
function margin(block: ExportBlock): string {
  const begin = runsIn(block).flatMap((run) => run.begins);
  if (begin.length === 0) return '';
  const ordered = begin.sort((one, other) => one.number - other.number);
  return `<div class="side" role="note" aria-label="Notes beside these lines"><ul>${ordered.map(marginNote).join('')}</ul></div>\n`;
}

function runsIn(block: ExportBlock): ExportRun[] {
  return [...block.runs, ...block.children.flatMap(runsIn)];
}

function notes(
  claims: readonly ExportClaim[],
  threads: readonly ExportThread[],
  blocks: readonly ExportBlock[],
): string {
  const placed = claims.filter((claim) => claim.isPlaced);
  const doubtful = claims.filter((claim) => !claim.isPlaced && claim.anchor.state === 'ambiguous');
  const lost = claims.filter((claim) => !claim.isPlaced && claim.anchor.state !== 'ambiguous');
  const marked = new Set(blocks.flatMap(runsIn).flatMap((run) => run.threadEnds));
  const group = (title: string, written: readonly string[]): string[] =>
    written.length === 0 ? [] : [`<h2 class="group">${title}</h2>`, ...written];
  const parts = [
    ...group('Claims', placed.map(fullNote)),
    ...group('Several places fit', doubtful.map(fullNote)),
    ...group('Not found in the text', lost.map(fullNote)),
    ...group(
      'Comments on the text',
      threads.map((thread, i) => threadNote(thread, i + 1, marked.has(thread))),
    ),
  ];
  return parts.length === 0
    ? ''
    : `<section class="notes after" aria-label="Notes">\n${parts.join('\n')}\n</section>`;
}

function foot(projection: ExportProjection): string {
  const { report, exportedAt } = projection;
  return `<footer><p>Exported from Proofdesk, ${escapeHtml(time(exportedAt))}. Source received ${escapeHtml(time(report.source.takenAt))}, SHA-256 ${escapeHtml(report.source.sha256)}.</p></footer>`;
}

function claimMarks({ claims, threads, images }: ExportProjection, shift: number): ClaimMarks {
  const lanes = laneByClaim(claims);
  const numbers = new Map(threads.map((thread, i) => [thread, i + 1]));
  return {
    images,
    headingShift: shift,
    classOf,
    laneOf: (claim) => lanes.get(claim) ?? 0,
    reference: (claim) =>
      `<sup class="ref ${classOf(claim)}"><a href="#claim-${claim.number}" aria-label="Claim ${claim.number}: ${escapeHtml(headline(claim))}">${icon(signOf(claim))}${claim.number}</a></sup>`,
    threadReference: (thread) => {
      const number = numbers.get(thread) ?? 0;
      return `<sup class="ref" id="talk-at-${number}"><a href="#talk-${number}" aria-label="Comment ${number}">${icon('comment')}${number}</a></sup>`;
    },
  };
}

/** By how much the text's headings move so that its highest is of the second level, under the title of the page. */
function headingShift(blocks: readonly ExportBlock[]): number {
  const levels = (block: ExportBlock): number[] =>
    block.type === 'heading' ? [Number(block.attrs['level']) || 2] : block.children.flatMap(levels);
  const highest = blocks.flatMap(levels).reduce((least, level) => Math.min(least, level), 6);
  return 2 - highest;
}
