/** What a PDF says of itself: title, author, dates, language. */
import type { SourceMeta } from '#core/source-meta.ts';
import { dateOf } from './annotation-data.ts';
import type { PdfDocument } from './open.ts';
import { OWN_PROGRAM } from './own-file.ts';

export interface Info {
  readonly meta: SourceMeta;
  readonly title: string | null;
  readonly isPortfolio: boolean;
  /** It went out from here: then author and date are of the check, not of what was checked. */
  readonly isOwn: boolean;
}

/** Names that programs give to files, which are no titles. */
const FILE_NAME =
  /^(microsoft (word|powerpoint|excel) - |untitled|document\d*$|slide \d+$)|\.(docx?|pdf|odt|rtf|tex|dvi|indd|qxd|pptx?|html?)$/i;

export async function metaOf(pdf: PdfDocument): Promise<Info> {
  const { info, metadata } = await pdf.getMetadata();
  const fields = new Map<string, unknown>(Object.entries(info));
  const isOwn = fields.get('Creator') === OWN_PROGRAM;
  const title = wordsOf(fields.get('Title')) ?? wordsOf(metadata?.get('dc:title'));
  return {
    meta: {
      byline: isOwn ? null : (wordsOf(fields.get('Author')) ?? wordsOf(metadata?.get('dc:creator'))),
      publishedAt: isOwn ? null : (dateOf(fields.get('CreationDate')) ?? dateOf(fields.get('ModDate'))),
      language: languageOf(fields.get('Language')),
      canonicalUrl: null,
      publisher: wordsOf(metadata?.get('dc:publisher')),
    },
    title: title === null || FILE_NAME.test(title) ? null : title.slice(0, 300),
    isPortfolio: fields.get('IsCollectionPresent') === true,
    isOwn,
  };
}

function wordsOf(value: unknown): string | null {
  const words = Array.isArray(value) ? value.filter((each) => typeof each === 'string').join(', ') : value;
  if (typeof words !== 'string') return null;
  return (
    words
      .replace(/[\u0000-\u001f]+/g, ' ')
      .trim()
      .slice(0, 1_000) || null
  );
}

function languageOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(value.trim()) ? value.trim() : null;
}
