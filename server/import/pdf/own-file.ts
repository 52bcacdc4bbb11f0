/**
 * Files that went out from here. Their structure tree has the report's own words in an article, apart from the title before
 * and the notes after them. A highlight that goes over pages is one annotation on each, the later ones named after the
 * first. A program that saves the file may drop the tree; then all of it is text.
 */
import type { PlacedAnnotation } from './annotations.ts';
import type { ReadPage } from './pages.ts';
import type { TagContent, TagNode } from './tag-tree.ts';

/** What an export says that made it; see server/export/pdf. */
export const OWN_PROGRAM = 'Proofdesk';

/** The pages with nothing but the report's own words; null when the tree does not tell them. */
export function ownText(pages: readonly ReadPage[]): ReadPage[] | null {
  const articles = pages.map(({ tags }) => (tags === null ? [] : articlesIn(tags)));
  if (articles.every((found) => found.length === 0)) return null;
  return pages.map((page, i) => onlyIn(articles[i] ?? [], page));
}

function articlesIn(node: TagNode): TagNode[] {
  if (node.role === 'Art') return [node];
  return node.children.flatMap((child) => ('content' in child ? [] : articlesIn(child)));
}

function onlyIn(articles: readonly TagNode[], page: ReadPage): ReadPage {
  const own = new Set(contentsOf(articles));
  const frames = page.frames.map((frame) => ({
    ...frame,
    glyphs: frame.glyphs.filter(({ tag }) => tag !== null && own.has(tag)),
  }));
  return { ...page, frames, tags: { role: 'Document', children: articles } };
}

function* contentsOf(children: readonly (TagNode | TagContent)[]): Generator<string> {
  for (const child of children)
    if ('content' in child) yield child.content;
    else yield* contentsOf(child.children);
}

/** `ID-2` goes on where `ID` ended on the page before. */
const PART = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-(\d{1,4}))?$/;

/** Each highlight once, from its first word to its last. */
export function joinParts(
  all: readonly PlacedAnnotation[],
  originOf: (id: string) => string | null,
): PlacedAnnotation[] {
  const joined: PlacedAnnotation[] = [];
  const heads = new Map<string, number>();
  for (const each of all) {
    const [, name, part] = PART.exec(originOf(each.annotation.id) ?? '') ?? [];
    const at = name === undefined || part === undefined ? undefined : heads.get(name);
    const head = at === undefined ? undefined : joined[at];
    if (at !== undefined && head !== undefined) {
      joined[at] = { ...head, place: around(head.place, each.place) };
      continue;
    }
    if (name !== undefined && part === undefined && !heads.has(name)) heads.set(name, joined.length);
    joined.push(each);
  }
  return joined;
}

function around(one: PlacedAnnotation['place'], other: PlacedAnnotation['place']): PlacedAnnotation['place'] {
  if (one === null || other === null) return one ?? other;
  return { first: Math.min(one.first, other.first), last: Math.max(one.last, other.last) };
}
