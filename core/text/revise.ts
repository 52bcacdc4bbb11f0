/**
 * Makes one document's text say what another's says, by an edit as small as a careful person would make: blocks that
 * are the same stay the very same items, a block that resembles its counterpart is changed inside, word by word and
 * then letter by letter, and only the rest is deleted and inserted. So what points into the text (claims, carets,
 * who wrote it) stays on what did not change. Restoring a checkpoint and taking a new version of the source are this.
 *
 * The plan, for the children of a node on both sides:
 *   1. align equal children (Myers' algorithm over their signatures);
 *   2. between two aligned ones, pair the rest in order by kind and by shared words, the best pairing in all;
 *   3. revise pairs inside, delete what has no counterpart, insert copies of what is new.
 */
import { diffArrays, diffChars, diffWordsWithSpace } from 'diff';
import * as Y from 'yjs';

type Child = Y.XmlElement | Y.XmlText;

/** Differing children up to which the best pairing is looked for (its cost is their product); past it, in order. */
const MAX_PAIRINGS = 2_500;
/** Differences up to which two sequences are aligned (the cost grows with their product); past it, the middle is replaced. */
const MAX_DIFFERENCES = 1_000;
/** Share of words in common from which a block is a changed one and not another. */
const LEAST_LIKENESS = 0.3;
/** Of two figures of one image. They have no words that anything could stand on, so a block with words goes first. */
const LIKENESS_OF_FIGURES = 0.01;
/** A changed run of words longer than this is replaced whole: letters in common would be chance. */
const MAX_LETTERS = 400;

/** Revises `body` to what `target`, of another document, says. One transaction; nothing when they agree. */
export function reviseBody(body: Y.XmlFragment, target: Y.XmlFragment): void {
  const revise = (): void => reviseChildren(body, childrenOf(target));
  if (body.doc === null) revise();
  else body.doc.transact(revise);
}

function childrenOf(parent: Y.XmlFragment): Child[] {
  return parent
    .toArray()
    .filter((child): child is Child => child instanceof Y.XmlElement || child instanceof Y.XmlText);
}

function reviseChildren(parent: Y.XmlFragment, target: readonly Child[]): void {
  const own = childrenOf(parent);
  const [before, after] = [own.map(signatureOf), target.map(signatureOf)];
  const hunks = diffArrays(before, after, { maxEditLength: MAX_DIFFERENCES }) ?? replacedWhole(before, after);
  let at = 0;
  let from = 0;
  let to = 0;
  let removed: Child[] = [];
  let added: Child[] = [];
  const settle = (): void => {
    at = replace(parent, at, pair(removed, added));
    [removed, added] = [[], []];
  };
  for (const { count, removed: isRemoved, added: isAdded } of hunks) {
    if (isRemoved) removed.push(...own.slice(from, from + count));
    else if (isAdded) added.push(...target.slice(to, to + count));
    else {
      settle();
      at += count;
    }
    if (!isAdded) from += count;
    if (!isRemoved) to += count;
  }
  settle();
}

/** What differs between the same beginning and the same end, as one hunk. */
function replacedWhole(before: readonly string[], after: readonly string[]): Hunk[] {
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[same] === after[same]) same += 1;
  let sameAtEnd = 0;
  while (sameAtEnd < most - same && before.at(-1 - sameAtEnd) === after.at(-1 - sameAtEnd)) sameAtEnd += 1;
  return [
    { count: same, removed: false, added: false },
    { count: before.length - same - sameAtEnd, removed: true, added: false },
    { count: after.length - same - sameAtEnd, removed: false, added: true },
    { count: sameAtEnd, removed: false, added: false },
  ];
}

interface Hunk {
  readonly count: number;
  readonly removed: boolean;
  readonly added: boolean;
}

/** Two children are the same when these are: kind, attributes and everything inside. */
function signatureOf(child: Child): string {
  if (child instanceof Y.XmlText) return JSON.stringify(child.toDelta());
  const attributes = Object.entries(child.getAttributes()).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([child.nodeName, attributes, childrenOf(child).map(signatureOf)]);
}

/** What becomes of one place: an own child, its counterpart, or both. */
interface Pair {
  readonly own: Child | null;
  readonly target: Child | null;
}

/** Carries out pairs from child `at` on; answers where the next child stands. */
function replace(parent: Y.XmlFragment, at: number, pairs: readonly Pair[]): number {
  let next = at;
  for (const { own, target } of pairs) {
    if (own === null && target !== null) parent.insert(next++, [target.clone()]);
    else if (own !== null && target === null) parent.delete(next, 1);
    else if (own !== null && target !== null) {
      reviseChild(own, target);
      next += 1;
    }
  }
  return next;
}

function reviseChild(own: Child, target: Child): void {
  if (own instanceof Y.XmlText && target instanceof Y.XmlText) return reviseText(own, target);
  if (!(own instanceof Y.XmlElement && target instanceof Y.XmlElement)) return;
  reviseAttributes(own, target);
  reviseChildren(own, childrenOf(target));
}

function reviseAttributes(own: Y.XmlElement, target: Y.XmlElement): void {
  const [before, after]: Record<string, unknown>[] = [own.getAttributes(), target.getAttributes()];
  for (const name of Object.keys(before ?? {})) if (!(name in (after ?? {}))) own.removeAttribute(name);
  for (const [name, value] of Object.entries(after ?? {})) {
    // Attributes are any JSON, though Yjs types them as strings.
    if (JSON.stringify(before?.[name]) !== JSON.stringify(value)) own.setAttribute(name, value as string);
  }
}

// Pairing

/** Pairs in order, so that the likenesses add up to the most. Removed ones come before added ones at one place. */
function pair(removed: readonly Child[], added: readonly Child[]): Pair[] {
  if (removed.length * added.length > MAX_PAIRINGS) return pairInOrder(removed, added);
  const [ownWords, targetWords] = [removed.map(wordsOf), added.map(wordsOf)];
  const likeness = removed.map((own, i) =>
    added.map((target, j) =>
      kindOf(own) === kindOf(target) ? likenessOf(own, target, ownWords[i] ?? [], targetWords[j] ?? []) : 0,
    ),
  );
  // best[i][j]: the most that removed from i on and added from j on can have in common.
  const best = Array.from({ length: removed.length }, () => new Float64Array(added.length + 1));
  const bestAt = (i: number, j: number): number => best[i]?.[j] ?? 0;
  for (const [i, row] of [...best.entries()].toReversed()) {
    for (let j = added.length - 1; j >= 0; j--) {
      const both = (likeness[i]?.[j] ?? 0) + bestAt(i + 1, j + 1);
      row[j] = Math.max(both, bestAt(i + 1, j), bestAt(i, j + 1));
    }
  }
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < removed.length || j < added.length) {
    const [own, target] = [removed[i] ?? null, added[j] ?? null];
    const alike = likeness[i]?.[j] ?? 0;
    if (alike > 0 && bestAt(i, j) === alike + bestAt(i + 1, j + 1)) {
      pairs.push({ own, target });
      [i, j] = [i + 1, j + 1];
    } else if (own !== null && bestAt(i, j) === bestAt(i + 1, j)) {
      pairs.push({ own, target: null });
      i += 1;
    } else {
      pairs.push({ own: null, target });
      j += 1;
    }
  }
  return pairs;
}

function pairInOrder(removed: readonly Child[], added: readonly Child[]): Pair[] {
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, i) => {
    const [own, target] = [removed[i] ?? null, added[i] ?? null];
    if (own === null || target === null || kindOf(own) === kindOf(target)) return [{ own, target }];
    return [
      { own, target: null },
      { own: null, target },
    ];
  }).flat();
}

const imageOf = (child: Child): unknown =>
  child instanceof Y.XmlElement ? child.getAttribute('image') : undefined;

const kindOf = (child: Child): string => (child instanceof Y.XmlText ? '' : child.nodeName);

/** Of two of one kind. 0: not the same block; else up to 1, the share of words that both have. */
function likenessOf(own: Child, target: Child, a: readonly string[], b: readonly string[]): number {
  if (kindOf(own) === 'figure') return imageOf(own) === imageOf(target) ? LIKENESS_OF_FIGURES : 0;
  if (a.length + b.length === 0) return 1;
  const left = new Map<string, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of b) {
    const count = left.get(word) ?? 0;
    if (count > 0) shared += 1;
    left.set(word, count - 1);
  }
  const share = (2 * shared) / (a.length + b.length);
  // A text's only child is its counterpart however little is left of it: its block was found alike already.
  return own instanceof Y.XmlText || share >= LEAST_LIKENESS ? Math.max(share, Number.MIN_VALUE) : 0;
}

function wordsOf(child: Child): string[] {
  return (
    plainTextOf(child)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function plainTextOf(child: Child): string {
  if (child instanceof Y.XmlElement) return childrenOf(child).map(plainTextOf).join(' ');
  return stringOf(child);
}

// Text

interface Run {
  readonly insert: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** The text's runs; what is embedded in it has no words and no editor of ours makes it. */
function runsOf(text: Y.XmlText): Run[] {
  const delta: { insert: unknown; attributes?: Record<string, unknown> }[] = text.toDelta();
  return delta.flatMap(({ insert, attributes = {} }) =>
    typeof insert === 'string' ? [{ insert, attributes }] : [],
  );
}

const stringOf = (text: Y.XmlText): string =>
  runsOf(text)
    .map(({ insert }) => insert)
    .join('');

function reviseText(own: Y.XmlText, target: Y.XmlText): void {
  let at = 0;
  for (const { kind, value } of editsBetween(stringOf(own), stringOf(target))) {
    if (kind === 'delete') own.delete(at, value.length);
    // Explicitly without marks: else it would take those of what stands before it.
    if (kind === 'insert') own.insert(at, value, {});
    if (kind !== 'delete') at += value.length;
  }
  reviseMarks(own, target);
}

interface Edit {
  readonly kind: 'keep' | 'delete' | 'insert';
  readonly value: string;
}

/** Word by word, and inside a changed run of words letter by letter. */
function editsBetween(before: string, after: string): Edit[] {
  const edits: Edit[] = [];
  let deleted: string | null = null;
  const flush = (inserted: string | null): void => {
    const isShort = (deleted?.length ?? 0) <= MAX_LETTERS && (inserted?.length ?? 0) <= MAX_LETTERS;
    if (deleted !== null && inserted !== null && isShort) {
      edits.push(...diffChars(deleted, inserted).map(toEdit));
    } else {
      if (deleted !== null) edits.push({ kind: 'delete', value: deleted });
      if (inserted !== null) edits.push({ kind: 'insert', value: inserted });
    }
    deleted = null;
  };
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MAX_DIFFERENCES });
  if (parts === undefined)
    return [
      { kind: 'delete', value: before },
      { kind: 'insert', value: after },
    ];
  for (const part of parts) {
    const edit = toEdit(part);
    if (edit.kind === 'insert') flush(edit.value);
    else {
      flush(null);
      if (edit.kind === 'delete') deleted = edit.value;
      else edits.push(edit);
    }
  }
  flush(null);
  return edits;
}

function toEdit({ added, removed, value }: { added: boolean; removed: boolean; value: string }): Edit {
  return { kind: added ? 'insert' : removed ? 'delete' : 'keep', value };
}

/** The same words on both sides: sets and takes away marks where they differ, and nowhere else. */
function reviseMarks(own: Y.XmlText, target: Y.XmlText): void {
  const [before, after] = [runsOf(own), runsOf(target)];
  let at = 0;
  for (const [length, was, shall] of overlaps(before, after)) {
    const change: Record<string, unknown> = {};
    for (const name of Object.keys(was)) if (!(name in shall)) change[name] = null;
    for (const [name, value] of Object.entries(shall))
      if (JSON.stringify(was[name]) !== JSON.stringify(value)) change[name] = value;
    if (Object.keys(change).length > 0) own.format(at, length, change);
    at += length;
  }
}

type Attributes = Readonly<Record<string, unknown>>;

/** Cuts two lists of runs over the same words at all their borders. */
function* overlaps(
  before: readonly Run[],
  after: readonly Run[],
): Generator<[number, Attributes, Attributes]> {
  let [i, j, usedBefore, usedAfter] = [0, 0, 0, 0];
  for (;;) {
    const [was, shall] = [before[i], after[j]];
    if (was === undefined || shall === undefined) return;
    const length = Math.min(was.insert.length - usedBefore, shall.insert.length - usedAfter);
    yield [length, was.attributes ?? {}, shall.attributes ?? {}];
    usedBefore += length;
    usedAfter += length;
    if (usedBefore === was.insert.length) [i, usedBefore] = [i + 1, 0];
    if (usedAfter === shall.insert.length) [j, usedAfter] = [j + 1, 0];
  }
}
