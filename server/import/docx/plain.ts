/**
 * The words of an element without structure, a line for each paragraph: of comments, and of what is left out of the
 * text but named. Tracked changes count as made (`after`) or not (`before`).
 */
import { chosenBranch } from './choice.ts';
import { Fields } from './fields.ts';
import { mathText } from './math.ts';
import { symbolOf } from './symbols.ts';
import { charactersOf, childOf, type XmlElement } from './xml.ts';

export type View = 'before' | 'after';

/** `addressOf` gives the address of a `w:hyperlink`; it is added in brackets unless the words say it. */
export function plainText(
  element: XmlElement,
  view: View,
  addressOf: (link: XmlElement) => string | null = () => null,
): string {
  const reader = new PlainReader(view, addressOf);
  reader.visit(element);
  return reader.lines
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

const skipped: Readonly<Record<View, ReadonlySet<string>>> = {
  before: new Set(['w:ins', 'w:moveTo']),
  after: new Set(['w:del', 'w:moveFrom']),
};
const silent: ReadonlySet<string> = new Set([
  'w:pPr',
  'w:rPr',
  'w:tblPr',
  'w:trPr',
  'w:tcPr',
  'w:sdtPr',
  'w:instrText',
  'w:delInstrText',
]);

class PlainReader {
  readonly lines: string[] = [''];
  private readonly fields = new Fields();
  /** For each open field, the line and place where it began. */
  private readonly begun: { readonly line: number; readonly at: number }[] = [];

  constructor(
    private readonly view: View,
    private readonly addressOf: (link: XmlElement) => string | null,
  ) {}

  visit(element: XmlElement): void {
    if (silent.has(element.name)) {
      if (element.name === 'w:instrText') this.fields.addCode(charactersOf(element));
      return;
    }
    if (skipped[this.view].has(element.name)) return;
    const words = wordsOfLeaf(element);
    if (words !== null) return this.add(words);
    if (element.name === 'w:p' && this.lines.at(-1) !== '') this.lines.push('');
    if (element.name === 'w:fldChar') this.field(element.attributes['w:fldCharType']);
    const begin = this.here();
    const inside = element.name === 'mc:AlternateContent' ? chosenBranch(element) : element;
    for (const child of inside?.children ?? []) if (typeof child !== 'string') this.visit(child);
    if (element.name === 'w:hyperlink') this.addAddress(this.addressOf(element), begin);
    if (element.name === 'w:p') this.fields.endParagraph();
  }

  private here(): { readonly line: number; readonly at: number } {
    return { line: this.lines.length - 1, at: this.lines.at(-1)?.length ?? 0 };
  }

  private add(words: string): void {
    if (this.fields.isInCode) return;
    const parts = words.split('\n');
    this.lines[this.lines.length - 1] += parts[0] ?? '';
    this.lines.push(...parts.slice(1));
  }

  private field(type: string | undefined): void {
    if (type === 'begin') {
      this.fields.begin();
      this.begun.push(this.here());
    } else if (type === 'separate') this.fields.separate();
    else if (type === 'end') {
      const { href } = this.fields;
      this.fields.end();
      const begin = this.begun.pop();
      if (begin !== undefined && href !== this.fields.href) this.addAddress(href, begin);
    }
  }

  private addAddress(address: string | null, begin: { readonly line: number; readonly at: number }): void {
    if (address === null || address.startsWith('#')) return;
    const said = [this.lines[begin.line]?.slice(begin.at) ?? '', ...this.lines.slice(begin.line + 1)].join(
      '',
    );
    const bare = address.replace(/^(?:mailto:|https?:\/\/)/i, '').replace(/\/$/, '');
    if (!said.includes(bare)) this.add(said.trim() === '' ? address : ` (${address})`);
  }
}

/** What an element without structure says; null when it is none. */
function wordsOfLeaf(element: XmlElement): string | null {
  switch (element.name) {
    case 'w:t':
      return textOf(element);
    case 'w:delText':
      return textOf(element);
    case 'w:tab':
    case 'w:ptab':
      return '\t';
    case 'w:br':
    case 'w:cr':
      return '\n';
    case 'w:noBreakHyphen':
      return '\u2011';
    case 'w:softHyphen':
      return '\u00ad';
    case 'w:sym':
      return symbolOf(element.attributes['w:font'] ?? '', element.attributes['w:char'] ?? '') ?? '\ufffd';
    case 'm:oMath':
      return mathText(element);
    case 'w:ruby':
      return rubyText(element, 'after');
    default:
      return null;
  }
}

/** The base, then its reading in brackets. */
export function rubyText(ruby: XmlElement, view: View): string {
  const say = (name: string): string => {
    const part = childOf(ruby, name);
    return part === null ? '' : plainText(part, view);
  };
  const reading = say('w:rt');
  return `${say('w:rubyBase')}${reading === '' ? '' : `(${reading})`}`;
}

/** The words of `w:t`. Line ends at its edges come from a program that indents its XML, unless it says otherwise. */
export function textOf(element: XmlElement): string {
  const words = charactersOf(element);
  if (element.attributes['xml:space'] === 'preserve' || !words.includes('\n')) return words;
  const first = words.length - words.trimStart().length;
  const last = words.trimEnd().length;
  const keepStart = words.slice(0, first).includes('\n') ? first : 0;
  return words.slice(keepStart, words.slice(last).includes('\n') ? Math.max(last, keepStart) : undefined);
}
