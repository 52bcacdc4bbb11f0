/**
 * The pages' letters to the blocks of one document: by the structure tree where a page has a good one, else by how
 * the page looks.
 */
import type { Block } from './block.ts';
import { ReadingOrder } from './columns.ts';
import { joinFlows } from './flow.ts';
import { withoutFurniture } from './furniture.ts';
import { withHeadings } from './headings.ts';
import { piecesOf, type Line } from './lines.ts';
import type { ReadPage } from './pages.ts';
import { blocksOf } from './paragraphs.ts';
import { taggedBlocks } from './tagged.ts';

export interface DocumentBlocks {
  readonly blocks: readonly Block[];
  readonly unreadable: readonly string[];
}

export function documentBlocks(pages: readonly ReadPage[]): DocumentBlocks {
  const tagged = taggedBlocks(pages);
  if (tagged !== null)
    return { blocks: joinFlows(tagged.flows), unreadable: sentence(tagged.rows, tagged.onPages) };
  const main = pages.map(({ frames }) => ({
    pieces: piecesOf(frames[0]?.glyphs ?? []),
    height: frames[0]?.height ?? 0,
  }));
  const { pages: kept, rows, onPages } = withoutFurniture(main);
  const side = withoutRepeated(
    pages.map(({ frames }) => frames.slice(1).map(({ glyphs }) => piecesOf(glyphs))),
  );
  const order = new ReadingOrder();
  const flows = kept.flatMap((pieces, at) => [
    ...order.order(pieces).map(blocksOf),
    ...(side.pages[at] ?? []).map((lines) => blocksOf(lines)),
  ]);
  const left = side.gone.length;
  return {
    blocks: joinFlows(withHeadings(flows)),
    unreadable: sentence(rows + left, Math.max(onPages, left > 0 ? pages.length : 0)),
  };
}

/** Words that run in another direction on many pages are watermarks and stamps in the margin. */
function withoutRepeated(pages: readonly (readonly Line[][])[]): { pages: Line[][][]; gone: Line[] } {
  const say = (line: Line): string =>
    line.glyphs
      .map(({ text }) => text)
      .join('')
      .replace(/\d+/g, '#');
  const counts = new Map<string, number>();
  for (const page of pages)
    for (const key of new Set(page.flat().map(say))) counts.set(key, (counts.get(key) ?? 0) + 1);
  const gone: Line[] = [];
  const isRepeated = (line: Line): boolean => (counts.get(say(line)) ?? 0) >= 3;
  const kept = pages.map((page) =>
    page.map((lines) =>
      lines.filter((line) => {
        if (isRepeated(line)) gone.push(line);
        return !isRepeated(line);
      }),
    ),
  );
  return { pages: kept.map((page) => page.filter((lines) => lines.length > 0)), gone };
}

function sentence(rows: number, pages: number): string[] {
  if (rows === 0) return [];
  return [
    `Headers, footers and page numbers were left out: ${rows} ${rows === 1 ? 'line' : 'lines'} on ${pages} ${pages === 1 ? 'page' : 'pages'}.`,
  ];
}
