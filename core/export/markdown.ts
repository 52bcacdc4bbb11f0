/**
 * The report as Markdown: its text, a footnote at the end of each claim's words, and in the footnote all that is
 * known of it. Claims and threads without a sure place are listed after the text under their own headings.
 */
import { isSafeHref } from '../text/schema.ts';
import { aboutEvidence, factsOf } from './facts.ts';
import { destination, escapeMarkdown, markdownBlocks, prefixed } from './markdown-text.ts';
import type { ExportClaim, ExportEvidence, ExportProjection, ExportVerdict } from './projection.ts';
import { cutIntoRuns } from './runs.ts';
import {
  countRatings,
  decisionLabels,
  headline,
  placeSentence,
  quoted,
  stanceLabels,
  standingLabels,
  standingSentence,
  threadState,
  threadWords,
  ABOUT_ALL,
  time,
  wordsOf,
} from './wording.ts';
import { MAX_SHOWN_DEPTH, type ExportComment, type ExportThread } from './thread.ts';

export function formatMarkdown(projection: ExportProjection): string {
  const { report, claims, threads } = projection;
  const blocks = cutIntoRuns(projection.doc, claims, threads);
  const labels = new Map(threads.map((thread, i) => [thread, `c${i + 1}`]));
  const labelOf = (thread: ExportThread): string => labels.get(thread) ?? '';
  const noted = new Set<string>();
  const text = markdownBlocks(blocks, (run) => {
    const here = [...run.ends.map((claim) => String(claim.number)), ...run.threadEnds.map(labelOf)];
    for (const label of here) noted.add(label);
    return here.map((label) => `[^${label}]`).join('');
  });
  const isNoted = (claim: ExportClaim): boolean => noted.has(String(claim.number));
  const lost = claims.filter((claim) => !isNoted(claim));
  const talk = threads.filter((thread) => !noted.has(labelOf(thread)));
  const sections = [
    `# ${escapeMarkdown(report.title)}`,
    summary(projection),
    '---',
    text,
    ...(lost.length === 0
      ? []
      : ['## Claims without a place in the text', ...lost.map((claim) => lostClaim(claim))]),
    ...(talk.length === 0
      ? []
      : [
          '## Comments without a place in the text',
          ...talk.map((thread) => commentList(thread, threadWords(thread))),
        ]),
    ...claims.filter(isNoted).map((claim) => footnote(String(claim.number), claimNote(claim))),
    ...threads
      .filter((thread) => noted.has(labelOf(thread)))
      .map((thread) => footnote(labelOf(thread), [commentList(thread, threadWords(thread))])),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function footnote(label: string, blocks: readonly string[]): string {
  return prefixed(blocks.filter((block) => block !== '').join('\n\n'), `[^${label}]: `, '    ');
}

function summary(projection: ExportProjection): string {
  const { report, claims, workspace, exportedAt } = projection;
  const counts = countRatings(claims).map(({ label, count }) => `- ${escapeMarkdown(label)}: ${count}`);
  const origin = [report.source.name, report.source.from]
    .filter((part) => part !== null)
    .map((part) => escapeMarkdown(part, false))
    .join(', ');
  return [
    `Checked by ${escapeMarkdown(workspace.name, false)}. ${claims.length === 1 ? '1 claim' : `${claims.length} claims`}, as of ${time(exportedAt)}.`,
    ...(origin === '' ? [] : [`Source: ${origin}, received ${time(report.source.takenAt)}.`]),
    counts.join('\n'),
  ].join('\n\n');
}

function lostClaim(claim: ExportClaim): string {
  return `### ${claim.number}. ${escapeMarkdown(headline(claim), false)}\n\n${[
    quotation(claim),
    ...claimDetails(claim),
  ]
    .filter((block) => block !== '')
    .join('\n\n')}`;
}

function claimNote(claim: ExportClaim): string[] {
  return [`**${escapeMarkdown(headline(claim))}** — ${quotation(claim)}`, ...claimDetails(claim)];
}

function quotation(claim: ExportClaim): string {
  return quoted(inline(wordsOf(claim)), wordsOf(claim));
}

function claimDetails(claim: ExportClaim): string[] {
  const { verdict } = claim;
  return [
    place(claim),
    facts(claim),
    verdict === null ? '' : verdictText(verdict),
    ...claim.disputes.map(
      (dispute) => `Against it: **${escapeMarkdown(dispute.label, false)}**. ${verdictText(dispute)}`,
    ),
    claim.rationale.text.trim() === ''
      ? ''
      : `**Why**\n\n${markdownBlocks(cutIntoRuns(claim.rationale.doc))}`,
    claim.evidence.length === 0 ? '' : `**Evidence**\n\n${claim.evidence.map(evidenceItem).join('\n')}`,
    claim.thread === null || claim.thread.comments.length === 0
      ? ''
      : `**Comments** (${inline(threadState(claim.thread))})\n\n${claim.thread.comments.map(commentItem).join('\n')}`,
    claim.earlierVerdicts.length === 0
      ? ''
      : `**Earlier verdicts**\n\n${claim.earlierVerdicts.map(earlierItem).join('\n')}`,
  ];
}

function place(claim: ExportClaim): string {
  const sentence = placeSentence(claim);
  return sentence === null ? '' : inline(sentence);
}

function facts(claim: ExportClaim): string {
  return factsOf(claim)
    .map(({ label, value }) => `- ${label}${label.endsWith('?') ? '' : ':'} ${inline(value)}`)
    .join('\n');
}

function verdictText(verdict: ExportVerdict): string {
  const reviews = verdict.reviews
    .filter((review) => review.comment !== null)
    .map(
      (review) =>
        `- ${atStart(review.reviewer)} ${decisionLabels[review.decision]}: ${inline(review.comment ?? '')}`,
    );
  return [atStart(verdict.summary), inline(standingSentence(verdict)), reviews.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

function evidenceItem(item: ExportEvidence): string {
  const title =
    item.url === null || !isSafeHref(item.url)
      ? inline(item.title)
      : `[${inline(item.title)}](${destination(item.url)})`;
  const quoted = item.quote === null ? '' : ` “${inline(item.quote)}”`;
  return `- ${stanceLabels[item.stance]}: ${title}${aboutEvidence(item)
    .map((part) => `, ${inline(part)}`)
    .join('')}${quoted}`;
}

function commentList(thread: ExportThread, words: string): string {
  return `On ${words === '' ? ABOUT_ALL : quoted(inline(words), words)} (${inline(threadState(thread))})\n\n${thread.comments.map(commentItem).join('\n')}`;
}

function commentItem(comment: ExportComment): string {
  const body = comment.deleted
    ? '*Deleted*'
    : comment.body
        .split(/\n+/)
        .filter((line) => line.trim() !== '')
        .map((line, i) => (i === 0 ? inline(line) : atStart(line)))
        .join('\\\n');
  const before = '  '.repeat(Math.min(comment.depth, MAX_SHOWN_DEPTH));
  return prefixed(
    `**${inline(comment.author)}**, ${time(comment.at)}: ${body}`,
    `${before}- `,
    `${before}  `,
  );
}

function earlierItem(verdict: ExportVerdict): string {
  return `- ${atStart(verdict.label)}: ${standingLabels[verdict.standing].toLowerCase()}. ${inline(verdict.proposedBy)}, ${time(verdict.proposedAt)}. ${inline(verdict.summary)}`.trimEnd();
}

/** Words in the middle of a line. */
function inline(text: string): string {
  return escapeMarkdown(text.trim(), false);
}

/** Words that a line or an item begins with: nothing in them begins a block. */
function atStart(text: string): string {
  return escapeMarkdown(text.trim()).trimStart();
}
