/**
 * What a style makes of a paragraph and of words. Styles are found by id and understood by name and outline level:
 * ids are translated with the program's language, names of built-in styles mostly are not, and custom styles
 * inherit. Toggle properties (bold, italic, strike, hidden) follow ECMA-376 17.7.3: each kind of style says yes or
 * no through its chain, and two kinds that say yes cancel out; what stands at the words themselves decides.
 */
import { MAX_STYLE_CHAIN } from './limits.ts';
import { childOf, childrenOf, switchOf, valueOf, type XmlElement } from './xml.ts';

export const toggles = ['w:b', 'w:i', 'w:strike', 'w:dstrike', 'w:vanish'] as const;
export type Toggle = (typeof toggles)[number];

/** `title` is the document's own title, `quote` a paragraph that is a quotation. */
export type ParagraphRole = { readonly heading: number } | 'title' | 'quote' | 'body' | OwnRole;
/** What styles of a file mean that is ours: a block of code, a rule across the column, words of a figure. */
type OwnRole = 'code' | 'rule' | 'figure';

export interface NumberingRef {
  /** '0' takes a list away. */
  readonly numId: string | null;
  readonly level: number | null;
}

export interface ResolvedStyle {
  readonly role: ParagraphRole;
  readonly numbering: NumberingRef | null;
  readonly toggles: ReadonlyMap<Toggle, boolean>;
  readonly underline: boolean | null;
}

interface Style {
  readonly id: string;
  readonly name: string;
  readonly basedOn: string | null;
  readonly element: XmlElement;
}

const NO_STYLE: ResolvedStyle = { role: 'body', numbering: null, toggles: new Map(), underline: null };
/** Heading and title as programs of other languages call them; most keep the English names inside. */
const HEADING =
  /^(?:heading|überschrift|berschrift|titre|título|titulo|titolo|encabezado|kop|rubrik|overskrift|otsikko|nagłówek|nagwek|nadpis|címsor|cmsor|başlık|заголовок|επικεφαλίδα|标题|標題|見出し|제목|כותרת|عنوان)\s*_?([1-9])$/iu;
const TITLE = /^(?:title|titel|titre|título|titulo|titolo|tytuł|название|标题|標題|表題|제목)$/iu;
const QUOTE = /^(?:intense\s*)?(?:quote|quotations?|block\s*text|zitat)$/iu;
/** See server/export/docx/styles.ts. */
const ownRoles: ReadonlyMap<string, OwnRole> = new Map([
  ['Code', 'code'],
  ['Code Characters', 'code'],
  ['Horizontal Rule', 'rule'],
  ['Figure Words', 'figure'],
]);
/** Word has nine levels of headings, the report six. */
const MAX_HEADING = 6;

export class Styles {
  private readonly styles = new Map<string, Style>();
  private readonly resolved = new Map<string, ResolvedStyle>();
  private defaultParagraph: string | null = null;
  /** BCP 47, as the document's defaults say; null when they don't. */
  readonly language: string | null = null;

  /** `root` is `w:styles`; null when the file has none. `isOwn`: the file went out from here. */
  constructor(
    root: XmlElement | null,
    readonly isOwn = false,
  ) {
    if (root === null) return;
    for (const element of childrenOf(root, 'w:style')) {
      const id = element.attributes['w:styleId'] ?? '';
      this.styles.set(id, {
        id,
        name: valueOf(element, 'w:name') ?? id,
        basedOn: valueOf(element, 'w:basedOn'),
        element,
      });
      const { 'w:default': isDefault, 'w:type': type } = element.attributes;
      if (type === 'paragraph' && (isDefault === '1' || isDefault === 'true')) this.defaultParagraph = id;
    }
    const defaults = childOf(childOf(childOf(root, 'w:docDefaults'), 'w:rPrDefault'), 'w:rPr');
    this.language = childOf(defaults, 'w:lang')?.attributes['w:val'] ?? null;
  }

  /** Of a paragraph; without an id, the default style. */
  paragraph(id: string | null): ResolvedStyle {
    const named = id ?? this.defaultParagraph;
    return named === null ? NO_STYLE : this.resolve(named);
  }

  /** Of words. */
  character(id: string | null): ResolvedStyle {
    return id === null ? NO_STYLE : this.resolve(id);
  }

  private resolve(id: string): ResolvedStyle {
    const known = this.resolved.get(id);
    if (known !== undefined) return known;
    const chain = this.chainOf(id);
    const made: ResolvedStyle = {
      role: (this.isOwn ? ownRoles.get(chain[0]?.name ?? id) : undefined) ?? this.roleOf(id, chain),
      numbering: numberingOfChain(chain),
      toggles: togglesOf(chain),
      underline: firstSaid(chain, (style) => underlineOf(childOf(style.element, 'w:rPr'))),
    };
    this.resolved.set(id, made);
    return made;
  }

  private roleOf(id: string, chain: readonly Style[]): ParagraphRole {
    return chain.length === 0 ? (roleByName(id) ?? 'body') : roleOf(chain);
  }

  /** The style and what it is based on, nearest first; a circle ends it. */
  private chainOf(id: string): Style[] {
    const chain: Style[] = [];
    for (let next: string | null = id; next !== null && chain.length < MAX_STYLE_CHAIN;) {
      const style = this.styles.get(next);
      if (style === undefined || chain.includes(style)) break;
      chain.push(style);
      next = style.basedOn;
    }
    return chain;
  }
}

/** The level of an outline level (0 to 8) as a heading; null for body text (9) and nonsense. */
export function headingOf(outlineLevel: string | null): number | null {
  if (outlineLevel === null || !/^[0-8]$/.test(outlineLevel)) return null;
  return Math.min(Number(outlineLevel) + 1, MAX_HEADING);
}

/** Whether `w:rPr` underlines; null when it does not say. */
export function underlineOf(properties: XmlElement | null): boolean | null {
  const found = childOf(properties, 'w:u');
  return found === null ? null : (found.attributes['w:val'] ?? 'single') !== 'none';
}

/** `w:numPr` of `w:pPr`; null when it has none. */
export function numberingOf(properties: XmlElement | null): NumberingRef | null {
  const found = childOf(properties, 'w:numPr');
  if (found === null) return null;
  const level = valueOf(found, 'w:ilvl');
  return {
    numId: valueOf(found, 'w:numId'),
    level: level !== null && /^\d{1,2}$/.test(level) ? Number(level) : null,
  };
}

/** The name decides before the outline level: a style called "Title" may well have one. */
function roleOf(chain: readonly Style[]): ParagraphRole {
  for (const style of chain) {
    const byName = roleByName(style.name) ?? roleByName(style.id);
    if (byName !== null) return byName;
    const outline = valueOf(childOf(style.element, 'w:pPr'), 'w:outlineLvl');
    const heading = headingOf(outline);
    if (heading !== null) return { heading };
    if (outline !== null) return 'body';
  }
  return 'body';
}

function roleByName(name: string): ParagraphRole | null {
  const level = HEADING.exec(name)?.[1];
  if (level !== undefined) return { heading: Math.min(Number(level), MAX_HEADING) };
  if (TITLE.test(name)) return 'title';
  return QUOTE.test(name) ? 'quote' : null;
}

function numberingOfChain(chain: readonly Style[]): NumberingRef | null {
  const numId = firstSaid(chain, (style) => numberingOf(childOf(style.element, 'w:pPr'))?.numId ?? null);
  const level = firstSaid(chain, (style) => numberingOf(childOf(style.element, 'w:pPr'))?.level ?? null);
  return numId === null ? null : { numId, level };
}

function togglesOf(chain: readonly Style[]): ReadonlyMap<Toggle, boolean> {
  const said = new Map<Toggle, boolean>();
  for (const toggle of toggles) {
    const value = firstSaid(chain, (style) => switchOf(childOf(style.element, 'w:rPr'), toggle));
    if (value !== null) said.set(toggle, value);
  }
  return said;
}

function firstSaid<T>(chain: readonly Style[], say: (style: Style) => T | null): T | null {
  for (const style of chain) {
    const value = say(style);
    if (value !== null) return value;
  }
  return null;
}
