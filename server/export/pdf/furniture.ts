/** Running titles and page numbers, for the eye only: drawn when it is known how many pages there are. */
import type { ExportProjection } from '#core/export/projection.ts';
import { day } from '#core/export/wording.ts';
import { StructureElement } from './file/structure.ts';
import { cleanText } from './file/values.ts';
import { column, footerBaseline, frame, furnitureLook, hairline, headerBaseline } from './look.ts';
import { plainly } from './page/belonging.ts';
import type { Canvas } from './page/canvas.ts';
import type { Pages } from './page/pages.ts';
import type { Press } from './press.ts';
import { baseDirection } from './text/direction.ts';
import { setLines } from './text/lines.ts';

/** A running title is one line: the words that fit. */
const MAX_RUNNING = 110;

export function drawFurniture(
  press: Press,
  pages: Pages,
  { report, workspace, exportedAt }: ExportProjection,
): void {
  const title = oneLine(report.title);
  const by = oneLine(`Checked by ${workspace.name}, ${day(exportedAt)}`);
  pages.all.forEach((canvas, i) => {
    if (i > 0) {
      draw(press, canvas, title, { baseline: headerBaseline, isRight: false });
      canvas.artifact(() =>
        canvas.rectangle(frame.left, headerBaseline + 8, column.right - frame.left, 0.5, hairline),
      );
    }
    draw(press, canvas, by, { baseline: footerBaseline, isRight: false });
    draw(press, canvas, `${i + 1} / ${pages.all.length}`, { baseline: footerBaseline, isRight: true });
  });
}

function draw(
  { words }: Press,
  canvas: Canvas,
  text: string,
  { baseline, isRight }: { readonly baseline: number; readonly isRight: boolean },
): void {
  // Artifacts belong to no element; the layout wants one.
  const about = plainly(new StructureElement('Span', null));
  const width = column.right - frame.left - 60;
  const setting = { words, width, base: baseDirection(text) };
  const [line] = setLines([{ text, look: furnitureLook, about }], setting);
  if (line === undefined) return;
  const x = isRight ? column.right - line.width : frame.left;
  canvas.artifact(() => canvas.runs(line.runs, x, baseline), 'Pagination');
}

function oneLine(text: string): string {
  const clean = cleanText(text).replace(/\s+/g, ' ').trim();
  return clean.length > MAX_RUNNING
    ? `${clean
        .slice(0, MAX_RUNNING)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`
    : clean;
}
