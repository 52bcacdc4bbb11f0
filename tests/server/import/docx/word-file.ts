/** Small Word files for tests: a body and, where a test needs them, other parts. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import type { ReadNote } from '#server/import/notes.ts';
import { readSourceHere, type ImportedText } from '#server/import/reader.ts';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MICROSOFT = 'http://schemas.microsoft.com/office';
export const NAMESPACES = [
  `xmlns:w="${W}" xmlns:r="${OFFICE}"`,
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  `xmlns:w14="${MICROSOFT}/word/2010/wordml" xmlns:w15="${MICROSOFT}/word/2012/wordml"`,
  `xmlns:wps="${MICROSOFT}/word/2010/wordprocessingShape"`,
  `xmlns:w16cid="${MICROSOFT}/word/2016/wordml/cid" xmlns:w16cex="${MICROSOFT}/word/2018/wordml/cex"`,
  'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"',
].join(' ');

export const MAIN_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

type Part = string | Uint8Array;

export interface WordParts {
  /** What stands in `w:body`. */
  readonly body?: string;
  /** What stands in each root: `styles`, `numbering`, `comments`, `footnotes`, … */
  readonly styles?: string;
  readonly numbering?: string;
  readonly comments?: string;
  readonly commentsExtended?: string;
  readonly commentsIds?: string;
  readonly commentsExtensible?: string;
  readonly footnotes?: string;
  readonly endnotes?: string;
  readonly header?: string;
  /** More relations of the main part: id to the last word of the type, the target, and whether it is outside. */
  readonly relations?: Readonly<Record<string, readonly [type: string, target: string, outside?: true]>>;
  readonly mainType?: string;
  /** Whole parts, beside or in place of those made here; null takes one away. */
  readonly parts?: Readonly<Record<string, Part | null>>;
}

const roots = {
  styles: ['w:styles', OFFICE],
  numbering: ['w:numbering', OFFICE],
  comments: ['w:comments', OFFICE],
  commentsExtended: ['w15:commentsEx', `${MICROSOFT}/2011/relationships`],
  commentsIds: ['w16cid:commentsIds', `${MICROSOFT}/2016/09/relationships`],
  commentsExtensible: ['w16cex:commentsExtensible', `${MICROSOFT}/2018/08/relationships`],
  footnotes: ['w:footnotes', OFFICE],
  endnotes: ['w:endnotes', OFFICE],
  header: ['w:hdr', OFFICE],
} as const;

/** The parts of a file by name, before packing. */
export function wordParts(given: WordParts): Record<string, Part> {
  const relations: string[] = [];
  const made: Record<string, Part> = {};
  for (const name of Object.keys(roots) as (keyof typeof roots)[]) {
    const content = given[name];
    if (content === undefined) continue;
    const [root, type] = roots[name];
    made[`word/${name}.xml`] = `<${root} ${NAMESPACES}>${content}</${root}>`;
    relations.push(relation(name, `${type}/${name}`, `${name}.xml`));
  }
  for (const [id, [type, target, isOutside]] of Object.entries(given.relations ?? {}))
    relations.push(relation(id, `${OFFICE}/${type}`, target, isOutside));
  const parts: Record<string, Part | null> = {
    '[Content_Types].xml': contentTypes({ 'word/document.xml': given.mainType ?? MAIN_TYPE }),
    '_rels/.rels': relationships([relation('m', `${OFFICE}/officeDocument`, 'word/document.xml')]),
    'word/_rels/document.xml.rels': relationships(relations),
    'word/document.xml': `<w:document ${NAMESPACES}><w:body>${given.body ?? ''}</w:body></w:document>`,
    ...made,
    ...given.parts,
  };
  return Object.fromEntries(
    Object.entries(parts).filter((entry): entry is [string, Part] => entry[1] !== null),
  );
}

export function wordFile(given: WordParts): Uint8Array {
  const packed: Zippable = {};
  for (const [name, part] of Object.entries(wordParts(given)))
    packed[name] = typeof part === 'string' ? strToU8(part) : part;
  return zipSync(packed);
}

export function contentTypes(overrides: Readonly<Record<string, string>>): string {
  const each = Object.entries(overrides).map(
    ([part, type]) => `<Override PartName="/${part}" ContentType="${type}"/>`,
  );
  return `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${each.join('')}</Types>`;
}

export function relationships(each: readonly string[]): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;
}

export function relation(id: string, type: string, target: string, isOutside?: true): string {
  return `<Relationship Id="${id}" Type="${type}" Target="${target}"${isOutside ? ' TargetMode="External"' : ''}/>`;
}

/** Reads here and now: which thread it would be read in is another matter. */
export function readFile(bytes: Uint8Array, title: string | null = null): Promise<ImportedText> {
  return readSourceHere({ bytes, name: 'a.docx', declared: 'file', title });
}

export function readWordFile(given: WordParts): Promise<ImportedText> {
  return readFile(wordFile(given));
}

export const p = (content: string, properties = ''): string =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;
export const styled = (style: string, content: string): string => p(content, `<w:pStyle w:val="${style}"/>`);
export const r = (words: string, properties = ''): string =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${words}</w:t></w:r>`;
export const by = (author: string, at = '2026-01-02T10:00:00Z', id = 1): string =>
  `w:id="${id}" w:author="${author}" w:date="${at}"`;
export const ins = (author: string, content: string): string => `<w:ins ${by(author)}>${content}</w:ins>`;
export const del = (author: string, words: string): string =>
  `<w:del ${by(author)}><w:r><w:delText xml:space="preserve">${words}</w:delText></w:r></w:del>`;
export const from = (id: number): string => `<w:commentRangeStart w:id="${id}"/>`;
export const to = (id: number): string =>
  `<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`;
export const comment = (id: number, words: string, attributes = 'w:author="Cleo"'): string =>
  `<w:comment w:id="${id}" ${attributes}><w:p w14:paraId="0000000${id}"><w:r><w:t>${words}</w:t></w:r></w:p></w:comment>`;

/** A note as one line: its words, what it proposes, and who said what. */
export function say(imported: ImportedText, note: ReadNote): string {
  const words = `“${imported.text.slice(note.start, note.end)}”`;
  const proposal = note.suggestion === null ? '' : ` ${note.suggestion.kind} “${note.suggestion.text}”`;
  const talk = note.comments.map(
    ({ author, body, parent }) => `${author ?? '?'}: ${body}${parent === null ? '' : ` (to ${parent})`}`,
  );
  return `${words}${proposal}${note.isResolved ? ' resolved' : ''} | ${talk.join(' | ')}`;
}
