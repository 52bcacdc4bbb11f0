/** The names of Word's parts: what each XML vocabulary, part and relation is called. */
import { officeRelations } from '../office/package.ts';

const schemas = 'http://schemas.openxmlformats.org';
const microsoft = 'http://schemas.microsoft.com/office';

export const w = `xmlns:w="${schemas}/wordprocessingml/2006/main"`;
export const r = `xmlns:r="${officeRelations}"`;
const mc = `xmlns:mc="${schemas}/markup-compatibility/2006"`;
export const w15 = `xmlns:w15="${microsoft}/word/2012/wordml"`;
export const w16cid = `xmlns:w16cid="${microsoft}/word/2016/wordml/cid"`;
export const w16cex = `xmlns:w16cex="${microsoft}/word/2018/wordml/cex"`;
export const wp = `xmlns:wp="${schemas}/drawingml/2006/wordprocessingDrawing"`;
export const a = `xmlns:a="${schemas}/drawingml/2006/main"`;
export const pic = `xmlns:pic="${schemas}/drawingml/2006/picture"`;
export const pictureAddress = `${schemas}/drawingml/2006/picture`;

/** For parts with ids of paragraphs: a program that does not know the vocabulary may leave it aside. */
export const withParagraphIds = `${w} ${mc} xmlns:w14="${microsoft}/word/2010/wordml" mc:Ignorable="w14"`;

export const relationTypes = {
  document: `${officeRelations}/officeDocument`,
  styles: `${officeRelations}/styles`,
  numbering: `${officeRelations}/numbering`,
  settings: `${officeRelations}/settings`,
  footer: `${officeRelations}/footer`,
  hyperlink: `${officeRelations}/hyperlink`,
  image: `${officeRelations}/image`,
  comments: `${officeRelations}/comments`,
  commentsExtended: `${microsoft}/2011/relationships/commentsExtended`,
  commentsIds: `${microsoft}/2016/09/relationships/commentsIds`,
  commentsExtensible: `${microsoft}/2018/08/relationships/commentsExtensible`,
  people: `${microsoft}/2011/relationships/people`,
  customXml: `${officeRelations}/customXml`,
  customXmlProps: `${officeRelations}/customXmlProps`,
} as const;

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
export const contentTypes = {
  document: `${word}.document.main+xml`,
  styles: `${word}.styles+xml`,
  numbering: `${word}.numbering+xml`,
  settings: `${word}.settings+xml`,
  footer: `${word}.footer+xml`,
  comments: `${word}.comments+xml`,
  commentsExtended: `${word}.commentsExtended+xml`,
  commentsIds: `${word}.commentsIds+xml`,
  commentsExtensible: `${word}.commentsExtensible+xml`,
  people: `${word}.people+xml`,
  customXmlProps: 'application/vnd.openxmlformats-officedocument.customXmlProperties+xml',
} as const;
