/** The runs of a block (core/export/runs.ts) as text with looks: formatting, links, claims and threads. */
import type { ExportRun } from '#core/export/runs.ts';
import type { ExportThread } from '#core/export/thread.ts';
import { isSafeHref } from '#core/text/safe-href.ts';
import type { StructureElement } from '../file/structure.ts';
import { cleanText } from '../file/values.ts';
import { variant } from '../look.ts';
import type { Belonging, LinkTarget } from '../page/belonging.ts';
import type { TextLook, Styled } from '../text/styled.ts';
import type { Theme } from './theme.ts';

const BOLD = 650;
/** More is no address: readers refuse it, and so do we. */
const MAX_ADDRESS = 2_000;

/** Threads on plain words by their place; `at` is where the next textblock begins in the report's text. */
export interface ThreadSpans {
  at: number;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly thread: ExportThread }[];
}

export interface RunContext {
  readonly theme: Theme;
  readonly look: TextLook;
  readonly element: StructureElement;
  /** Null: not the report's text. */
  readonly threads: ThreadSpans | null;
}

/** Counts `context.threads.at` on to the next textblock. */
export function styledRuns(runs: readonly ExportRun[], context: RunContext): Styled<Belonging>[] {
  const { threads } = context;
  const parts: Styled<Belonging>[] = [];
  const seen = new Set<ExportThread>();
  let at = threads?.at ?? 0;
  for (const run of runs) {
    const [from, to] = [at, at + run.text.length];
    at = to;
    const here = threads?.spans.filter((span) => span.start < to && span.end > from) ?? [];
    const begun = here.filter((span) => span.start >= from && !seen.has(span.thread));
    for (const span of begun) seen.add(span.thread);
    const text = run.isBreak ? '\n' : cleanText(run.text);
    if (text === '') continue;
    const about: Belonging = {
      element: context.element,
      link: linkOf(run),
      claims: run.claims,
      begins: run.begins,
      threads: here.map((span) => span.thread),
      threadBegins: begun.map((span) => span.thread),
    };
    parts.push({ text, look: lookOf(run, context), about });
  }
  if (threads !== null) threads.at = at + 1;
  return parts;
}

/** The address that readers can open; null for the report's own unsafe or relative ones. */
export function addressOf(href: string): LinkTarget | null {
  if (!isSafeHref(href) || href.length > MAX_ADDRESS) return null;
  try {
    return { address: new URL(href.trim()).href };
  } catch {
    return null;
  }
}

function linkOf(run: ExportRun): LinkTarget | null {
  const mark = run.marks.find((each) => each.type === 'link');
  return mark === undefined || run.isBreak ? null : addressOf(String(mark.attrs?.['href'] ?? ''));
}

function lookOf(run: ExportRun, { theme, look }: RunContext): TextLook {
  if (run.marks.length === 0) return look;
  const has = (type: string): boolean => run.marks.some((mark) => mark.type === type);
  return variant(look, {
    ...(has('code') && {
      typeface: 'mono' as const,
      size: (look.size * theme.code.size * 1.04) / theme.look.size,
    }),
    ...(has('strong') && { weight: Math.max(look.weight, BOLD) }),
    ...(has('em') && { isItalic: true }),
    ...(has('underline') && { isUnderlined: true }),
    ...(has('strike') && { isStruck: true }),
  });
}
