/** A claim's note in the HTML export: in full after the text, and in short for the margin beside it. */
import { htmlBlocks, escapeHtml, isolated, link } from './html-text.ts';
import { classOf, icon, signOf } from './html-look.ts';
import { aboutEvidence, factsOf } from './facts.ts';
import type { ExportClaim, ExportEvidence, ExportVerdict } from './projection.ts';
import { cutIntoRuns } from './runs.ts';
import {
  decisionLabels,
  dismissLabels,
  placeSentence,
  quoted,
  stanceLabels,
  standingLabels,
  standingSentence,
  statusLabels,
  threadState,
  threadWords,
  ABOUT_ALL,
  time,
  wordsOf,
} from './wording.ts';
import { MAX_SHOWN_DEPTH, type ExportComment, type ExportThread } from './thread.ts';

/** The short note beside the line. */
export function marginNote(claim: ExportClaim): string {
  const what = claim.verdict?.summary || claim.rationale.text;
  return `<li><a href="#claim-${claim.number}"><span class="quote" dir="auto">${escapeHtml(wordsOf(claim))}</span><span class="n">${claim.number}</span>${chip(claim)}${
    what.trim() === '' ? '' : `<span class="what" dir="auto">${escapeHtml(what)}</span>`
  }</a></li>`;
}

export function fullNote(claim: ExportClaim): string {
  const { verdict } = claim;
  const back = claim.isPlaced
    ? `<a class="back" href="#at-${claim.number}" aria-label="Back to claim ${claim.number} in the text">↩ in the text</a>`
    : '';
  const parts = [
    `<h3><span class="n">${claim.number}</span>${chip(claim)}${back}</h3>`,
    `<p class="quote" dir="auto">${quoted(isolated(wordsOf(claim)), wordsOf(claim))}</p>`,
    placeSentence(claim) === null ? '' : `<p class="warn">${escapeHtml(placeSentence(claim) ?? '')}</p>`,
    facts(claim),
    verdict === null ? '' : verdictPart(verdict),
    ...claim.disputes.map(
      (dispute) => `<h4>Against it: ${escapeHtml(dispute.label)}</h4>${verdictPart(dispute)}`,
    ),
    claim.rationale.text.trim() === ''
      ? ''
      : `<h4>Why</h4><div class="rich">${htmlBlocks(cutIntoRuns(claim.rationale.doc))}</div>`,
    claim.evidence.length === 0
      ? ''
      : `<h4>Evidence</h4><ul class="evidence">${claim.evidence.map(evidenceItem).join('')}</ul>`,
    claim.thread === null ? '' : threadPart(claim.thread),
    claim.earlierVerdicts.length === 0
      ? ''
      : `<h4>Earlier verdicts</h4><ul>${claim.earlierVerdicts.map(earlierItem).join('')}</ul>`,
  ];
  return `<article class="note" id="claim-${claim.number}" aria-label="Claim ${claim.number}">\n${parts.filter((part) => part !== '').join('\n')}\n</article>`;
}

/** A thread on plain words. */
export function threadNote(thread: ExportThread, number: number, isPlaced: boolean): string {
  const back = isPlaced ? `<a class="back" href="#talk-at-${number}">↩ in the text</a>` : '';
  return `<article class="note" id="talk-${number}">\n<h3>${icon('comment')}<span>Comment ${number}, ${isolated(threadState(thread))}</span>${back}</h3>\n${threadQuote(thread)}\n${commentList(thread.comments)}\n</article>`;
}

function threadQuote(thread: ExportThread): string {
  const words = threadWords(thread);
  return words === ''
    ? `<p class="by">About ${ABOUT_ALL}</p>`
    : `<p class="quote" dir="auto">${quoted(isolated(words), words)}</p>`;
}

/** Sign, rating and how it stands. */
export function chip(claim: ExportClaim): string {
  const { verdict } = claim;
  const words =
    verdict === null || claim.status === 'dismissed'
      ? escapeHtml(statusWords(claim))
      : `<span class="rating">${escapeHtml(verdict.label)}</span>`;
  const standing =
    verdict === null || claim.status === 'dismissed' || verdict.standing === 'signed_off'
      ? ''
      : ` <span class="when">${escapeHtml(standingLabels[verdict.standing])}</span>`;
  return `<span class="chip ${classOf(claim)}">${icon(signOf(claim))}${words}</span>${standing}`;
}

function statusWords(claim: ExportClaim): string {
  if (claim.status !== 'dismissed')
    return claim.status === 'decided' ? 'No verdict' : statusLabels[claim.status];
  return claim.dismissReason === null ? 'Dismissed' : `Dismissed: ${dismissLabels[claim.dismissReason]}`;
}

function facts(claim: ExportClaim): string {
  return `<dl class="facts">${factsOf(claim)
    .map(({ label, value }) => `<div><dt>${label}</dt><dd>${isolated(value)}</dd></div>`)
    .join('')}</dl>`;
}

function verdictPart(verdict: ExportVerdict): string {
  const summary =
    verdict.summary === '' ? '' : `<p class="lead" dir="auto">${escapeHtml(verdict.summary)}</p>`;
  const isWarning = verdict.standing !== 'signed_off' && verdict.standing !== 'proposed';
  const by = `<p class="by${isWarning ? ' warn' : ''}" dir="auto">${escapeHtml(standingSentence(verdict))}</p>`;
  const reviews = verdict.reviews
    .filter((review) => review.comment !== null)
    .map(
      (review) =>
        `<p class="by" dir="auto">${isolated(review.reviewer)} ${decisionLabels[review.decision]}: ${escapeHtml(review.comment ?? '')}</p>`,
    );
  return summary + by + reviews.join('');
}

function evidenceItem(item: ExportEvidence): string {
  const title = isolated(item.title);
  const shown = aboutEvidence(item)
    .map((part) => isolated(part))
    .join(', ');
  return `<li>${icon(item.stance)}<div><span class="stance">${stanceLabels[item.stance]}:</span> ${item.url === null ? title : link(item.url, title)}${
    shown === '' ? '' : `<span class="about">${shown}</span>`
  }${item.quote === null ? '' : `<q dir="auto">${escapeHtml(item.quote)}</q>`}</div></li>`;
}

function threadPart(thread: ExportThread): string {
  if (thread.comments.length === 0) return '';
  return `<h4>Comments${thread.state === 'resolved' ? `, ${isolated(threadState(thread))}` : ''}</h4>${commentList(thread.comments)}`;
}

/** Lists in lists by depth, each opened before the first answer in it and closed after the last. */
function commentList(comments: readonly ExportComment[]): string {
  let open = 0;
  const items = comments.map((comment, i) => {
    const depth = Math.min(comment.depth, MAX_SHOWN_DEPTH);
    const before = depth > open ? '<ul>' : `${i === 0 ? '' : '</li>'}${'</ul></li>'.repeat(open - depth)}`;
    open = depth;
    return `${before}<li>${commentWords(comment)}`;
  });
  const after = comments.length === 0 ? '' : `</li>${'</ul></li>'.repeat(open)}`;
  return `<ul class="thread">${items.join('')}${after}</ul>`;
}

function commentWords(comment: ExportComment): string {
  const body = comment.deleted
    ? '<p class="when">Deleted</p>'
    : `<p dir="auto">${escapeHtml(comment.body)}</p>`;
  const edited = comment.editedAt === null || comment.deleted ? '' : ', edited';
  return `<span class="who">${isolated(comment.author)}</span> <span class="when">${escapeHtml(time(comment.at))}${edited}</span>${body}`;
}

function earlierItem(verdict: ExportVerdict): string {
  return `<li class="by"><b>${escapeHtml(verdict.label)}</b>, ${standingLabels[verdict.standing].toLowerCase()}: ${isolated(verdict.proposedBy)}, ${escapeHtml(time(verdict.proposedAt))}. ${isolated(verdict.summary)}</li>`;
}
