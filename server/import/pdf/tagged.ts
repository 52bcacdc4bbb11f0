/**
 * Blocks by the structure tree. It is trusted when nearly all letters are in it and its paragraphs are paragraphs:
 * some programs make one of each line, or one of everything. Letters that it leaves out come after their page's
 * text, or are furniture.
 */
import { textBlock, type Block, type TableCell, type TextBlock } from './block.ts';
import { ReadingOrder } from './columns.ts';
import { withoutFurniture } from './furniture.ts';
import type { Glyph } from './glyph.ts';
import { linesOf, withHeadings } from './headings.ts';
import { joinPieces, piecesOf, textOf, type Line } from './lines.ts';
import { markerOf } from './list-marker.ts';
import type { ReadPage } from './pages.ts';
import { blocksOf, endsSentence, withoutStart } from './paragraphs.ts';
import { rowsOf } from './rows.ts';
import type { TagContent, TagNode } from './tag-tree.ts';

export interface TaggedBlocks {
  readonly flows: readonly (readonly Block[])[];
  /** Lines of headers and footers that were left out, and on how many pages. */
  readonly rows: number;
  readonly onPages: number;
}

/** Share of the letters that the tree has to hold. */
const ENOUGH = 0.9;

/** Null when the document has no tree, or none to trust. */
export function taggedBlocks(pages: readonly ReadPage[]): TaggedBlocks | null {
  const readers = pages.map((page) => new TagReader(page));
  const trees = readers.map((reader) => reader.read());
  const all = readers.reduce((sum, { letters }) => sum + letters, 0);
  const left = readers.reduce((sum, reader) => sum + reader.rest.length, 0);
  const rest = withoutFurniture(
    readers.map(({ rest: glyphs, height }) => ({ pieces: piecesOf(glyphs), height })),
    false,
  );
  const lost = rest.pages.flat().reduce((sum, { glyphs }) => sum + glyphs.length, 0);
  if (all === 0 || all - left === 0 || lost > (1 - ENOUGH) * all || !isUseful(trees.flat())) return null;
  const order = new ReadingOrder();
  const flows = trees.flatMap((blocks, i) => [
    endFlow(blocks),
    ...order.order(rest.pages[i] ?? []).map((pieces) => blocksOf(pieces)),
  ]);
  const hasHeadings = flows.some((blocks) => blocks.some(({ kind }) => kind === 'heading'));
  const artifacts = readers.map(({ artifacts: glyphs }) => rowsOf(piecesOf(glyphs)).length);
  return {
    flows: hasHeadings ? flows : withHeadings(flows),
    rows: rest.rows + artifacts.reduce((sum, rows) => sum + rows, 0),
    onPages: Math.max(rest.onPages, artifacts.filter((rows) => rows > 0).length),
  };
}

/** The last text of the page may go on on the next one. */
function endFlow(blocks: readonly Block[]): Block[] {
  const last = blocks.findLastIndex(({ kind }) => kind !== 'footnote');
  return blocks.map((block, i) =>
    i === last && block.kind !== 'table' ? { ...block, endsFlow: true } : block,
  );
}

function isUseful(blocks: readonly Block[]): boolean {
  const texts = blocks.filter((block): block is TextBlock => block.kind === 'paragraph');
  const size = (block: Block): number => linesOf(block).reduce((sum, { glyphs }) => sum + glyphs.length, 0);
  const all = blocks.reduce((sum, block) => sum + size(block), 0);
  if (all > 3_000 && texts.some((block) => size(block) > all * 0.5)) return false;
  const isTorn = (block: TextBlock, i: number): boolean => {
    const [end, start] = [block.lines.at(-1), texts[i + 1]?.lines[0]];
    return end !== undefined && start !== undefined && !endsSentence(end) && /^\p{Ll}/u.test(textOf(start));
  };
  return texts.length < 5 || texts.filter(isTorn).length < texts.length * 0.3;
}

const HEADING = /^H([1-6])$/;
const INLINE =
  /^(Span|Link|Annot|Em|Strong|Quote|Code|Reference|BibEntry|Ruby|RB|RT|RP|Warichu|WT|WP|Sub|Lbl|NonStruct|Formula)$/;
const TABLE_PART = /^(THead|TBody|TFoot)$/;

interface Context {
  readonly isQuote: boolean;
  readonly depth: number;
}

class TagReader {
  readonly letters: number;
  readonly artifacts: readonly Glyph[];
  readonly height: number;
  private readonly byTag = new Map<string, Glyph[]>();
  private readonly untagged: Glyph[] = [];
  private readonly tree: TagNode | null;
  private readonly used = new Set<string>();

  constructor({ frames, tags }: ReadPage) {
    const glyphs = frames.flatMap((frame) => frame.glyphs);
    this.tree = tags;
    this.height = frames[0]?.height ?? 0;
    this.artifacts = glyphs.filter(({ isArtifact }) => isArtifact);
    const content = glyphs.filter(({ isArtifact }) => !isArtifact);
    this.letters = content.length;
    for (const glyph of content) {
      if (glyph.tag === null) this.untagged.push(glyph);
      else {
        const group = this.byTag.get(glyph.tag);
        if (group === undefined) this.byTag.set(glyph.tag, [glyph]);
        else group.push(glyph);
      }
    }
  }

  /** What the tree does not hold; once it was read. */
  get rest(): Glyph[] {
    const tagged = [...this.byTag].flatMap(([tag, glyphs]) => (this.used.has(tag) ? [] : glyphs));
    return [...this.untagged, ...tagged];
  }

  read(): Block[] {
    return this.tree === null ? [] : this.blocks(this.tree.children, { isQuote: false, depth: 0 });
  }

  /** Inline children beside each other make a paragraph. */
  private blocks(children: readonly (TagNode | TagContent)[], context: Context): Block[] {
    const result: Block[] = [];
    let inline: (TagNode | TagContent)[] = [];
    const flush = (): void => {
      result.push(...this.paragraph(inline, context));
      inline = [];
    };
    for (const child of children) {
      if ('content' in child || (INLINE.test(child.role) && isInline(child))) inline.push(child);
      else {
        flush();
        result.push(...this.block(child, context));
      }
    }
    flush();
    return result;
  }

  private block(node: TagNode, context: Context): Block[] {
    const level = HEADING.exec(node.role)?.[1];
    if (level !== undefined) return this.heading(node, Number(level));
    switch (node.role) {
      case 'Artifact':
        return [];
      case 'Title':
        return this.heading(node, 1);
      case 'H':
        return this.heading(node, 2);
      case 'L':
        return node.children.flatMap((item) => ('content' in item ? [] : this.item(item, context)));
      case 'LI':
        return this.item(node, context);
      case 'Table':
        return this.table(node);
      case 'Note':
      case 'FENote':
        return this.blocks(node.children, context).map((block) =>
          block.kind === 'table' ? block : { ...block, kind: 'footnote' },
        );
      case 'BlockQuote':
        return this.blocks(node.children, { ...context, isQuote: true });
      default:
        return this.blocks(node.children, context);
    }
  }

  private heading(node: TagNode, level: number): Block[] {
    const lines = this.lines(contentsOf(node.children));
    return lines.length === 0 ? [] : [textBlock(lines, { kind: 'heading', level })];
  }

  private paragraph(children: readonly (TagNode | TagContent)[], { isQuote }: Context): Block[] {
    const lines = this.lines(contentsOf(children));
    return lines.length === 0 ? [] : [textBlock(lines, { kind: isQuote ? 'quote' : 'paragraph' })];
  }

  /** The label tells the number. A list in the item comes after its words. */
  private item(node: TagNode, context: Context): Block[] {
    if (node.role === 'L') return this.block(node, { ...context, depth: context.depth + 1 });
    if (node.role !== 'LI') return this.block(node, context);
    const label = node.children.find(
      (child): child is TagNode => !('content' in child) && child.role === 'Lbl',
    );
    const lines = label === undefined ? [] : this.lines(contentsOf([label]));
    const marker = markerOf(`${lines.map(textOf).join(' ').trim()} x`);
    const bodies = node.children.filter((child) => child !== label);
    const parts = bodies.flatMap((child) =>
      'content' in child || child.role !== 'LBody' ? [child] : child.children,
    );
    const deeper = { ...context, depth: context.depth + 1 };
    const [first, ...others] = this.blocks(parts, deeper);
    if (first === undefined || first.kind === 'table' || first.kind === 'item')
      return first === undefined ? [] : [first, ...others];
    return [itemOf(first, marker?.number ?? null, lines.length > 0, context.depth), ...others];
  }

  private table(node: TagNode): Block[] {
    const rows: TableCell[][] = [];
    const others: Block[] = [];
    const visit = (children: TagNode['children']): void => {
      for (const child of children) {
        if ('content' in child) continue;
        if (TABLE_PART.test(child.role)) visit(child.children);
        else if (child.role === 'TR') rows.push(this.row(child));
        else others.push(...this.block(child, { isQuote: false, depth: 0 }));
      }
    };
    visit(node.children);
    const isEmpty = rows.every((row) => row.every(({ lines }) => lines.length === 0));
    return isEmpty ? others : [...others, { kind: 'table', rows }];
  }

  private row(node: TagNode): TableCell[] {
    return node.children.flatMap((cell) => {
      if ('content' in cell) return [];
      const lines = this.lines(contentsOf(cell.children));
      return [{ lines, isHeader: cell.role === 'TH', colspan: 1, rowspan: 1 }];
    });
  }

  /** In the order of the tree; where the words jump up the page, a new column begins. */
  private lines(contents: readonly string[]): Line[] {
    const columns: Glyph[][] = [];
    let last: Glyph | undefined;
    for (const tag of contents) {
      if (this.used.has(tag)) continue;
      this.used.add(tag);
      for (const glyph of this.byTag.get(tag) ?? []) {
        const column = columns.at(-1);
        if (column === undefined || (last !== undefined && glyph.y < last.y - last.size * 2))
          columns.push([glyph]);
        else column.push(glyph);
        last = glyph;
      }
    }
    return columns.flatMap((glyphs) => rowsOf(piecesOf(glyphs)).map(joinPieces));
  }
}

/** Words with a marker of their own, where the list has no labels. */
function itemOf(block: TextBlock, number: number | null, hasLabel: boolean, depth: number): TextBlock {
  const item: TextBlock = { ...block, kind: 'item', number, level: depth * 1_000 };
  const first = block.lines[0];
  const marker = hasLabel || first === undefined ? null : markerOf(textOf(first));
  if (marker === null || first === undefined) return item;
  return {
    ...item,
    number: marker.number,
    lines: [withoutStart(first, marker.length), ...block.lines.slice(1)],
  };
}

function isInline(node: TagNode): boolean {
  return node.children.every((child) => 'content' in child || (INLINE.test(child.role) && isInline(child)));
}

function contentsOf(children: readonly (TagNode | TagContent)[]): string[] {
  return children.flatMap((child) => ('content' in child ? [child.content] : contentsOf(child.children)));
}
