/**
 * The report as a typeset PDF: its head, its text with the claims' words highlighted and their numbers in the margin,
 * and the notes after it, with links both ways, bookmarks, a structure for readers that do not see it, and real
 * annotations that other programs list and answer. No browser: pdfkit writes the file, the lines are set here.
 * The same projection gives the same bytes: nothing is taken from a clock or from chance.
 */
import { laneByClaim } from '#core/export/lanes.ts';
import type { ExportProjection } from '#core/export/projection.ts';
import { cutIntoRuns } from '#core/export/runs.ts';
import type { ExportThread } from '#core/export/thread.ts';
import { time } from '#core/export/wording.ts';
import { BlockSetter, headingShift } from './blocks/block-setter.ts';
import { FigureImages } from './blocks/figure.ts';
import type { ThreadSpans } from './blocks/runs-styled.ts';
import { textItems } from './blocks/text-block.ts';
import { textTheme } from './blocks/theme.ts';
import { Destinations } from './file/destinations.ts';
import { bytesOf, PackedDocument } from './file/packed-document.ts';
import { Structure, StructureElement } from './file/structure.ts';
import { cleanText } from './file/values.ts';
import { writeMetadata } from './file/metadata.ts';
import { Faces, type HanForm } from './fonts/faces.ts';
import { FontNames } from './fonts/font-names.ts';
import { frontItems, TITLE_PLACE } from './front.ts';
import { drawFurniture } from './furniture.ts';
import { frame, noteLine, noteSoftLook, pageSize } from './look.ts';
import { Notes } from './notes.ts';
import { plainly } from './page/belonging.ts';
import { Flow, type FlowItem } from './page/flow.ts';
import { Pages } from './page/pages.ts';
import { Words } from './text/words.ts';
import type { Press } from './press.ts';

export async function formatPdf(projection: ExportProjection): Promise<Uint8Array<ArrayBuffer>> {
  const press = makePress(projection);
  const pages = new Pages(press);
  const flow = new Flow(pages);
  flow.add(...frontItems(press, pages, projection));
  press.destinations.bookmark({
    title: oneLine(projection.report.title) || 'Report',
    level: 1,
    name: TITLE_PLACE,
  });
  setText(press, pages, flow, projection);
  // The notes tell on which page their words are: those must be drawn.
  flow.end();
  for (const items of new Notes(press, pages).items(projection)) flow.add(...items);
  flow.add(...colophon(press, pages, projection));
  flow.end();
  drawFurniture(press, pages, projection);
  pages.finish();
  press.structure.write(press.document);
  press.destinations.write(press.document);
  press.fonts.embedAll();
  press.document.end();
  return bytesOf(press.document);
}

function makePress(projection: ExportProjection): Press {
  const { report, exportedAt, workspace } = projection;
  const at = new Date(exportedAt);
  const created = Number.isNaN(at.getTime()) ? new Date(0) : at;
  const about = {
    title: oneLine(report.title),
    author: oneLine(workspace.name),
    program: 'Proofdesk',
    created,
  };
  const document = new PackedDocument({
    size: [pageSize.width, pageSize.height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    displayTitle: true,
    font: null,
    lang: 'en',
    info: {
      Title: about.title,
      Author: about.author,
      Creator: about.program,
      Producer: 'Proofdesk, with PDFKit',
      CreationDate: created,
      ModDate: created,
    },
  });
  writeMetadata(document, about);
  return {
    document,
    structure: new Structure(),
    destinations: new Destinations(),
    fonts: new FontNames(document),
    words: new Words(new Faces(), hanFormOf(projection.text)),
    lanes: laneByClaim(projection.claims),
    threadNumbers: new Map(projection.threads.map((thread, i): [ExportThread, number] => [thread, i + 1])),
  };
}

function setText(press: Press, pages: Pages, flow: Flow, projection: ExportProjection): void {
  const { doc, claims, threads } = projection;
  // A highlight is on all words of its claim, however many claims those have.
  const blocks = cutIntoRuns(doc, claims, threads, Number.POSITIVE_INFINITY);
  const images = new FigureImages((name) =>
    Object.hasOwn(projection.images, name) ? (projection.images[name]?.bytes ?? null) : null,
  );
  const setter = new BlockSetter(press, pages, images, threadSpans(threads));
  const theme = textTheme(headingShift(blocks));
  const place = { left: frame.left, right: frame.right, bars: [] };
  // Apart from what is written around it: so it is found again in a file that comes back.
  const parent = new StructureElement('Art', press.structure.root);
  for (const block of blocks) flow.add(...setter.item(block, { theme, place, parent }));
}

function threadSpans(threads: readonly ExportThread[]): ThreadSpans {
  const spans = threads.flatMap((thread) => {
    const { start, end, state } = thread.anchor ?? { start: null, end: null, state: 'orphaned' };
    const isSure = state !== 'ambiguous' && state !== 'orphaned';
    return start === null || end === null || start >= end || !isSure ? [] : [{ start, end, thread }];
  });
  return { at: 0, spans };
}

/** What is said last: from which file and when. */
function colophon(press: Press, pages: Pages, { report, exportedAt }: ExportProjection): FlowItem[] {
  const element = new StructureElement('P', press.structure.root);
  const { takenAt, sha256 } = report.source;
  const text = `Exported from Proofdesk, ${time(exportedAt)}. Source received ${time(takenAt)}, SHA-256 ${sha256}.`;
  return textItems(press, pages, {
    parts: [{ text: cleanText(text), look: noteSoftLook, about: plainly(element) }],
    place: { left: frame.left, right: frame.right, bars: [] },
    line: noteLine,
    gap: 22,
    isGlued: false,
    isWhole: true,
  });
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

/** Chinese characters look otherwise in Japanese and Korean texts: told by the letters that only those have. */
function hanFormOf(text: string): HanForm {
  const count = (letters: RegExp): number => text.match(letters)?.length ?? 0;
  const kana = count(/[\u3041-\u30ff]/g);
  const hangul = count(/[\uac00-\ud7a3]/g);
  const han = count(/[\u4e00-\u9fff]/g);
  if (kana * 4 > han && kana >= hangul) return 'japanese';
  return hangul * 4 > han && hangul > 0 ? 'korean' : 'chinese';
}
