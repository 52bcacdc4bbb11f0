/** The styles of the document: Word's own names, so that its style list, outline and table of contents know them. */
import { xmlHead } from '../office/xml.ts';
import { w } from './namespaces.ts';

const FONT = 'Calibri';
export const CODE_FONT = 'Consolas';
const INK = '1D1C1A';
const QUIET = '57534A';
const LINK = '1A5FB4';

function paragraphStyle(id: string, name: string, properties: string, look = '', base = 'Normal'): string {
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="${base}"/>${
    id.startsWith('Heading') || id === 'Title' ? '<w:next w:val="Normal"/>' : ''
  }<w:qFormat/><w:pPr>${properties}</w:pPr>${look === '' ? '' : `<w:rPr>${look}</w:rPr>`}</w:style>`;
}

function characterStyle(id: string, name: string, look: string): string {
  return `<w:style w:type="character" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="DefaultParagraphFont"/><w:rPr>${look}</w:rPr></w:style>`;
}

function size(halfPoints: number): string {
  return `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`;
}

function spacing(before: number, after: number, line = 276): string {
  return `<w:spacing w:before="${before}" w:after="${after}" w:line="${line}" w:lineRule="auto"/>`;
}

/** Half points, from the first level to the sixth. */
const headingSizes = [34, 30, 26, 24, 22, 22];

function headings(): string {
  return headingSizes
    .map((halfPoints, i) =>
      paragraphStyle(
        `Heading${i + 1}`,
        `heading ${i + 1}`,
        `<w:keepNext/><w:keepLines/>${spacing(320, 100, 252)}<w:outlineLvl w:val="${i}"/>`,
        `<w:b/><w:bCs/>${i === 5 ? '<w:i/><w:iCs/>' : ''}<w:color w:val="${INK}"/>${size(halfPoints)}`,
      ),
    )
    .join('');
}

function border(side: string, width = 4, space = 0): string {
  return `<w:${side} w:val="single" w:sz="${width}" w:space="${space}" w:color="CFC9BB"/>`;
}

const documentDefaults = `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="${FONT}" w:hAnsi="${FONT}" w:eastAsia="${FONT}" w:cs="Arial"/><w:color w:val="${INK}"/>${size(22)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>${spacing(0, 140)}</w:pPr></w:pPrDefault></w:docDefaults>`;

const basic = [
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
  '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>',
  '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
  '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>',
];

const paragraphs = [
  paragraphStyle('Title', 'Title', `<w:keepNext/>${spacing(0, 80, 240)}`, `<w:b/><w:bCs/>${size(48)}`),
  paragraphStyle('Subtitle', 'Subtitle', spacing(0, 360), `<w:color w:val="${QUIET}"/>${size(20)}`),
  paragraphStyle(
    'Quote',
    'Quote',
    `<w:pBdr>${border('left', 18, 10)}</w:pBdr><w:ind w:left="480"/>`,
    `<w:i/><w:iCs/><w:color w:val="${QUIET}"/>`,
  ),
  paragraphStyle('ListBullet', 'List Bullet', '<w:spacing w:after="60"/>'),
  paragraphStyle('ListNumber', 'List Number', '<w:spacing w:after="60"/>'),
  paragraphStyle('ListContinue', 'List Continue', '<w:spacing w:after="60"/>'),
  paragraphStyle(
    'Code',
    'Code',
    `<w:pBdr>${['top', 'left', 'bottom', 'right'].map((side) => border(side, 4, 4)).join('')}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="F6F4EF"/>${spacing(80, 160, 252)}<w:ind w:left="120" w:right="120"/>`,
    `<w:rFonts w:ascii="${CODE_FONT}" w:hAnsi="${CODE_FONT}" w:cs="${CODE_FONT}"/><w:noProof/>${size(19)}`,
  ),
  paragraphStyle(
    'Caption',
    'caption',
    spacing(0, 160),
    `<w:i/><w:iCs/><w:color w:val="${QUIET}"/>${size(19)}`,
  ),
  paragraphStyle(
    'HorizontalRule',
    'Horizontal Rule',
    `<w:pBdr>${border('bottom', 6, 1)}</w:pBdr>${spacing(120, 240)}`,
  ),
  paragraphStyle('TableText', 'Table Text', spacing(20, 20, 252)),
  paragraphStyle('TableHeader', 'Table Header', '<w:keepNext/>', '<w:b/><w:bCs/>', 'TableText'),
  paragraphStyle('SmallTableText', 'Small Table Text', '', size(17), 'TableText'),
  paragraphStyle('CommentText', 'annotation text', spacing(0, 40, 240), size(20)),
  paragraphStyle(
    'Footer',
    'footer',
    '<w:spacing w:after="0"/><w:jc w:val="center"/>',
    `<w:color w:val="${QUIET}"/>${size(17)}`,
  ),
];

const characters = [
  characterStyle('CommentReference', 'annotation reference', size(16)),
  characterStyle('Hyperlink', 'Hyperlink', `<w:color w:val="${LINK}"/><w:u w:val="single"/>`),
  characterStyle(
    'CodeCharacters',
    'Code Characters',
    `<w:rFonts w:ascii="${CODE_FONT}" w:hAnsi="${CODE_FONT}" w:cs="${CODE_FONT}"/><w:noProof/>${size(20)}`,
  ),
  characterStyle('FigureWords', 'Figure Words', '<w:i/><w:iCs/>'),
];

const grid = `<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>${[
  'top',
  'left',
  'bottom',
  'right',
  'insideH',
  'insideV',
]
  .map((side) => border(side))
  .join('')}</w:tblBorders></w:tblPr></w:style>`;

export const stylesXml = `${xmlHead}<w:styles ${w}>${documentDefaults}${[...basic, ...paragraphs].join('')}${headings()}${characters.join('')}${grid}</w:styles>`;
