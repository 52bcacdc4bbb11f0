/** What notes are made of: paragraphs, labels, warnings and comments, in the notes' type and at their place. */
import type { ExportComment } from '#core/export/thread.ts';
import { time } from '#core/export/wording.ts';
import { textItems, type Bar, type Place } from './blocks/text-block.ts';
import { StructureElement } from './file/structure.ts';
import { cleanText } from './file/values.ts';
import {
  frame,
  hairline,
  noteLabelLook,
  noteLine,
  noteLook,
  noteSoftLook,
  noteStrongLook,
  warning,
} from './look.ts';
import { plainly, type LinkTarget } from './page/belonging.ts';
import type { FlowItem } from './page/flow.ts';
import type { Pages } from './page/pages.ts';
import type { Press } from './press.ts';
import type { TextLook } from './text/styled.ts';

/** Where a note's text stands: its sign and number hang in front of it. */
export const HANG = 34;
/** Deeper answers are set no further in. */
const MAX_DEPTH = 6;
const REPLY_INDENT = 11;

export const notePlace: Place = { left: frame.left + HANG, right: frame.right, bars: [] };

export interface Phrase {
  readonly text: string;
  readonly look: TextLook;
  readonly link?: LinkTarget | null;
}

export class NoteSetter {
  readonly #press: Press;
  readonly #pages: Pages;

  constructor(press: Press, pages: Pages) {
    this.#press = press;
    this.#pages = pages;
  }

  comments(note: StructureElement, comments: readonly ExportComment[]): FlowItem[] {
    /** Where each depth is set; one bar for all the answers to one comment. */
    const places = [notePlace];
    return comments.flatMap((comment) => {
      const depth = Math.min(comment.depth, MAX_DEPTH);
      const place = places[depth] ?? notePlace;
      const bar: Bar = { x: place.left, width: 1.2, colour: hairline, isBegun: false };
      if (depth < MAX_DEPTH)
        places[depth + 1] = {
          left: place.left + REPLY_INDENT,
          right: place.right,
          bars: [...place.bars, bar],
        };
      return this.#comment(note, comment, place);
    });
  }

  #comment(note: StructureElement, comment: ExportComment, place: Place): FlowItem[] {
    const when = `${time(comment.at)}${comment.editedAt === null || comment.deleted ? '' : ', edited'}`;
    const items: FlowItem[] = this.text(
      new StructureElement('P', note),
      [
        { text: comment.author, look: noteStrongLook },
        { text: `  ${when}`, look: noteSoftLook },
      ],
      { place, gap: 4 },
    );
    const body = comment.deleted ? 'Deleted' : comment.body;
    const look = comment.deleted ? noteSoftLook : noteLook;
    items.push(
      ...this.paragraph(note, body, look, 0, place).map((item, i) => ({
        ...item,
        isGlued: i === 0 || item.isGlued,
      })),
    );
    return items;
  }

  /** A heading inside a note, and what it is of, which stays with it; `make` comes second in the structure too. */
  label(note: StructureElement, text: string, make: () => FlowItem[]): FlowItem[] {
    const heading = this.paragraph(note, text, noteLabelLook, 7);
    const [first, ...rest] = make();
    return first === undefined ? heading : [...heading, { ...first, isGlued: true }, ...rest];
  }

  warning(note: StructureElement, text: string | null): FlowItem[] {
    if (text === null) return [];
    const bar: Bar = { x: notePlace.left, width: 1.6, colour: warning, isBegun: false };
    const place = { left: notePlace.left + 8, right: notePlace.right, bars: [bar] };
    return this.paragraph(note, text, noteLook, 4, place);
  }

  paragraph(
    parent: StructureElement,
    text: string,
    look: TextLook,
    gap: number,
    place = notePlace,
  ): FlowItem[] {
    return this.text(new StructureElement('P', parent), [{ text, look }], { gap, place });
  }

  text(
    element: StructureElement,
    words: readonly Phrase[],
    {
      gap = 0,
      place = notePlace,
      line = noteLine,
      isGlued = false,
    }: { gap?: number; place?: Place; line?: number; isGlued?: boolean },
  ): FlowItem[] {
    const parts = words
      .map(({ text, look, link = null }) => ({ text: cleanText(text), look, about: plainly(element, link) }))
      .filter((part) => part.text !== '');
    if (parts.every((part) => part.text.trim() === '')) return [];
    return textItems(this.#press, this.#pages, { parts, place, line, gap, isGlued });
  }

  end(): FlowItem {
    return {
      height: 0.6,
      gap: 11,
      isGlued: true,
      draw: (top) => {
        const { canvas } = this.#pages;
        canvas.artifact(() => canvas.rectangle(frame.left, top, frame.right - frame.left, 0.6, hairline));
      },
    };
  }
}
