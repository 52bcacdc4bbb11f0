/**
 * The report as a Word document: the text as it reads, every claim and thread a comment on its very words, then the
 * claims in a table. Written part by part without a library: ids, times and keys of comments have to be ours to be the
 * same each time and to be known again when the file comes back.
 */
import type { ExportProjection } from '#core/export/projection.ts';
import { cutIntoRuns } from '#core/export/runs.ts';
import { time } from '#core/export/wording.ts';
import { OfficePackage, Relations } from '../office/package.ts';
import { addProperties } from '../office/properties.ts';
import { xmlHead } from '../office/xml.ts';
import { appendixXml } from './appendix.ts';
import { blocksXml, type Tools } from './body.ts';
import { addComments } from './comment-parts.ts';
import { Figures } from './figure.ts';
import { RemarkMarks } from './marks.ts';
import { contentTypes, r, relationTypes, w } from './namespaces.ts';
import { Numbering } from './numbering.ts';
import { remarksOn } from './remarks.ts';
import { runsRightToLeft } from './script.ts';
import { stylesXml } from './styles.ts';
import { settingOf, wordRuns } from './words.ts';

/** A4 with an inch on each side, in twentieths of a point. */
const PAGE = { width: 11_906, height: 16_838, margin: 1_440 };
const COLUMN = PAGE.width - 2 * PAGE.margin;
/** Names the report's own words, apart from the title before and the tables after them. */
const TEXT_BOOKMARK = 'proofdesk_text';

export function formatDocx(projection: ExportProjection): Uint8Array {
  const office = new OfficePackage();
  const relations = new Relations();
  const remarks = remarksOn(projection.claims, projection.threads);
  const tools: Tools = {
    relations,
    numbering: new Numbering(),
    marks: new RemarkMarks(remarks),
    figure: figureWriter(projection, new Figures(office, relations)),
  };
  const document = documentXml(projection, tools);
  const root = new Relations();
  root.to(relationTypes.document, 'word/document.xml');
  office.addPart('word/document.xml', contentTypes.document, document);
  const add = (part: 'styles' | 'numbering' | 'settings', xml: string): void => {
    relations.to(relationTypes[part], `${part}.xml`);
    office.addPart(`word/${part}.xml`, contentTypes[part], xml);
  };
  add('styles', stylesXml);
  add('numbering', tools.numbering.toXml());
  add('settings', settingsXml);
  office.addPart('word/footer1.xml', contentTypes.footer, footerXml(projection));
  addComments(office, relations, [...remarks.values()].flat(), projection.report.id);
  addProperties(office, root, projection);
  office.addRelations('', root);
  office.addRelations('word/document.xml', relations);
  return office.toBytes();
}

function documentXml(projection: ExportProjection, tools: Tools): string {
  const blocks = cutIntoRuns(projection.doc, projection.claims, projection.threads);
  const around = { lists: 0, quotes: 0, cell: 'none', column: COLUMN, item: null, isUnder: false } as const;
  const text = tools.marks.bookmark(TEXT_BOOKMARK, blocksXml(blocks, around, tools));
  const footer = tools.relations.to(relationTypes.footer, 'footer1.xml');
  const { width, height, margin } = PAGE;
  return `${xmlHead}<w:document ${w} ${r}><w:body>${front(projection)}${text}${appendixXml(projection, tools)}<w:sectPr><w:footerReference w:type="default" r:id="${footer}"/><w:pgSz w:w="${width}" w:h="${height}"/><w:pgMar w:top="${margin}" w:right="${margin}" w:bottom="${margin}" w:left="${margin}" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`;
}

function front({ report, workspace, exportedAt }: ExportProjection): string {
  const origin = [report.source.name, report.source.from].filter((part) => part !== null).join(', ');
  const checked = `Checked by ${workspace.name} · as of ${time(exportedAt)}${origin === '' ? '' : ` · source: ${origin}`}`;
  return styled('Title', report.title) + styled('Subtitle', checked);
}

function styled(style: string, words: string): string {
  const isRight = runsRightToLeft(words);
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${isRight ? '<w:bidi/>' : ''}</w:pPr>${wordRuns(words, {}, settingOf(words, isRight))}</w:p>`;
}

function footerXml({ report }: ExportProjection): string {
  const words = wordRuns(`${report.title} · `, {}, settingOf(report.title, false));
  return `${xmlHead}<w:ftr ${w}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>${words}<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>`;
}

const settingsXml = `${xmlHead}<w:settings ${w}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>`;

/** The image of a figure; where there are no bytes, or none that Word shows, its words in brackets. */
function figureWriter({ images }: ExportProjection, figures: Figures): Tools['figure'] {
  return ({ image: name, alt, width, height }, column) => {
    const about = typeof alt === 'string' ? alt.trim() : '';
    const image = typeof name === 'string' && Object.hasOwn(images, name) ? images[name] : undefined;
    if (typeof name === 'string' && image !== undefined) {
      const sized = { ...image, width: Number(width ?? 0), height: Number(height ?? 0) };
      const run = figures.run(name, about, sized, column);
      if (run !== null) return run;
    }
    const words = about === '' ? '[Image]' : `[Image: ${about}]`;
    return wordRuns(words, { style: 'FigureWords' }, settingOf(words, runsRightToLeft(about)));
  };
}
