/**
 * Footnotes and endnotes: a number in the text where Word has its mark, and the notes as one numbered list at the
 * end, in the order of the text.
 */
import type { Losses } from './losses.ts';
import type { WordPackage } from './package.ts';
import { plainText } from './plain.ts';
import { childrenOf, firstInside, type XmlElement } from './xml.ts';

export interface QueuedNote {
  readonly element: XmlElement;
  /** The part that it is in. */
  readonly part: string;
}

interface NotePart {
  readonly part: string;
  readonly notes: ReadonlyMap<string, XmlElement>;
}

export class NoteQueue {
  private readonly parts = new Map<'footnote' | 'endnote', NotePart | null>();
  private readonly numbers = new Map<string, number>();
  private readonly queue: QueuedNote[] = [];

  constructor(
    private readonly pkg: WordPackage,
    private readonly main: string,
    private readonly losses: Losses,
  ) {}

  /** The number that stands for a note; null when there is no such note, or no words in it. */
  numberOf(kind: 'footnote' | 'endnote', id: string): number | null {
    const known = this.numbers.get(`${kind} ${id}`);
    if (known !== undefined) return known;
    const part = this.partOf(kind);
    const element = part?.notes.get(id);
    if (part === null || element === undefined) {
      this.losses.add('missingNote');
      return null;
    }
    if (plainText(element, 'before') === '' && firstInside(element, 'a:blip') === null) return null;
    this.queue.push({ element, part: part.part });
    this.numbers.set(`${kind} ${id}`, this.queue.length);
    return this.queue.length;
  }

  /** Those that were asked for, in order; reading one may add more behind it. */
  at(index: number): QueuedNote | null {
    return this.queue[index] ?? null;
  }

  private partOf(kind: 'footnote' | 'endnote'): NotePart | null {
    const known = this.parts.get(kind);
    if (known !== undefined) return known;
    const name = this.pkg.partOf(this.main, `${kind}s`);
    const root = name === null ? null : this.pkg.tree(name);
    const read =
      name === null || root === null
        ? null
        : {
            part: name,
            notes: new Map(
              childrenOf(root, `w:${kind}`).map((note) => [note.attributes['w:id'] ?? '', note]),
            ),
          };
    this.parts.set(kind, read);
    return read;
  }
}
