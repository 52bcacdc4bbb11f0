/**
 * Lists. Word has none: it has paragraphs with a level of a numbering, and counters that run on through the whole
 * document. `Numbering` says of each paragraph what it is and which number it has; `BlockFlow` makes lists of
 * them, as deep as their levels differ, and continues a list after other text at the number where it stopped.
 */
import type { DocBuilder } from '../doc-builder.ts';
import { MAX_LIST_LEVEL } from './limits.ts';
import type { NumberingRef } from './styles.ts';
import { childOf, childrenOf, valueOf, type XmlElement } from './xml.ts';

export interface ListPlace {
  /** Lists of one key are one list. */
  readonly key: string;
  readonly level: number;
  readonly isOrdered: boolean;
  /** Of an ordered item, counted as Word does. */
  readonly number: number;
}

interface Level {
  readonly isOrdered: boolean;
  readonly start: number;
  /** The level (counted from 1) whose items make this one begin again; 0: never. */
  readonly restart: number | null;
}

interface Instance {
  readonly abstractId: string;
  /** By level: begin at this number when the instance is first used. */
  readonly starts: ReadonlyMap<number, number>;
  readonly levels: ReadonlyMap<number, Level>;
}

const MAX_NUMBER = 1_000_000_000;

export class Numbering {
  private readonly instances = new Map<string, Instance>();
  private readonly counters = new Map<string, (number | undefined)[]>();
  private readonly started = new Set<string>();

  /** `root` is `w:numbering`; null when the file has none. */
  constructor(root: XmlElement | null) {
    if (root === null) return;
    const abstracts = new Map<string, XmlElement>();
    const byStyle = new Map<string, XmlElement>();
    for (const each of childrenOf(root, 'w:abstractNum')) {
      abstracts.set(each.attributes['w:abstractNumId'] ?? '', each);
      const style = valueOf(each, 'w:styleLink');
      if (style !== null) byStyle.set(style, each);
    }
    for (const each of childrenOf(root, 'w:num')) {
      const abstractId = valueOf(each, 'w:abstractNumId') ?? '';
      const named = abstracts.get(abstractId) ?? null;
      // A numbering may only point to a list style, whose own numbering has the levels.
      const linked = valueOf(named, 'w:numStyleLink');
      const abstract = linked === null ? named : (byStyle.get(linked) ?? named);
      this.instances.set(each.attributes['w:numId'] ?? '', instanceOf(each, abstract, abstractId));
    }
  }

  /** Counts the paragraph; null when it is in no list. Call it once for each, in the order of the text. */
  place(ref: NumberingRef | null): ListPlace | null {
    if (ref === null || ref.numId === null || ref.numId === '0') return null;
    const instance = this.instances.get(ref.numId);
    if (instance === undefined) return null;
    const at = Math.min(ref.level ?? 0, MAX_LIST_LEVEL);
    const level = instance.levels.get(at) ?? { isOrdered: true, start: 1, restart: null };
    const number = this.count(ref.numId, instance, at, level);
    return { key: instance.abstractId, level: at, isOrdered: level.isOrdered, number };
  }

  private count(numId: string, instance: Instance, at: number, level: Level): number {
    const counters = this.counters.get(instance.abstractId) ?? [];
    this.counters.set(instance.abstractId, counters);
    const first = `${numId} ${at}`;
    const override = this.started.has(first) ? undefined : instance.starts.get(at);
    this.started.add(first);
    const before = counters[at];
    const number = override ?? (before === undefined ? level.start : before + 1);
    counters[at] = number;
    for (let deeper = at + 1; deeper <= MAX_LIST_LEVEL; deeper++) {
      const restart = instance.levels.get(deeper)?.restart ?? null;
      if (restart === null || (restart > 0 && at < restart)) counters[deeper] = undefined;
    }
    return Math.min(number, MAX_NUMBER);
  }
}

function instanceOf(num: XmlElement, abstract: XmlElement | null, abstractId: string): Instance {
  const levels = new Map<number, Level>();
  const starts = new Map<number, number>();
  for (const each of abstract === null ? [] : childrenOf(abstract, 'w:lvl')) addLevel(levels, each);
  for (const each of childrenOf(num, 'w:lvlOverride')) {
    const at = levelNumber(each);
    const start = whole(valueOf(each, 'w:startOverride'));
    if (at !== null && start !== null) starts.set(at, start);
    const own = childOf(each, 'w:lvl');
    if (own !== null) addLevel(levels, own);
  }
  return { abstractId, starts, levels };
}

function addLevel(levels: Map<number, Level>, element: XmlElement): void {
  const at = levelNumber(element);
  if (at === null) return;
  const format = valueOf(element, 'w:numFmt') ?? 'decimal';
  levels.set(at, {
    isOrdered: format !== 'bullet' && format !== 'none',
    start: whole(valueOf(element, 'w:start')) ?? 1,
    restart: whole(valueOf(element, 'w:lvlRestart')),
  });
}

function levelNumber(element: XmlElement): number | null {
  const at = whole(element.attributes['w:ilvl'] ?? null);
  return at === null || at > MAX_LIST_LEVEL ? null : at;
}

function whole(value: string | null): number | null {
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

/** The lists and the quotation that are open at one place of the document: the body, or a cell, or a text box. */
export class BlockFlow {
  private readonly open: ListPlace[] = [];
  private isInQuote = false;

  constructor(private readonly builder: DocBuilder) {}

  /** Ends and begins lists so that the next block belongs to `list` (null: to none), or to a quotation. */
  move(list: ListPlace | null, isQuote: boolean): void {
    const stays = list === null && isQuote;
    if (this.isInQuote && !stays) {
      this.builder.close();
      this.isInQuote = false;
    }
    if (list !== null) return this.moveInList(list);
    this.leave(0);
    if (isQuote && !this.isInQuote) {
      this.builder.open('blockquote');
      this.isInQuote = true;
    }
  }

  private moveInList(place: ListPlace): void {
    let keep = this.open.length;
    while (keep > 0 && (this.open[keep - 1]?.level ?? 0) > place.level) keep -= 1;
    const top = this.open[keep - 1];
    const isSameLevel = top?.level === place.level;
    if (isSameLevel && top.key === place.key && top.isOrdered === place.isOrdered) {
      this.leave(keep);
      this.builder.close();
      this.builder.open('list_item');
      return;
    }
    this.leave(isSameLevel ? keep - 1 : keep);
    this.builder.open(
      place.isOrdered ? 'ordered_list' : 'bullet_list',
      place.isOrdered ? { order: place.number } : undefined,
    );
    this.builder.open('list_item');
    this.open.push(place);
  }

  private leave(depth: number): void {
    while (this.open.length > depth) {
      this.open.pop();
      this.builder.close();
      this.builder.close();
    }
  }
}
