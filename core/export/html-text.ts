/**
 * Blocks and runs as HTML. Nothing passes unescaped: words are escaped, elements are from a fixed list, links are
 * only those that people may follow. Words under claims are one `mark` that names them; a few claims have lines of
 * their own below the words, so the file's size is in proportion to the text and the number of claims.
 */
import { toBase64 } from '../base64.ts';
import { imageTypes } from '../image-header.ts';
import { figureOf, figureWords } from '../text/figures.ts';
import { isSafeHref } from '../text/schema.ts';
import type { ExportClaim, ExportImage } from './projection.ts';
import type { ExportBlock, ExportRun } from './runs.ts';
import type { ExportThread } from './thread.ts';

/** How claims and figures look in a text; none in a rationale. */
export interface ClaimMarks {
  /** By name, for the figures of the text. */
  readonly images: Readonly<Record<string, ExportImage>>;
  /** What is added to the level of a heading. */
  readonly headingShift: number;
  /** A claim's class: its tone and how its verdict stands. */
  classOf(claim: ExportClaim): string;
  /** Which line below the words it has, from 0; those that overlap share one only when there are many. */
  laneOf(claim: ExportClaim): number;
  /** What stands after a claim's and a thread's last words. */
  reference(claim: ExportClaim): string;
  threadReference(thread: ExportThread): string;
}

export function escapeHtml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A name, a title or a quotation: its direction is its own and does not reach its neighbours. */
export function isolated(text: string): string {
  return `<bdi>${escapeHtml(text)}</bdi>`;
}

/** A link people may follow, else the words alone. */
export function link(href: string, content: string): string {
  if (!isSafeHref(href)) return content;
  return `<a href="${escapeHtml(href.trim())}" rel="noopener noreferrer nofollow">${content}</a>`;
}

export function htmlBlocks(blocks: readonly ExportBlock[], marks: ClaimMarks | null = null): string {
  return blocks.map((block) => htmlBlock(block, marks)).join('\n');
}

export function htmlBlock(block: ExportBlock, marks: ClaimMarks | null = null): string {
  const inner = (): string => block.children.map((child) => htmlBlock(child, marks)).join('');
  switch (block.type) {
    case 'paragraph':
      return `<p dir="auto">${htmlRuns(block.runs, marks)}</p>`;
    case 'heading': {
      const wanted = (Math.trunc(Number(block.attrs['level'])) || 2) + (marks?.headingShift ?? 0);
      const level = Math.min(Math.max(wanted, 2), 6);
      return `<h${level} dir="auto">${htmlRuns(block.runs, marks)}</h${level}>`;
    }
    case 'code_block':
      return `<pre dir="auto"><code>${htmlRuns(block.runs, marks)}</code></pre>`;
    case 'blockquote':
      return `<blockquote>${inner()}</blockquote>`;
    case 'bullet_list':
      return `<ul>${inner()}</ul>`;
    case 'ordered_list': {
      const start = Math.trunc(Number(block.attrs['order']));
      return `<ol${Number.isSafeInteger(start) && start !== 1 ? ` start="${start}"` : ''}>${inner()}</ol>`;
    }
    case 'list_item':
      return `<li dir="auto">${inner()}</li>`;
    case 'horizontal_rule':
      return '<hr>';
    case 'figure':
      return figure(block, marks);
    case 'table':
      return `<div class="table" tabindex="0" role="region" aria-label="Table"><table>${inner()}</table></div>`;
    case 'table_row':
      return `<tr>${inner()}</tr>`;
    case 'table_cell':
    case 'table_header': {
      const tag = block.type === 'table_cell' ? 'td' : 'th';
      return `<${tag}${span(block, 'colspan')}${span(block, 'rowspan')} dir="auto">${inner()}</${tag}>`;
    }
    default:
      return block.runs.length > 0 ? `<p dir="auto">${htmlRuns(block.runs, marks)}</p>` : inner();
  }
}

/** The image inside the file; what is not a kind of image that we know, or is not here, is its words. */
function figure(block: ExportBlock, marks: ClaimMarks | null): string {
  const { image, alt, width, height } = figureOf(block.attrs);
  const kept = marks !== null && Object.hasOwn(marks.images, image) ? marks.images[image] : undefined;
  if (kept === undefined || !imageTypes.some((type) => type === kept.mediaType))
    return `<figure class="lost" dir="auto">${escapeHtml(figureWords(alt))}</figure>`;
  const size = width === null || height === null ? '' : ` width="${width}" height="${height}"`;
  const caption =
    alt === '' ? '' : `<figcaption aria-hidden="true" dir="auto">${escapeHtml(alt)}</figcaption>`;
  return `<figure><img src="data:${kept.mediaType};base64,${toBase64(kept.bytes)}" alt="${escapeHtml(alt)}"${size}>${caption}</figure>`;
}

function span(block: ExportBlock, name: 'colspan' | 'rowspan'): string {
  const value = Math.trunc(Number(block.attrs[name] ?? 1));
  return value > 1 && value <= 1_000 ? ` ${name}="${value}"` : '';
}

function htmlRuns(runs: readonly ExportRun[], marks: ClaimMarks | null): string {
  return runs.map((run) => htmlRun(run, marks)).join('');
}

function htmlRun(run: ExportRun, marks: ClaimMarks | null): string {
  const words = run.isBreak ? '<br>' : escapeHtml(run.text);
  const formatted = inMarks(words, run);
  if (marks === null) return formatted;
  const after =
    run.ends.map((claim) => marks.reference(claim)).join('') +
    run.threadEnds.map((thread) => marks.threadReference(thread)).join('');
  return inClaims(formatted, run, marks) + after;
}

const elements: Readonly<Record<string, string>> = {
  code: 'code',
  strike: 's',
  underline: 'u',
  em: 'em',
  strong: 'strong',
};

function inMarks(words: string, run: ExportRun): string {
  let out = words;
  for (const [type, element] of Object.entries(elements)) {
    if (run.marks.some((mark) => mark.type === type)) out = `<${element}>${out}</${element}>`;
  }
  const linked = run.marks.find((mark) => mark.type === 'link');
  return linked === undefined ? out : link(String(linked.attrs?.['href'] ?? ''), out);
}

/** The run in one mark. The words lead to the note of the innermost claim, unless they are a link already. */
function inClaims(words: string, run: ExportRun, marks: ClaimMarks): string {
  const innermost = run.claims.at(-1);
  if (innermost === undefined) return words;
  const isLinked = words.includes('<a ');
  let out = isLinked || run.isBreak ? words : `<a class="to" href="#claim-${innermost.number}">${words}</a>`;
  const [outer, ...inner] = linedClaims(run, marks);
  for (const claim of inner.toReversed()) out = `<span class="m ${lineOf(claim, marks)}">${out}</span>`;
  const [first, ...others] = run.begins;
  const places = others.map(({ number }) => `<span class="at" id="at-${number}"></span>`).join('');
  const id = first === undefined ? '' : ` id="at-${first.number}"`;
  const named = run.claims.map(({ number }) => number).join(' ');
  const more = run.claimCount - run.claims.length;
  const all = ` data-claims="${named}"${more === 0 ? '' : ` data-more="${more}"`}`;
  return `<mark class="${lineOf(outer ?? innermost, marks)}"${id}${all}>${places}${out}</mark>`;
}

function lineOf(claim: ExportClaim, marks: ClaimMarks): string {
  return `${marks.classOf(claim)} l${marks.laneOf(claim)}`;
}

/** One claim for each line below the words, of several the innermost; the longest first. */
function linedClaims(run: ExportRun, marks: ClaimMarks): ExportClaim[] {
  const lined = new Map(run.claims.map((claim) => [marks.laneOf(claim), claim]));
  const shown = new Set(lined.values());
  return run.claims.filter((claim) => shown.has(claim));
}
