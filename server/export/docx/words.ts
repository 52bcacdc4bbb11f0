/** Words as runs of Word: breaks, tabs, direction and language made explicit, everything else escaped. */
import { escapeXml } from '../office/xml.ts';
import { languageOf, stretches } from './script.ts';

/** How words look, each part optional; written in the order in which Word's schema has them. */
export interface Look {
  readonly style?: string | undefined;
  readonly font?: string | undefined;
  readonly isBold?: boolean | undefined;
  readonly isItalic?: boolean | undefined;
  readonly isStruck?: boolean | undefined;
  readonly isUnderlined?: boolean | undefined;
  /** A fill behind the words: six hex digits. */
  readonly fill?: string | undefined;
}

/** The paragraph that words stand in. */
export interface Setting {
  readonly isRight: boolean;
  /** `<w:lang …/>` or nothing. */
  readonly language: string;
}

export function settingOf(text: string, isRight: boolean): Setting {
  return { isRight, language: languageOf(text) };
}

export function wordRuns(text: string, look: Look, { isRight, language }: Setting): string {
  if (text === '') return '';
  return stretches(text, isRight)
    .map((stretch) => {
      const properties = lookXml(look, stretch.isRight, language);
      return `<w:r>${properties}${textXml(stretch.text)}</w:r>`;
    })
    .join('');
}

function lookXml(look: Look, isRight: boolean, language: string): string {
  const inner = `${look.style === undefined ? '' : `<w:rStyle w:val="${look.style}"/>`}${
    look.font === undefined
      ? ''
      : `<w:rFonts w:ascii="${look.font}" w:hAnsi="${look.font}" w:cs="${look.font}"/>`
  }${look.isBold === true ? '<w:b/><w:bCs/>' : ''}${look.isItalic === true ? '<w:i/><w:iCs/>' : ''}${
    look.isStruck === true ? '<w:strike/>' : ''
  }${look.isUnderlined === true ? '<w:u w:val="single"/>' : ''}${
    look.fill === undefined ? '' : `<w:shd w:val="clear" w:color="auto" w:fill="${look.fill}"/>`
  }${isRight ? '<w:rtl/>' : ''}${language}`;
  return inner === '' ? '' : `<w:rPr>${inner}</w:rPr>`;
}

function textXml(text: string): string {
  if (!/[\n\t]/.test(text)) return `<w:t xml:space="preserve">${escapeXml(text)}</w:t>`;
  return text
    .split(/([\n\t])/)
    .map((part) => {
      if (part === '\n') return '<w:br/>';
      if (part === '\t') return '<w:tab/>';
      return part === '' ? '' : `<w:t xml:space="preserve">${escapeXml(part)}</w:t>`;
    })
    .join('');
}
