/** The parts of a Word or Excel file, and small ways to look into their XML. */
import { SaxesParser } from 'saxes';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

export function partsOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(unzipSync(bytes)).map(([name, content]) => [
      name,
      /\.(xml|rels)$/.test(name) ? strFromU8(content) : strFromU8(content, true),
    ]),
  );
}

export function part(bytes: Uint8Array, name: string): string {
  const found = partsOf(bytes).get(name);
  if (found === undefined) throw new Error(`no part ${name}`);
  return found;
}

/** The file with its XML parts as `write` makes them; null leaves a part out. */
export function rewrittenParts(
  bytes: Uint8Array,
  write: (name: string, xml: string) => string | null,
): Uint8Array {
  const parts = Object.entries(unzipSync(bytes)).flatMap(([name, content]): [string, Uint8Array][] => {
    if (!/\.(xml|rels)$/.test(name)) return [[name, content]];
    const written = write(name, strFromU8(content));
    return written === null ? [] : [[name, strToU8(written)]];
  });
  return zipSync(Object.fromEntries(parts));
}

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (XmlElement | string)[];
}

/** Throws where the XML is not well-formed. */
export function parsed(xml: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = { name, attributes, children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => void open.at(-1)?.children.push(text));
  parser.write(xml).close();
  return root;
}

export function all(element: XmlElement, name?: string): XmlElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    return [...(name === undefined || child.name === name ? [child] : []), ...all(child, name)];
  });
}

export function first(element: XmlElement, name: string): XmlElement {
  const [found] = all(element, name);
  if (found === undefined) throw new Error(`no ${name} in ${element.name}`);
  return found;
}

/** What a reader sees of an element of Word: words, line breaks and tabs. */
export function wordsIn(element: XmlElement): string {
  if (element.name === 'w:br') return '\n';
  if (element.name === 'w:tab') return '\t';
  return element.children
    .map((child) => (typeof child === 'string' ? (element.name === 'w:t' ? child : '') : wordsIn(child)))
    .join('');
}
