/**
 * A report's text cut for showing: blocks as they nest, their words cut into runs wherever a claim, a thread or
 * a change of formatting begins or ends, so that each run is under one set of claims. Claims that cross blocks
 * have runs in each. Only claims and threads with a sure place take part.
 */
import type { DocMark, DocNode } from '../text/doc-json.ts';
import { flattenNode, type FlatNodeBlock } from '../text/flatten-node.ts';
import { textblockNames } from '../text/flatten.ts';
import { LANES } from './lanes.ts';
import type { ExportClaim } from './projection.ts';
import type { ExportThread } from './thread.ts';

export interface ExportRun {
  /** The words; "\n" for a line break. */
  readonly text: string;
  readonly isBreak: boolean;
  readonly marks: readonly DocMark[];
  /** Longest first, so the first is the outermost. Of many, those that `cutIntoRuns` was asked for. */
  readonly claims: readonly ExportClaim[];
  /** Of all claims on the words. */
  readonly claimCount: number;
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
  readonly claims: Sweep<ExportClaim>;
  readonly threads: Sweep<ExportThread>;
  /** Every place where something begins or ends, ascending. */
  readonly edges: readonly number[];
  readonly most: number;
  /** The run before, in whatever block. */
  previous: ExportRun | null;
}

/**
 * How many claims a run names where not all are needed. Thousands of claims on the same words are an attack or a
 * mistake, and all of them on every run would make a file grow with their square.
 */
export const FEW_CLAIMS = 16;
/** Of these so many are the outermost, which have lines of their own below the words. */
const OUTERMOST = LANES;

/** `most`: how many claims a run names at most. */
export function cutIntoRuns(
  doc: DocNode,
  claims: readonly ExportClaim[] = [],
  threads: readonly ExportThread[] = [],
  most = FEW_CLAIMS,
): ExportBlock[] {
  const cut = prepare(claims, threads, most);
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
  end(cut.previous, cut, Number.POSITIVE_INFINITY);
  return blocks;
}

function prepare(claims: readonly ExportClaim[], threads: readonly ExportThread[], most: number): Cut {
  const claimSpans = claims.filter((claim) => claim.isPlaced).flatMap((claim) => spanOf(claim, claim.anchor));
  const threadSpans = threads.flatMap((thread) =>
    thread.anchor === null || isDoubtful(thread) ? [] : spanOf(thread, thread.anchor),
  );
  const edges = new Set([...claimSpans, ...threadSpans].flatMap((span) => [span.start, span.end]));
  return {
    claims: new Sweep(claimSpans),
    threads: new Sweep(threadSpans),
    edges: [...edges].sort((one, other) => one - other),
    most,
    previous: null,
  };
}

/** Goes over the text once and knows at each place what is there. Asked with places that ascend. */
class Sweep<T> {
  readonly #spans: readonly Span<T>[];
  #next = 0;
  #here: Span<T>[] = [];
  /** The first end of what is here. */
  #firstEnd = Number.POSITIVE_INFINITY;

  constructor(spans: Span<T>[]) {
    this.#spans = spans.sort(longestFirst);
  }

  /** What was here and is no longer from `at` on. */
  leave(at: number): T[] {
    if (this.#firstEnd > at) return [];
    const left = this.#here.filter((span) => span.end <= at);
    this.#here = this.#here.filter((span) => span.end > at);
    this.#firstEnd = this.#here.reduce(
      (least, { end: its }) => Math.min(least, its),
      Number.POSITIVE_INFINITY,
    );
    return left.map(({ thing }) => thing);
  }

  /** What begins before `to` and has words from `from` on. */
  enter(from: number, to: number): T[] {
    const entered: T[] = [];
    for (let span = this.#spans[this.#next]; span !== undefined && span.start < to;) {
      if (span.end > from) {
        this.#here.push(span);
        this.#firstEnd = Math.min(this.#firstEnd, span.end);
        entered.push(span.thing);
      }
      this.#next += 1;
      span = this.#spans[this.#next];
    }
    return entered;
  }

  get count(): number {
    return this.#here.length;
  }

  /** Of more than `most` the outermost few and the innermost. */
  here(most: number): T[] {
    const all = this.#here;
    const some =
      all.length <= most ? all : [...all.slice(0, OUTERMOST), ...all.slice(all.length - most + OUTERMOST)];
    return some.map(({ thing }) => thing);
  }
}

/** Ends on a run what has no words from `at` on. */
function end(run: ExportRun | null, { claims, threads }: Cut, at: number): void {
  const [claimsLeft, threadsLeft] = [claims.leave(at), threads.leave(at)];
  run?.ends.push(...claimsLeft);
  run?.threadEnds.push(...threadsLeft);
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
  const edges = cut.edges.slice(firstAtLeast(cut.edges, block.start + 1), firstAtLeast(cut.edges, block.end));
  const runs: ExportRun[] = [];
  let at = block.start;
  for (const child of node.content ?? []) {
    const isBreak = child.type === 'hard_break';
    const words = isBreak ? '\n' : (child.text ?? '');
    for (const [from, to] of pieces(at, at + words.length, edges)) {
      end(cut.previous, cut, from);
      const begins = cut.claims.enter(from, to);
      const threadBegins = cut.threads.enter(from, to);
      const run: ExportRun = {
        text: words.slice(from - at, to - at),
        isBreak,
        marks: child.marks ?? [],
        claims: cut.claims.here(cut.most),
        claimCount: cut.claims.count,
        begins,
        ends: [],
        threadBegins,
        threadEnds: [],
      };
      runs.push(run);
      cut.previous = run;
    }
    at += words.length;
  }
  return runs;
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
