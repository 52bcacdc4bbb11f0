/** The head of the report: who checked it and when, its title, and how its claims were rated. */
import type { ExportProjection } from '#core/export/projection.ts';
import { countRatings, time, type CountedRating } from '#core/export/wording.ts';
import { baselineIn, textItems } from './blocks/text-block.ts';
import { StructureElement } from './file/structure.ts';
import { cleanText } from './file/values.ts';
import {
  barColours,
  frame,
  ink,
  kickerLook,
  noteLook,
  noteStrongLook,
  softInk,
  strongLine,
  titleLook,
  toneColours,
} from './look.ts';
import { plainly } from './page/belonging.ts';
import type { FlowItem } from './page/flow.ts';
import type { Pages } from './page/pages.ts';
import type { Press } from './press.ts';
import { signOperations } from './signs.ts';
import { setLines, type Line } from './text/lines.ts';
import type { Belonging } from './page/belonging.ts';

const BAR = { height: 6, gap: 2.4, least: 4 };
const LEGEND = { line: 15, sign: 7.6, gap: 16 };
const place = { left: frame.left, right: frame.right, bars: [] };
export const TITLE_PLACE = 'title';

export function frontItems(press: Press, pages: Pages, projection: ExportProjection): FlowItem[] {
  const { report, workspace, exportedAt, claims } = projection;
  const parent = press.structure.root;
  const source = [report.source.name, report.source.from].filter((part) => part !== null).join(', ');
  const kicker = [
    `Checked by ${workspace.name}`,
    `as of ${time(exportedAt)}`,
    ...(source === '' ? [] : [`source: ${source}`]),
  ].join('  ·  ');
  const paragraph = (
    text: string,
    look: typeof kickerLook,
    line: number,
    gap: number,
    type: 'P' | 'H1',
  ): FlowItem[] => {
    const element = new StructureElement(type, parent);
    const parts = [{ text: cleanText(text).replaceAll('\n', ' ') || ' ', look, about: plainly(element) }];
    return textItems(press, pages, {
      parts,
      place,
      line,
      gap,
      isGlued: true,
      isWhole: true,
      ...(type === 'H1' && { onFirstLine: (top: number) => pages.place(TITLE_PLACE, top - 20) }),
    });
  };
  return [
    ...paragraph(kicker, kickerLook, 12.4, 0, 'P'),
    ...paragraph(report.title, titleLook, 27.5, 11, 'H1'),
    ruleItem(pages, 16),
    ...paragraph(
      claims.length === 1 ? '1 claim' : `${claims.length} claims`,
      { ...noteStrongLook, size: 9.2 },
      14,
      11,
      'P',
    ),
    ...summaryItems(press, pages, countRatings(claims)),
    ruleItem(pages, 11),
    { height: 0, gap: 12, isGlued: true, draw: () => undefined },
  ];
}

function ruleItem(pages: Pages, gap: number): FlowItem {
  return {
    height: 0.7,
    gap,
    isGlued: true,
    draw: (top) =>
      pages.canvas.artifact(() =>
        pages.canvas.rectangle(frame.left, top, frame.right - frame.left, 0.7, strongLine),
      ),
  };
}

function summaryItems(press: Press, pages: Pages, counts: readonly CountedRating[]): FlowItem[] {
  if (counts.length === 0) return [];
  return [
    {
      height: BAR.height,
      gap: 6,
      isGlued: true,
      draw: (top) => pages.canvas.artifact(() => drawBar(pages, counts, top)),
    },
    ...legendItems(press, pages, counts),
  ];
}

function drawBar(pages: Pages, counts: readonly CountedRating[], top: number): void {
  const total = counts.reduce((sum, each) => sum + each.count, 0);
  const room = frame.right - frame.left - BAR.gap * (counts.length - 1) - BAR.least * counts.length;
  let x = frame.left;
  for (const { tone, count } of counts) {
    const width = BAR.least + (room * count) / total;
    pages.canvas.rectangle(x, top, width, BAR.height, barColours[tone]);
    x += width + BAR.gap;
  }
}

/** Sign, label and number of each rating, as many to a line as fit. */
function legendItems(press: Press, pages: Pages, counts: readonly CountedRating[]): FlowItem[] {
  const list = new StructureElement('L', press.structure.root);
  const entries = counts.map((each) => {
    const element = new StructureElement('LBody', new StructureElement('LI', list));
    const about = plainly(element);
    const label = cleanText(each.label).replaceAll('\n', ' ');
    const parts = [
      { text: `${label}  `, look: { ...noteLook, colour: softInk }, about },
      { text: String(each.count), look: { ...noteStrongLook, colour: ink }, about },
    ];
    const { words } = press;
    const room = frame.right - frame.left - LEGEND.sign - 5;
    const [line] = setLines(parts, { words, width: room, base: 'ltr' });
    return { tone: each.tone, line };
  });
  const rows: (typeof entries)[] = [];
  let used = Infinity;
  for (const entry of entries) {
    const width = LEGEND.sign + 5 + (entry.line?.width ?? 0) + LEGEND.gap;
    if (used + width - LEGEND.gap > frame.right - frame.left) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(entry);
    used += width;
  }
  return rows.map((row, i) => ({
    height: LEGEND.line,
    gap: i === 0 ? 6 : 0,
    isGlued: true,
    draw: (top) => drawLegend(pages, row, top),
  }));
}

interface LegendEntry {
  readonly tone: CountedRating['tone'];
  readonly line: Line<Belonging> | undefined;
}

function drawLegend(pages: Pages, row: readonly LegendEntry[], top: number): void {
  let x = frame.left;
  const baseline = baselineIn(top, LEGEND.line, noteLook.size);
  for (const { tone, line } of row) {
    const signTop = baseline - LEGEND.sign * 0.87;
    pages.canvas.artifact(() =>
      pages.canvas.at(
        x,
        signTop,
        signOperations(tone, LEGEND.sign, tone === 'open' ? barColours.open : toneColours[tone]),
      ),
    );
    x += LEGEND.sign + 5;
    if (line !== undefined) pages.line(line, { left: x, right: x + line.width, baseline });
    x += (line?.width ?? 0) + LEGEND.gap;
  }
}
