/** Short ways to read a source in tests. */
import { readSource } from '#server/import/source.ts';
import type { ImportedText, SourceInput } from '#server/import/reader.ts';

export function read(
  declared: SourceInput['declared'],
  source: string,
  more: { name?: string; title?: string } = {},
): Promise<ImportedText> {
  return readBytes(new TextEncoder().encode(source), { declared, ...more });
}

export function readBytes(
  bytes: Uint8Array,
  more: { declared?: SourceInput['declared']; name?: string; title?: string } = {},
): Promise<ImportedText> {
  return readSource({
    bytes,
    name: more.name ?? null,
    declared: more.declared ?? 'file',
    title: more.title ?? null,
  });
}

/** A document without what tests seldom ask about: `p(words)`, `h1(words)`, `ul(li(p(words)))`. */
export function outline(imported: ImportedText): string {
  return (imported.doc.content ?? []).map(lineOf).join(' ');
}

const short: Readonly<Record<string, string>> = {
  paragraph: 'p',
  blockquote: 'quote',
  bullet_list: 'ul',
  ordered_list: 'ol',
  list_item: 'li',
  code_block: 'pre',
  horizontal_rule: 'hr',
  table_row: 'tr',
  table_cell: 'td',
  table_header: 'th',
  hard_break: 'br',
  strong: 'b',
  em: 'i',
  underline: 'u',
  strike: 's',
};

type Node = ImportedText['doc'];

function lineOf(node: Node): string {
  if (node.text !== undefined)
    return (node.marks ?? []).reduceRight((words, mark) => `${markName(mark)}[${words}]`, node.text);
  const name =
    node.type === 'heading' ? `h${String(node.attrs?.['level'])}` : (short[node.type] ?? node.type);
  const span = [node.attrs?.['colspan'], node.attrs?.['rowspan']].some(
    (value) => typeof value === 'number' && value > 1,
  )
    ? `${String(node.attrs?.['colspan'])}x${String(node.attrs?.['rowspan'])}`
    : '';
  const isFlow =
    node.content?.every((child) => child.text !== undefined || child.type === 'hard_break') ?? true;
  return `${name}${span}(${(node.content ?? []).map(lineOf).join(isFlow ? '' : ' ')})`;
}

function markName(mark: NonNullable<Node['marks']>[number]): string {
  return mark.type === 'link' ? `a<${String(mark.attrs?.['href'])}>` : (short[mark.type] ?? mark.type);
}
