/** Places that links and bookmarks lead to, by name and as an outline. */
import type { PdfPage } from 'pdfkit';
import type { PackedDocument } from './packed-document.ts';
import { number, Raw, textString } from './values.ts';

interface Place {
  readonly page: PdfPage;
  /** From the page's bottom. */
  readonly y: number;
}

export interface OutlineEntry {
  readonly title: string;
  /** 1 for the top; deeper ones hang on the last one above them. */
  readonly level: number;
  readonly name: string;
}

interface OutlineNode {
  readonly entry: OutlineEntry;
  readonly children: OutlineNode[];
  object: number;
}

/** The view is not enlarged and keeps its left edge. */
const view = (place: Place): string =>
  `[${place.page.dictionary.toString()} /XYZ null ${number(place.y)} null]`;

export class Destinations {
  readonly #places = new Map<string, Place>();
  readonly #outline: OutlineEntry[] = [];

  add(name: string, page: PdfPage, y: number): void {
    if (!this.#places.has(name)) this.#places.set(name, { page, y });
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  pageOf(name: string): PdfPage | null {
    return this.#places.get(name)?.page ?? null;
  }

  bookmark(entry: OutlineEntry): void {
    this.#outline.push(entry);
  }

  write(document: PackedDocument): void {
    const sorted = [...this.#places].sort(([one], [other]) => (one < other ? -1 : 1));
    const names = document.reserve();
    const limits = sorted.length === 0 ? [] : [sorted[0]?.[0] ?? '', sorted.at(-1)?.[0] ?? ''];
    const list = sorted.map(([name, place]) => `${textString(name)} ${view(place)}`).join('\n');
    const bounds = limits.length === 0 ? '' : ` /Limits [${limits.map(textString).join(' ')}]`;
    const leaf = document.reserve();
    document.put(leaf, `<<${bounds} /Names [${list}] >>`);
    document.put(names, `<< /Kids [${leaf} 0 R] >>`);
    document.names['Dests'] = new Raw(`${names} 0 R`);
    this.#writeOutline(document);
  }

  #writeOutline(document: PackedDocument): void {
    const tops = nest(this.#outline.filter((entry) => this.#places.has(entry.name)));
    if (tops.length === 0) return;
    const root = document.reserve();
    const count = this.#writeNodes(document, tops, root);
    document.put(
      root,
      `<< /Type /Outlines /First ${tops[0]?.object ?? 0} 0 R /Last ${tops.at(-1)?.object ?? 0} 0 R /Count ${count} >>`,
    );
    document.catalog['Outlines'] = new Raw(`${root} 0 R`);
    document.catalog['PageMode'] = 'UseOutlines';
  }

  /** Children are closed at first; answers how many are to be seen. */
  #writeNodes(document: PackedDocument, nodes: readonly OutlineNode[], parent: number): number {
    for (const node of nodes) node.object = document.reserve();
    nodes.forEach((node, i) => {
      const place = this.#places.get(node.entry.name);
      const below = this.#writeNodes(document, node.children, node.object);
      const parts = [
        `/Title ${textString(node.entry.title)} /Parent ${parent} 0 R`,
        place === undefined ? '' : `/Dest ${view(place)}`,
        i === 0 ? '' : `/Prev ${nodes[i - 1]?.object ?? 0} 0 R`,
        i === nodes.length - 1 ? '' : `/Next ${nodes[i + 1]?.object ?? 0} 0 R`,
        below === 0
          ? ''
          : `/First ${node.children[0]?.object ?? 0} 0 R /Last ${node.children.at(-1)?.object ?? 0} 0 R /Count ${-below}`,
      ];
      document.put(node.object, `<< ${parts.filter((part) => part !== '').join(' ')} >>`);
    });
    return nodes.length;
  }
}

function nest(entries: readonly OutlineEntry[]): OutlineNode[] {
  const tops: OutlineNode[] = [];
  const open: OutlineNode[] = [];
  for (const entry of entries) {
    while ((open.at(-1)?.entry.level ?? 0) >= entry.level) open.pop();
    const node = { entry, children: [], object: 0 };
    (open.at(-1)?.children ?? tops).push(node);
    open.push(node);
  }
  return tops;
}
