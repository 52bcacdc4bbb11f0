/** What a file says of itself: title, who made it, when. Shown in the properties of Word, Excel and file managers. */
import { countRatings, time } from '#core/export/wording.ts';
import type { ExportProjection } from '#core/export/projection.ts';
import { officeRelations, type OfficePackage, type Relations } from './package.ts';
import { escapeXml, xmlHead } from './xml.ts';

const coreType = 'application/vnd.openxmlformats-package.core-properties+xml';
const appType = 'application/vnd.openxmlformats-officedocument.extended-properties+xml';
const coreRelation = 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties';

export function addProperties(
  office: OfficePackage,
  relations: Relations,
  projection: ExportProjection,
): void {
  relations.to(coreRelation, 'docProps/core.xml');
  relations.to(`${officeRelations}/extended-properties`, 'docProps/app.xml');
  office.addPart('docProps/core.xml', coreType, coreProperties(projection));
  office.addPart(
    'docProps/app.xml',
    appType,
    `${xmlHead}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Proofdesk</Application></Properties>`,
  );
}

function coreProperties(projection: ExportProjection): string {
  const { report, workspace, exportedAt } = projection;
  const at = moment(exportedAt);
  const dates =
    at === null
      ? ''
      : `<dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified>`;
  return `${xmlHead}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(report.title)}</dc:title><dc:creator>${escapeXml(workspace.name)}</dc:creator><dc:description>${escapeXml(description(projection))}</dc:description>${dates}</cp:coreProperties>`;
}

function description({ claims, workspace, exportedAt, report }: ExportProjection): string {
  const counts = countRatings(claims).map(({ label, count }) => `${label} ${count}`);
  const total = claims.length === 1 ? '1 claim' : `${claims.length} claims`;
  const source = report.source.from ?? report.source.name;
  return `${[total, ...counts].join(', ')}. Checked by ${workspace.name}, as of ${time(exportedAt)}.${source === null ? '' : ` Source: ${source}.`}`;
}

/** A moment as Office writes it, to the second, in UTC; null for what is none. */
export function moment(iso: string): string | null {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 1) return null;
  return `${date.toISOString().slice(0, 19)}Z`;
}
