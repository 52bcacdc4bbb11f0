/**
 * Highlights that PDF readers list, show and answer: one for each claim and each thread on plain words, on the very
 * words, with the note as its text. Comments are replies (`IRT`), answers to answers too, and a resolved thread
 * ends in a state, as Acrobat writes it (ISO 32000-1, 12.5.6). Ids of claims and comments are the names of
 * their annotations, so that a file that comes back can be told from a new one.
 * Viewers draw highlights by their colour and quads; replies have an empty appearance, since they have no place.
 */
import { signOf } from '#core/export/html-look.ts';
import type { ExportClaim } from '#core/export/projection.ts';
import type { ExportComment, ExportThread } from '#core/export/thread.ts';
import { headline, time } from '#core/export/wording.ts';
import { Structure, StructureElement } from './file/structure.ts';
import { cleanText, dateString, numbers, Raw, textString } from './file/values.ts';
import { tintColours, type Colour } from './look.ts';
import { claimNoteText, threadNoteTitle } from './note-words.ts';
import type { LinkTarget } from './page/belonging.ts';
import { rgb, type Canvas } from './page/canvas.ts';
import type { Box, Marked } from './page/highlights.ts';
import type { Press } from './press.ts';

const PRINT = 4;
/** Print, no zoom, no rotation: what Acrobat gives to answers. */
const REPLY_FLAGS = 28;
/** The same and hidden: to states. */
const STATE_FLAGS = 30;

interface Highlight {
  readonly name: string;
  readonly author: string;
  readonly created: string;
  readonly modified: string;
  readonly subject: string;
  readonly contents: string;
  readonly tint: Colour;
}

export class Annotations {
  readonly #press: Press;
  readonly #onPage = new Map<Canvas, number[]>();
  /** On how many pages each is so far. */
  readonly #parts = new Map<ExportClaim | ExportThread, number>();
  #emptyForm: string | null = null;

  constructor(press: Press) {
    this.#press = press;
  }

  link(canvas: Canvas, element: StructureElement, box: Box, target: LinkTarget, words: string): void {
    const id = this.#add(canvas);
    const action =
      'name' in target
        ? `/Dest ${textString(target.name)}`
        : `/A << /S /URI /URI ${textString(target.address)} >>`;
    this.#put(id, canvas, [
      '/Subtype /Link /Border [0 0 0]',
      `/F ${PRINT} /Rect [${rectangle(canvas, [box])}]`,
      action,
      `/Contents ${textString(words)}`,
      this.#parentKey(id, canvas, element),
    ]);
  }

  claim(canvas: Canvas, { thing: claim, element, boxes }: Marked<ExportClaim>): void {
    const part = this.#begin(claim);
    const isFirst = part === 1;
    const id = this.#highlight(canvas, element, boxes, {
      name: isFirst ? claim.id : `${claim.id}-${part}`,
      author: claim.createdBy,
      created: claim.createdAt,
      modified: claim.updatedAt,
      subject: `Claim ${claim.number}: ${headline(claim)}`,
      contents: isFirst ? claimNoteText(claim) : `Claim ${claim.number}, continued from the page before.`,
      tint: tintColours[signOf(claim)],
    });
    if (isFirst && claim.thread !== null) this.#talk(canvas, id, boxes, claim.thread, claim.thread.comments);
  }

  /** The first comment is the highlight's own text; the others answer it. */
  thread(canvas: Canvas, { thing: thread, element, boxes }: Marked<ExportThread>): void {
    const part = this.#begin(thread);
    const isFirst = part === 1;
    const [first, ...answers] = thread.comments;
    const number = this.#press.threadNumbers.get(thread) ?? 0;
    const name = first?.id ?? thread.id;
    const id = this.#highlight(canvas, element, boxes, {
      name: isFirst ? name : `${name}-${part}`,
      author: first?.author ?? '',
      created: first?.at ?? thread.createdAt,
      modified: first?.editedAt ?? first?.at ?? thread.createdAt,
      subject: threadNoteTitle(thread, number),
      contents: isFirst ? bodyOf(first) : `Comment ${number}, continued from the page before.`,
      tint: tintColours.comment,
    });
    if (isFirst) this.#talk(canvas, id, boxes, thread, answers);
  }

  /** Tells each page what is on it. */
  write(): void {
    for (const [canvas, ids] of this.#onPage)
      canvas.page.dictionary.data['Annots'] = new Raw(`[${ids.map((id) => `${id} 0 R`).join(' ')}]`);
  }

  #begin(thing: ExportClaim | ExportThread): number {
    const part = (this.#parts.get(thing) ?? 0) + 1;
    this.#parts.set(thing, part);
    return part;
  }

  #highlight(
    canvas: Canvas,
    element: StructureElement,
    boxes: readonly Box[],
    { name, author, created, modified, subject, contents, tint }: Highlight,
  ): number {
    const id = this.#add(canvas);
    const quads = boxes.map(({ left, right, top, bottom }) =>
      numbers(left, canvas.up(top), right, canvas.up(top), left, canvas.up(bottom), right, canvas.up(bottom)),
    );
    const note = new StructureElement('Annot', element);
    this.#put(id, canvas, [
      `/Subtype /Highlight /F ${PRINT} /C [${rgb(tint)}]`,
      `/Rect [${rectangle(canvas, boxes)}] /QuadPoints [${quads.join(' ')}]`,
      signature(name, author, created, modified),
      `/Subj ${textString(cleanText(subject))} /Contents ${textString(cleanText(contents))}`,
      this.#parentKey(id, canvas, note),
    ]);
    return id;
  }

  #talk(
    canvas: Canvas,
    above: number,
    boxes: readonly Box[],
    thread: ExportThread,
    comments: readonly ExportComment[],
  ): void {
    this.#replies(canvas, above, rectangle(canvas, boxes.slice(0, 1)), comments);
    if (thread.state !== 'resolved') return;
    const by = thread.resolvedBy ?? '';
    const last = lastOf(thread.comments) ?? thread.createdAt;
    this.#put(this.#add(canvas), canvas, [
      `/Subtype /Text /F ${STATE_FLAGS} /Rect [${rectangle(canvas, boxes.slice(0, 1))}] /IRT ${above} 0 R`,
      `/StateModel (Review) /State (Completed) ${signature(thread.id, by, last, last)}`,
      `/Contents ${textString(cleanText(by === '' ? 'Completed' : `Completed set by ${by}`))} ${this.#empty()}`,
    ]);
  }

  /** What answers none of `comments` answers the highlight, `above`. */
  #replies(canvas: Canvas, above: number, where: string, comments: readonly ExportComment[]): void {
    const ids = new Map<string, number>();
    for (const comment of comments) {
      const id = this.#add(canvas);
      ids.set(comment.id, id);
      const answered = comment.parentId === null ? above : (ids.get(comment.parentId) ?? above);
      this.#put(id, canvas, [
        `/Subtype /Text /F ${REPLY_FLAGS} /Rect [${where}] /IRT ${answered} 0 R /RT /R /Name /Comment /Open false`,
        signature(comment.id, comment.author, comment.at, comment.editedAt ?? comment.at),
        `/Contents ${textString(cleanText(bodyOf(comment)))} ${this.#empty()}`,
      ]);
    }
  }

  #add(canvas: Canvas): number {
    const id = this.#press.document.reserve();
    const ids = this.#onPage.get(canvas);
    if (ids === undefined) this.#onPage.set(canvas, [id]);
    else ids.push(id);
    return id;
  }

  #put(id: number, canvas: Canvas, parts: readonly string[]): void {
    const page = canvas.page.dictionary.toString();
    this.#press.document.put(id, `<< /Type /Annot /P ${page} ${parts.join(' ')} >>`);
  }

  #parentKey(id: number, canvas: Canvas, element: StructureElement): string {
    const index = this.#press.structure.own(id, element, canvas.marks);
    return `/StructParent ${Structure.annotationKey(index)}`;
  }

  /** One form without anything in it, for all that have no place on the page. */
  #empty(): string {
    if (this.#emptyForm === null) {
      const form = this.#press.document.ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 1, 1] });
      form.end(' ');
      this.#emptyForm = form.toString();
    }
    return `/AP << /N ${this.#emptyForm} >>`;
  }
}

function bodyOf(comment: ExportComment | undefined): string {
  if (comment === undefined) return '';
  if (comment.deleted) return 'Deleted';
  return comment.editedAt === null ? comment.body : `${comment.body}\n(edited ${time(comment.editedAt)})`;
}

function lastOf(comments: readonly ExportComment[]): string | null {
  let last: string | null = null;
  for (const { at } of comments) if (last === null || at > last) last = at;
  return last;
}

function signature(name: string, author: string, created: string, modified: string): string {
  const dates = [
    ['CreationDate', dateString(created)],
    ['M', dateString(modified)],
  ] as const;
  const written = dates.flatMap(([key, date]) => (date === null ? [] : [`/${key} ${date}`]));
  return `/NM ${textString(cleanText(name))} /T ${textString(cleanText(author))} ${written.join(' ')}`;
}

/** The box around all, from the page's bottom left corner. */
function rectangle(canvas: Canvas, boxes: readonly Box[]): string {
  const edge = (pick: (box: Box) => number, choose: (...values: number[]) => number): number =>
    boxes.reduce(
      (value, box) => choose(value, pick(box)),
      pick(boxes[0] ?? { left: 0, right: 0, top: 0, bottom: 0 }),
    );
  return numbers(
    edge((box) => box.left, Math.min),
    canvas.up(edge((box) => box.bottom, Math.max)),
    edge((box) => box.right, Math.max),
    canvas.up(edge((box) => box.top, Math.min)),
  );
}
