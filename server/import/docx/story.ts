/** What the readers of blocks, paragraphs and runs share while one Word file is read. */
import { isSafeHref } from '#core/text/schema.ts';
import type { Comments } from './comments.ts';
import type { Losses } from './losses.ts';
import type { Numbering } from './numbering.ts';
import type { NoteQueue } from './note-queue.ts';
import type { Relationship, WordPackage } from './package.ts';
import type { Pen } from './pen.ts';
import type { Pictures } from './pictures.ts';
import type { Styles } from './styles.ts';
import type { XmlElement } from './xml.ts';

export interface Story {
  readonly pkg: WordPackage;
  readonly pen: Pen;
  readonly styles: Styles;
  readonly numbering: Numbering;
  readonly comments: Comments;
  readonly pictures: Pictures;
  readonly notes: NoteQueue;
  readonly links: Links;
  readonly losses: Losses;
  /** Relationships of the part that is being read: main text, footnotes or endnotes. */
  relations: ReadonlyMap<string, Relationship>;
  /** The words of the first paragraph in the style Title. */
  title: string | null;
  /** Reads blocks that stand inside a paragraph: a text box. */
  readonly readBox: (box: XmlElement) => void;
}

/** Which links can be kept; each address that cannot is counted once. */
export class Links {
  private readonly known = new Map<string, string | null>();

  constructor(private readonly losses: Losses) {}

  /** The address if people may follow it from a report. */
  kept(address: string | null): string | null {
    if (address === null || address === '') return null;
    const before = this.known.get(address);
    if (before !== undefined) return before;
    const href = address.trim();
    const isInner = href.startsWith('#');
    const kept = !isInner && isSafeHref(href) ? href : null;
    if (kept === null) this.losses.add(isInner ? 'innerLink' : 'unsafeLink', isInner ? null : href);
    this.known.set(address, kept);
    return kept;
  }
}

/** Comment ranges and references stand anywhere, between blocks too. True when `element` was one. */
export function readCommentMark(story: Story, element: XmlElement): boolean {
  const part = {
    'w:commentRangeStart': 'start',
    'w:commentRangeEnd': 'end',
    'w:commentReference': 'at',
  } as const;
  const name = element.name;
  if (name !== 'w:commentRangeStart' && name !== 'w:commentRangeEnd' && name !== 'w:commentReference')
    return false;
  story.pen.point(story.comments.pointFor(element.attributes['w:id'] ?? '', part[name]));
  return true;
}

/** Sets the points of comments in what is otherwise left out, so that they keep their place. */
export function readCommentMarksInside(story: Story, element: XmlElement): void {
  for (const child of element.children)
    if (typeof child !== 'string' && !readCommentMark(story, child)) readCommentMarksInside(story, child);
}
