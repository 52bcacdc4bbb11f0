/**
 * The parts that make remarks Word's comments: their words; who answers whom and what is resolved; their lasting
 * ids; their times in UTC (Word takes the time in the first part for local); the people; and a part of ours that
 * tells which comment is which of our records, by the key that Word keeps when the file comes back with answers.
 */
import { officeRelations, Relations, type OfficePackage } from '../office/package.ts';
import { moment } from '../office/properties.ts';
import { cutAt, escapeXml, fitForXml, xmlHead } from '../office/xml.ts';
import { contentTypes, relationTypes, w15, w16cex, w16cid, withParagraphIds } from './namespaces.ts';
import type { Remark } from './remarks.ts';
import { runsRightToLeft } from './script.ts';
import { settingOf, wordRuns } from './words.ts';

/** Word's own limits for names and initials. */
const MAX_AUTHOR_LENGTH = 200;

export function addComments(
  office: OfficePackage,
  document: Relations,
  remarks: readonly Remark[],
  reportId: string,
): void {
  if (remarks.length === 0) return;
  const add = (part: keyof typeof contentTypes & keyof typeof relationTypes, xml: string): void => {
    document.to(relationTypes[part], `${part}.xml`);
    office.addPart(`word/${part}.xml`, contentTypes[part], xmlHead + xml);
  };
  const each = (write: (remark: Remark) => string): string => remarks.map(write).join('');
  add('comments', `<w:comments ${withParagraphIds}>${each(commentXml)}</w:comments>`);
  add('commentsExtended', `<w15:commentsEx ${w15}>${each(threadXml)}</w15:commentsEx>`);
  add(
    'commentsIds',
    `<w16cid:commentsIds ${w16cid}>${each(({ key }) => `<w16cid:commentId w16cid:paraId="${key}" w16cid:durableId="${key}"/>`)}</w16cid:commentsIds>`,
  );
  add(
    'commentsExtensible',
    `<w16cex:commentsExtensible ${w16cex}>${each(timeXml)}</w16cex:commentsExtensible>`,
  );
  add('people', `<w15:people ${w15}>${peopleXml(remarks)}</w15:people>`);
  addOurIds(office, document, remarks, reportId);
}

function commentXml(remark: Remark): string {
  const { number, author, at, key } = remark;
  const date = moment(at);
  const attributes = `w:id="${number}" w:author="${escapeXml(authorName(author))}"${
    date === null ? '' : ` w:date="${date}"`
  } w:initials="${escapeXml(initialsOf(author))}"`;
  const lines = remark.lines.flatMap((line) =>
    line.text.split(/\r\n|[\r\n]/).map((text, i) => ({ ...line, text, label: i === 0 ? line.label : null })),
  );
  const paragraphs = lines.map(({ label, text, isTitle }, i) => {
    const isRight = runsRightToLeft(text);
    const setting = settingOf(text, isRight);
    const id = i === lines.length - 1 ? ` w14:paraId="${key}" w14:textId="77777777"` : '';
    const sign =
      i === 0 ? '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>' : '';
    const before = label === null ? '' : wordRuns(`${label}: `, { isBold: true }, { isRight, language: '' });
    return `<w:p${id}><w:pPr><w:pStyle w:val="CommentText"/>${isRight ? '<w:bidi/>' : ''}</w:pPr>${sign}${before}${wordRuns(text, { isBold: isTitle }, setting)}</w:p>`;
  });
  return `<w:comment ${attributes}>${paragraphs.join('')}</w:comment>`;
}

function threadXml({ key, answers, isDone }: Remark): string {
  const parent = answers === null ? '' : ` w15:paraIdParent="${answers}"`;
  return `<w15:commentEx w15:paraId="${key}"${parent} w15:done="${isDone ? 1 : 0}"/>`;
}

function timeXml({ key, at }: Remark): string {
  const date = moment(at);
  return `<w16cex:commentExtensible w16cex:durableId="${key}"${date === null ? '' : ` w16cex:dateUtc="${date}"`}/>`;
}

function peopleXml(remarks: readonly Remark[]): string {
  const names = new Set(remarks.map(({ author }) => authorName(author)));
  return [...names]
    .map((name) => {
      const escaped = escapeXml(name);
      return `<w15:person w15:author="${escaped}"><w15:presenceInfo w15:providerId="None" w15:userId="${escaped}"/></w15:person>`;
    })
    .join('');
}

function authorName(author: string): string {
  const name = fitForXml(author).replace(/\s+/g, ' ').trim();
  return cutAt(name, MAX_AUTHOR_LENGTH) || 'Unknown';
}

/** "BO" for Ben Okafor. */
function initialsOf(author: string): string {
  const words = authorName(author)
    .split(' ')
    .map((word) => /[\p{L}\p{N}]\p{M}*/u.exec(word)?.[0] ?? '')
    .filter((sign) => sign !== '');
  return [words[0] ?? '', words.length > 1 ? words.at(-1) : ''].join('').toUpperCase() || '?';
}

/** Kept by Word as it is, since no program but ours knows its vocabulary. */
function addOurIds(
  office: OfficePackage,
  document: Relations,
  remarks: readonly Remark[],
  reportId: string,
): void {
  const entries = remarks.map(
    ({ key, id, isClaim }) =>
      `<comment key="${key}" id="${escapeXml(id)}"${isClaim ? ' kind="claim"' : ''}/>`,
  );
  const item = 'customXml/item1.xml';
  const properties = new Relations();
  properties.to(`${officeRelations}/customXmlProps`, 'itemProps1.xml');
  document.to(relationTypes.customXml, `../${item}`);
  office.addFile(
    item,
    'application/xml',
    `${xmlHead}<proofdesk xmlns="${ourNamespace}" report="${escapeXml(reportId)}">${entries.join('')}</proofdesk>`,
  );
  office.addRelations(item, properties);
  office.addPart(
    'customXml/itemProps1.xml',
    contentTypes.customXmlProps,
    `${xmlHead}<ds:datastoreItem ds:itemID="{${escapeXml(reportId.toUpperCase())}}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="${ourNamespace}"/></ds:schemaRefs></ds:datastoreItem>`,
  );
}

const ourNamespace = 'https://proofdesk.dev/ns/docx';
