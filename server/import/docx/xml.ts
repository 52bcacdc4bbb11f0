/**
 * Reads a part of XML as a stream of small trees: each element that the caller wants is built whole, given and
 * forgotten, so a long text costs no more than its largest table. No DTD is taken, so there are no entities but
 * XML's own five; depth, attributes and elements have caps, over the whole file together.
 */
import { SaxesParser, type SaxesAttributePlain, type SaxesTagPlain } from 'saxes';
import { AppError } from '#core/errors.ts';
import { MAX_ATTRIBUTES, MAX_ELEMENTS, MAX_HELD_ELEMENTS, MAX_XML_DEPTH } from './limits.ts';
import { NamespaceScope } from './namespaces.ts';
import { damaged, tooIntricate } from './refusals.ts';

/** Bytes decoded at once, so that a long part is not held a second time as a string. */
const CHUNK = 64 * 1024;

/** An attribute added to what has `Requires`: "1" when all namespaces that it names are known here. */
export const IS_KNOWN = ' known';

export interface XmlElement {
  /** With the short prefix of namespaces.ts: `w:p`. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}

export type XmlNode = XmlElement | string;

/** Half of the elements of a usual file say only how words look, have nothing inside, and are read by nobody. */
const looks: ReadonlySet<string> = new Set(
  'rFonts sz szCs color kern spacing ind jc bCs iCs highlight shd position proofErr lastRenderedPageBreak noProof widowControl keepNext keepLines contextualSpacing tcW'
    .split(' ')
    .map((name) => `w:${name}`),
);

/** Elements read so far from all parts of one file. */
export interface XmlBudget {
  elements: number;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
}

/** Whether an element at this place is wanted as a tree; inside one that is, nothing is asked. */
export type Wanted = (name: string, depth: number) => boolean;

/** Gives each wanted element in order. Throws `unsupported_kind` when it is no sound XML, `too_large` past a cap. */
export function readXml(
  bytes: Uint8Array,
  part: string,
  budget: XmlBudget,
  wanted: Wanted,
  take: (element: XmlElement) => void,
): void {
  const reading = new Reading(part, budget, wanted, take);
  try {
    const decoder = decoderFor(bytes);
    for (let at = 0; at < bytes.length; at += CHUNK)
      reading.write(decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true }));
    reading.write(decoder.decode());
    reading.end();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw damaged(`its part “${part.slice(0, 80)}” is no sound XML`);
  }
}

/** The whole part as one tree. */
export function readXmlTree(bytes: Uint8Array, part: string, budget: XmlBudget): XmlElement {
  let root: XmlElement | null = null;
  readXml(
    bytes,
    part,
    budget,
    () => true,
    (element) => (root ??= element),
  );
  if (root === null) throw damaged(`its part “${part.slice(0, 80)}” is empty`);
  return root;
}

/** Stands for an element that is passed over with all that is in it. */
const LOOK: Open = { name: '', attributes: {}, children: [] };

class Reading {
  private readonly parser = new SaxesParser({ xmlns: false, position: false });
  private readonly open: (Open | null)[] = [];
  private readonly scopes: NamespaceScope[] = [NamespaceScope.root];
  private attributes = 0;
  private declared: Map<string, string> | null = null;
  private held = 0;

  constructor(
    private readonly part: string,
    private readonly budget: XmlBudget,
    private readonly wanted: Wanted,
    private readonly take: (element: XmlElement) => void,
  ) {
    this.parser.on('doctype', () => {
      throw damaged(`its part “${this.part.slice(0, 80)}” has a document type, which no Word file has`);
    });
    this.parser.on('opentagstart', () => {
      this.attributes = 0;
      this.declared = null;
    });
    this.parser.on('attribute', (attribute) => this.onAttribute(attribute));
    this.parser.on('opentag', (tag) => this.onOpen(tag));
    this.parser.on('closetag', () => this.onClose());
    this.parser.on('text', (text) => this.onText(text));
    this.parser.on('cdata', (text) => this.onText(text));
  }

  write(text: string): void {
    if (text !== '') this.parser.write(text);
  }

  end(): void {
    this.parser.close();
  }

  private onAttribute({ name, value }: SaxesAttributePlain): void {
    this.attributes += 1;
    if (this.attributes > MAX_ATTRIBUTES)
      throw tooIntricate(`an element of it has more than ${MAX_ATTRIBUTES} attributes`);
    if (name === 'xmlns' || name.startsWith('xmlns:')) (this.declared ??= new Map()).set(name, value);
  }

  private onOpen(tag: SaxesTagPlain): void {
    this.budget.elements += 1;
    if (this.budget.elements > MAX_ELEMENTS)
      throw tooIntricate(`it has more than ${MAX_ELEMENTS.toLocaleString('en')} elements`);
    if (this.open.length >= MAX_XML_DEPTH)
      throw tooIntricate(`its elements stand more than ${MAX_XML_DEPTH} deep in one another`);
    const outer = this.scopes.at(-1) ?? NamespaceScope.root;
    const scope = this.declared === null ? outer : outer.with(this.declared);
    this.scopes.push(scope);
    const name = scope.element(tag.name);
    const around = this.open.at(-1) ?? null;
    if (around === null && !this.wanted(name, this.open.length)) {
      this.open.push(null);
      return;
    }
    if (around === LOOK || (around !== null && looks.has(name))) {
      this.open.push(LOOK);
      return;
    }
    this.held += 1;
    if (this.held > MAX_HELD_ELEMENTS)
      throw tooIntricate(`a block of it has more than ${MAX_HELD_ELEMENTS.toLocaleString('en')} elements`);
    this.open.push({ name, attributes: attributesOf(tag, scope), children: [] });
  }

  private onClose(): void {
    this.scopes.pop();
    const element = this.open.pop() ?? null;
    if (element === null || element === LOOK) return;
    const parent = this.open.at(-1) ?? null;
    if (parent !== null) parent.children.push(element);
    else {
      this.held = 0;
      this.take(element);
    }
  }

  private onText(text: string): void {
    const inside = this.open.at(-1) ?? null;
    if (inside !== null && inside !== LOOK) inside.children.push(text);
  }
}

function attributesOf(tag: SaxesTagPlain, scope: NamespaceScope): Readonly<Record<string, string>> {
  const { attributes } = tag;
  // Its prefixes mean something only here.
  const requires = attributes['Requires'];
  if (scope.isUsual && requires === undefined) return attributes;
  const known: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const name in attributes) known[scope.attribute(name)] = attributes[name] ?? '';
  if (requires !== undefined)
    known[IS_KNOWN] = requires.split(/\s+/).every((each) => scope.knows(each)) ? '1' : '';
  return known;
}

/** UTF-8 or UTF-16 by their first bytes, as the standard wants; else what the declaration says. */
function decoderFor(bytes: Uint8Array): TextDecoder {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0))
    return new TextDecoder('utf-16le', { fatal: true });
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c))
    return new TextDecoder('utf-16be', { fatal: true });
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const declared = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
  return new TextDecoder(declared === undefined || /^utf-?16/i.test(declared) ? 'utf-8' : declared, {
    fatal: true,
  });
}

/** The children that are elements of this name. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && child.name === name,
  );
}

/** The first child of this name. */
export function childOf(element: XmlElement | null, name: string): XmlElement | null {
  if (element === null) return null;
  for (const child of element.children) if (typeof child !== 'string' && child.name === name) return child;
  return null;
}

/** The elements directly inside. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child !== 'string');
}

/** The first element of this name at any depth, in the order of the text. */
export function firstInside(element: XmlElement, name: string): XmlElement | null {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    if (child.name === name) return child;
    const inside = firstInside(child, name);
    if (inside !== null) return inside;
  }
  return null;
}

/** The characters directly inside. */
export function charactersOf(element: XmlElement): string {
  return element.children.filter((child): child is string => typeof child === 'string').join('');
}

/** `w:val` of a child; null when there is no such child or it has none. */
export function valueOf(element: XmlElement | null, child: string): string | null {
  return childOf(element, child)?.attributes['w:val'] ?? null;
}

/** An on/off property (`w:b`): null when it is not said. */
export function switchOf(element: XmlElement | null, name: string): boolean | null {
  const found = childOf(element, name);
  if (found === null) return null;
  return !/^(0|false|off|none)$/i.test(found.attributes['w:val'] ?? '1');
}
