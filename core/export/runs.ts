/**
 * A report's text cut for showing: blocks as they nest, their words cut into runs wherever a claim, a thread or
 * a change of formatting begins or ends, so that each run is under one set of claims. Claims that cross blocks
 * have runs in each. Only claims and threads with a sure place take part.
 */
import type { DocMark, DocNode } from '../text/doc-json.ts';
import { flattenNode, type FlatNodeBlock } from '../text/flatten-node.ts';
import { textblockNames } from '../text/flatten.ts';
import type { ExportClaim } from './projection.ts';
import type { ExportThread } from './thread.ts';

export interface ExportRun {
  /** The words; "\n" for a line break. */
  readonly text: string;
  readonly isBreak: boolean;
  readonly marks: readonly DocMark[];
  /** Longest first, so the first is the outermost. */
  readonly claims: readonly ExportClaim[];
  /** Claims and threads whose first or last words these are. */
  readonly begins: ExportClaim[];
  readonly ends: ExportClaim[];
  readonly threadBegins: ExportThread[];
  readonly threadEnds: ExportThread[];
}

export interface ExportBlock {
  readonly type: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly children: readonly ExportBlock[];
  readonly runs: readonly ExportRun[];
}

interface Span<T> {
  readonly start: number;
  readonly end: number;
  readonly thing: T;
}

interface Cut {
  readonly claims: readonly Span<ExportClaim>[];
  readonly threads: readonly Span<ExportThread>[];
  /** Every place where something begins or ends, ascending. */
  readonly edges: readonly number[];
  readonly firstRun: Map<ExportClaim, ExportRun>;
  readonly lastRun: Map<ExportClaim, ExportRun>;
  readonly firstThreadRun: Map<ExportThread, ExportRun>;
  readonly lastThreadRun: Map<ExportThread, ExportRun>;
}

export function cutIntoRuns(
  doc: DocNode,
  claims: readonly ExportClaim[] = [],
  threads: readonly ExportThread[] = [],
): ExportBlock[] {
  const cut = prepare(claims, threads);
  const flat = flattenNode(doc).blocks;
  let next = 0;
  const read = (node: DocNode): ExportBlock => {
    const isTextblock = textblockNames.has(node.type);
    const block = isTextblock ? flat[next] : undefined;
    if (isTextblock) next += 1;
    return {
      type: node.type,
      attrs: node.attrs ?? {},
      children: isTextblock ? [] : (node.content ?? []).map(read),
      runs: block === undefined ? [] : runsOf(node, block, cut),
    };
  };
  const blocks = (doc.content ?? []).map(read);
  for (const [claim, run] of cut.firstRun) run.begins.push(claim);
  for (const [claim, run] of cut.lastRun) run.ends.push(claim);
  for (const [thread, run] of cut.firstThreadRun) run.threadBegins.push(thread);
  for (const [thread, run] of cut.lastThreadRun) run.threadEnds.push(thread);
  return blocks;
}

function prepare(claims: readonly ExportClaim[], threads: readonly ExportThread[]): Cut {
  const claimSpans = claims.filter((claim) => claim.isPlaced).flatMap((claim) => spanOf(claim, claim.anchor));
  const threadSpans = threads.flatMap((thread) =>
    thread.anchor === null || isDoubtful(thread) ? [] : spanOf(thread, thread.anchor),
  );
  const edges = new Set([...claimSpans, ...threadSpans].flatMap((span) => [span.start, span.end]));
  return {
    claims: claimSpans.sort(longestFirst),
    threads: threadSpans.sort(longestFirst),
    edges: [...edges].sort((one, other) => one - other),
    firstRun: new Map(),
    lastRun: new Map(),
    firstThreadRun: new Map(),
    lastThreadRun: new Map(),
  };
}

function isDoubtful(thread: ExportThread): boolean {
  return thread.anchor?.state === 'ambiguous' || thread.anchor?.state === 'orphaned';
}

function spanOf<T>(
  thing: T,
  place: { readonly start: number | null; readonly end: number | null },
): Span<T>[] {
  const { start, end } = place;
  return start === null || end === null || start >= end ? [] : [{ start, end, thing }];
}

/** By start, and of those that start together the longest first. */
function longestFirst(one: Span<unknown>, other: Span<unknown>): number {
  return one.start - other.start || other.end - one.end;
}

function runsOf(node: DocNode, block: FlatNodeBlock, cut: Cut): ExportRun[] {
  const claims = within(cut.claims, block);
  const threads = within(cut.threads, block);
  const edges = cut.edges.slice(firstAtLeast(cut.edges, block.start + 1), firstAtLeast(cut.edges, block.end));
  const runs: ExportRun[] = [];
  let at = block.start;
  for (const child of node.content ?? []) {
    const isBreak = child.type === 'hard_break';
    const words = isBreak ? '\n' : (child.text ?? '');
    for (const [from, to] of pieces(at, at + words.length, edges)) {
      const here = claims.filter((span) => span.start < to && span.end > from);
      const run: ExportRun = {
        text: words.slice(from - at, to - at),
        isBreak,
        marks: child.marks ?? [],
        claims: here.map((span) => span.thing),
        begins: [],
        ends: [],
        threadBegins: [],
        threadEnds: [],
      };
      runs.push(run);
      for (const { thing } of here) {
        if (!cut.firstRun.has(thing)) cut.firstRun.set(thing, run);
        cut.lastRun.set(thing, run);
      }
      for (const { start, end, thing } of threads) {
        if (start >= to || end <= from) continue;
        if (!cut.firstThreadRun.has(thing)) cut.firstThreadRun.set(thing, run);
        cut.lastThreadRun.set(thing, run);
      }
    }
    at += words.length;
  }
  return runs;
}

function within<T>(spans: readonly Span<T>[], block: FlatNodeBlock): Span<T>[] {
  return spans.filter((span) => span.start < block.end && span.end > block.start);
}

/** Cuts [start, end) at the edges inside it. */
function pieces(start: number, end: number, edges: readonly number[]): [number, number][] {
  const inside = edges.slice(firstAtLeast(edges, start + 1), firstAtLeast(edges, end));
  const bounds = [start, ...inside, end];
  return bounds
    .slice(1)
    .map((to, i): [number, number] => [bounds[i] ?? start, to])
    .filter(([from, to]) => from < to);
}

/** The index of the first number that is at least `value`. */
function firstAtLeast(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
