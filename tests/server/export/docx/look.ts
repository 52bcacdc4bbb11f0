/** Ways to look into a Word file that tests share. */
import { buildProjection, type ExportProjection } from '#core/export/projection.ts';
import type { DocMark, DocNode } from '#core/text/doc-json.ts';
import { formatDocx } from '#server/export/docx/docx.ts';
import { input } from '#tests/core/export/rich-report.ts';
import { all, first, part, parsed, wordsIn, type XmlElement } from '#tests/support/office-parts.ts';

export const withDoc = (doc: DocNode): ExportProjection =>
  buildProjection({ ...structuredClone(input), doc, claims: [], threads: [], verdicts: [] });
export const blocks = (...content: DocNode[]): DocNode => ({ type: 'doc', content });
export const p = (text: string, ...marks: DocMark[]): DocNode => ({
  type: 'paragraph',
  content: text === '' ? [] : [{ type: 'text', text, marks }],
});
export const bodyIn = (bytes: Uint8Array): XmlElement =>
  first(parsed(part(bytes, 'word/document.xml')), 'w:body');
export const commentsIn = (bytes: Uint8Array): XmlElement[] =>
  all(parsed(part(bytes, 'word/comments.xml')), 'w:comment');
export const bodyOf = (doc: DocNode): XmlElement => bodyIn(formatDocx(withDoc(doc)));
/** The paragraphs of the text alone: without title and line below it. */
export const paragraphsOf = (doc: DocNode): XmlElement[] => all(bodyOf(doc), 'w:p').slice(2);
export const styleOf = (paragraph: XmlElement): string | undefined =>
  all(paragraph, 'w:pStyle')[0]?.attributes['w:val'];

/** The words that each comment stands on, paragraphs joined by line feeds. */
export function rangesIn(root: XmlElement): Map<number, string> {
  const open = new Map<number, string>();
  const closed = new Map<number, string>();
  const visit = (element: XmlElement): void => {
    const number = Number(element.attributes['w:id']);
    if (element.name === 'w:commentRangeStart') open.set(number, '');
    if (element.name === 'w:commentRangeEnd') closed.set(number, open.get(number) ?? 'ends before it starts');
    if (element.name === 'w:commentRangeEnd') open.delete(number);
    const words = ['w:t', 'w:br', 'w:tab'].includes(element.name) ? wordsIn(element) : '';
    for (const [key, before] of open) open.set(key, before + words);
    for (const child of element.children) if (typeof child !== 'string') visit(child);
    if (element.name === 'w:p') for (const [key, before] of open) open.set(key, `${before}\n`);
  };
  visit(root);
  return closed;
}

export const wordsOfComment = (element: XmlElement): string => all(element, 'w:p').map(wordsIn).join('\n');
