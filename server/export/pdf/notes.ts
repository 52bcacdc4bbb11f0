/**
 * The notes after the text: for each claim its number, how it stands, its words, who said it, why, evidence and
 * comments; then the comments on plain words. Each leads back to its words, by a link with the page in the margin.
 */
import { aboutEvidence, factsOf } from '#core/export/facts.ts';
import { signOf, type Sign } from '#core/export/html-look.ts';
import type {
  ExportClaim,
  ExportEvidence,
  ExportProjection,
  ExportVerdict,
} from '#core/export/projection.ts';
import { cutIntoRuns } from '#core/export/runs.ts';
import type { ExportThread } from '#core/export/thread.ts';
import {
  ABOUT_ALL,
  earlierWords,
  headline,
  placeSentence,
  quoted,
  reviewWords,
  stanceLabels,
  standingSentence,
  threadState,
  threadWords,
  wordsOf,
} from '#core/export/wording.ts';
import { BlockSetter } from './blocks/block-setter.ts';
import { FigureImages } from './blocks/figure.ts';
import { addressOf } from './blocks/runs-styled.ts';
import { baselineIn, textItems } from './blocks/text-block.ts';
import { noteTheme } from './blocks/theme.ts';
import { StructureElement } from './file/structure.ts';
import { cleanText } from './file/values.ts';
import {
  barColours,
  column,
  frame,
  headingLooks,
  marginLook,
  noteLine,
  noteLook,
  noteQuoteLine,
  noteQuoteLook,
  noteSoftLook,
  noteStrongLook,
  softInk,
  toneColours,
  variant,
} from './look.ts';
import { threadNoteTitle } from './note-words.ts';
import { plainly } from './page/belonging.ts';
import type { FlowItem } from './page/flow.ts';
import type { Pages } from './page/pages.ts';
import { HANG, notePlace, NoteSetter, type Phrase } from './note-setter.ts';
import { placeNames, type Press } from './press.ts';
import { signOperations } from './signs.ts';
import { setLines } from './text/lines.ts';

const SIGN = 8;
/** Of a bookmark: viewers cut longer ones, and not always between words. */
const MAX_TITLE = 70;

interface NoteHead {
  readonly sign: Sign | 'comment';
  readonly number: string;
  readonly title: string;
  readonly place: string;
  /** The place of the words in the text; null when they are not marked. */
  readonly back: string | null;
}

export class Notes {
  readonly #press: Press;
  readonly #pages: Pages;
  readonly #set: NoteSetter;

  constructor(press: Press, pages: Pages) {
    this.#press = press;
    this.#pages = pages;
    this.#set = new NoteSetter(press, pages);
  }

  /** Made one by one, since the pages before must be drawn to know what is on them. */
  *items(projection: ExportProjection): Generator<readonly FlowItem[]> {
    const { claims, threads } = projection;
    const placed = claims.filter((claim) => claim.isPlaced);
    const doubtful = claims.filter((claim) => !claim.isPlaced && claim.anchor.state === 'ambiguous');
    const lost = claims.filter((claim) => !claim.isPlaced && claim.anchor.state !== 'ambiguous');
    let isFirst = true;
    for (const [title, group] of [
      ['Claims', placed],
      ['Several places fit', doubtful],
      ['Not found in the text', lost],
    ] as const) {
      if (group.length === 0) continue;
      const [section, heading] = this.#group(title, isFirst);
      isFirst = false;
      yield heading;
      for (const claim of group) yield this.#claim(claim, section);
    }
    if (threads.length === 0) return;
    const [section, heading] = this.#group('Comments on the text', isFirst);
    yield heading;
    for (const thread of threads) yield this.#thread(thread, section);
  }

  #group(title: string, isFirst: boolean): [StructureElement, FlowItem[]] {
    const section = new StructureElement('Sect', this.#press.structure.root, { title });
    const [, heading] = headingLooks;
    const name = `notes-${title.toLowerCase().replaceAll(' ', '-')}`;
    this.#press.destinations.bookmark({ title: `Notes: ${title}`, level: 1, name });
    const element = new StructureElement('H2', section);
    const items = textItems(this.#press, this.#pages, {
      parts: [{ text: title, look: { ...noteQuoteLook, size: 15.2, weight: 640 }, about: plainly(element) }],
      place: { ...notePlace, left: frame.left },
      line: heading?.line ?? noteLine,
      gap: 26,
      isGlued: false,
      onFirstLine: (top) => this.#pages.place(name, top - 12),
    });
    return [section, items.map((item, i) => ({ ...item, beginsPage: isFirst && i === 0 }))];
  }

  #claim(claim: ExportClaim, section: StructureElement): FlowItem[] {
    const name = placeNames.claimNote(claim);
    const note = new StructureElement('Note', section, { id: name });
    const words = cleanText(wordsOf(claim)).replaceAll('\n', ' ');
    const title = headline(claim);
    this.#bookmark(`${claim.number}  ${title}: ${words}`, name);
    const { verdict } = claim;
    return [
      this.#head(note, {
        sign: signOf(claim),
        number: String(claim.number),
        title,
        place: name,
        back: placeNames.claimWords(claim),
      }),
      ...this.#quote(note, words),
      ...this.#set.warning(note, placeSentence(claim)),
      ...(verdict === null ? [] : this.#verdict(note, verdict)),
      ...claim.disputes.flatMap((dispute) =>
        this.#set.label(note, `Against it: ${dispute.label}`, () => this.#verdict(note, dispute)),
      ),
      ...this.#facts(note, claim),
      ...this.#rationale(note, claim),
      ...this.#evidence(note, claim.evidence),
      ...this.#comments(note, claim.thread),
      ...this.#earlier(note, claim.earlierVerdicts),
      this.#set.end(),
    ];
  }

  #thread(thread: ExportThread, section: StructureElement): FlowItem[] {
    const number = this.#press.threadNumbers.get(thread) ?? 0;
    const name = placeNames.threadNote(number);
    const note = new StructureElement('Note', section, { id: name });
    const words = cleanText(threadWords(thread)).replaceAll('\n', ' ');
    const title = threadNoteTitle(thread, number);
    const about = words.trim() === '' ? ABOUT_ALL : words;
    this.#bookmark(`${title}: ${about}`, name);
    const back = placeNames.threadWords(number);
    return [
      this.#head(note, { sign: 'comment', number: String(number), title, place: name, back }),
      ...(about === words
        ? this.#quote(note, words)
        : this.#set.paragraph(note, `About ${about}`, noteSoftLook, 2)),
      ...this.#set.comments(note, thread.comments),
      this.#set.end(),
    ];
  }

  #bookmark(title: string, name: string): void {
    const clean = cleanText(title).replaceAll('\n', ' ');
    const cut =
      clean.length <= MAX_TITLE
        ? clean
        : `${clean
            .slice(0, MAX_TITLE)
            .replace(/[\ud800-\udbff]$/, '')
            .trimEnd()}…`;
    this.#press.destinations.bookmark({ title: cut, level: 2, name });
  }

  /** The sign and the number hang before the rating; in the margin is the way back. */
  #head(note: StructureElement, head: NoteHead): FlowItem {
    const label = new StructureElement('Lbl', note);
    const colour = toneColours[head.sign];
    const { words } = this.#press;
    const set = ({ text, look }: Phrase, element: StructureElement, width: number) =>
      setLines([{ text: cleanText(text), look, about: plainly(element) }], {
        words,
        width,
        base: 'ltr',
      });
    const [number] = set({ text: head.number, look: variant(noteStrongLook, { size: 9.4 }) }, label, HANG);
    const titleElement = new StructureElement('P', note);
    const look = variant(noteStrongLook, { size: 9.4, colour });
    const titles = set({ text: head.title, look }, titleElement, notePlace.right - notePlace.left);
    const line = 14;
    return {
      height: line * titles.length,
      gap: 13,
      isGlued: false,
      draw: (top) => {
        const pages = this.#pages;
        pages.place(head.place, top - 16);
        const baseline = baselineIn(top, line, 9.4);
        pages.canvas.artifact(() =>
          pages.canvas.at(
            frame.left,
            baseline - SIGN * 0.86,
            signOperations(head.sign, SIGN, head.sign === 'open' ? barColours.open : colour),
          ),
        );
        const left = frame.left + SIGN + 5;
        if (number !== undefined) pages.line(number, { left, right: left + number.width, baseline });
        titles.forEach((each, i) =>
          pages.line(each, { left: notePlace.left, right: notePlace.right, baseline: baseline + i * line }),
        );
        this.#back(note, head.back, baseline);
      },
    };
  }

  #back(note: StructureElement, name: string | null, baseline: number): void {
    const { destinations, words } = this.#press;
    const page = name === null ? null : destinations.pageOf(name);
    if (name === null || page === null) return;
    const number = this.#pages.all.findIndex((canvas) => canvas.page === page) + 1;
    const about = plainly(new StructureElement('Reference', note), { name });
    const parts = [{ text: `↑ in the text, page ${number}`, look: marginLook, about }];
    const [line] = setLines(parts, { words, width: column.right - column.left, base: 'ltr' });
    if (line !== undefined) this.#pages.line(line, { left: column.left, right: column.right, baseline });
  }

  #quote(note: StructureElement, words: string): FlowItem[] {
    if (words.trim() === '') return [];
    const shown = quoted(words, words);
    return this.#set.text(
      new StructureElement('Quote', new StructureElement('P', note)),
      [{ text: shown, look: noteQuoteLook }],
      {
        line: noteQuoteLine,
        gap: 2.4,
        isGlued: true,
      },
    );
  }

  #verdict(note: StructureElement, verdict: ExportVerdict): FlowItem[] {
    const isWarning = verdict.standing !== 'signed_off' && verdict.standing !== 'proposed';
    const by = standingSentence(verdict);
    return [
      ...this.#set.paragraph(note, verdict.summary, noteLook, 4),
      ...(isWarning ? this.#set.warning(note, by) : this.#set.paragraph(note, by, noteSoftLook, 3)),
      ...reviewWords(verdict).flatMap((words) => this.#set.paragraph(note, words, noteSoftLook, 2)),
    ];
  }

  #facts(note: StructureElement, claim: ExportClaim): FlowItem[] {
    const words = factsOf(claim).flatMap(({ label, value }, i): Phrase[] => [
      { text: `${i === 0 ? '' : '   '}${label}\u00a0`, look: noteSoftLook },
      { text: value, look: noteLook },
    ]);
    return this.#set.text(new StructureElement('P', note), words, { gap: 4 });
  }

  #rationale(note: StructureElement, claim: ExportClaim): FlowItem[] {
    if (claim.rationale.text.trim() === '') return [];
    const setter = new BlockSetter(this.#press, this.#pages, new FigureImages(() => null), null);
    const blocks = cutIntoRuns(claim.rationale.doc);
    return this.#set.label(note, 'Why', () =>
      setter.items(blocks, { theme: noteTheme, place: notePlace, parent: note }),
    );
  }

  #evidence(note: StructureElement, evidence: readonly ExportEvidence[]): FlowItem[] {
    if (evidence.length === 0) return [];
    return this.#set.label(note, 'Evidence', () => {
      const list = new StructureElement('L', note);
      return evidence.flatMap((item) => this.#evidenceItem(list, item));
    });
  }

  #evidenceItem(list: StructureElement, item: ExportEvidence): FlowItem[] {
    const body = new StructureElement('LBody', new StructureElement('LI', list));
    const place = { ...notePlace, left: notePlace.left + 13 };
    const address = item.url === null ? null : addressOf(item.url);
    const about = aboutEvidence(item).join(', ');
    const words: Phrase[] = [
      { text: `${stanceLabels[item.stance]}: `, look: noteSoftLook },
      { text: item.title, look: noteLook, link: address },
      { text: about === '' ? '' : `  ${about}`, look: noteSoftLook },
    ];
    const [first, ...rest] = this.#set.text(new StructureElement('P', body), words, { place, gap: 3 });
    if (first === undefined) return [];
    const draw = (top: number, gap: number): void => {
      const baseline = baselineIn(top, noteLine, noteLook.size);
      const { canvas } = this.#pages;
      canvas.artifact(() =>
        canvas.at(notePlace.left, baseline - 6.6, signOperations(item.stance, 7.4, softInk)),
      );
      first.draw(top, gap);
    };
    const shownAddress = address !== null && 'address' in address ? address.address : null;
    return [
      { ...first, draw },
      ...rest,
      ...(shownAddress === null
        ? []
        : this.#set.paragraph(body, shownAddress, variant(noteSoftLook, { size: 7.4 }), 0, place)),
      ...(item.quote === null
        ? []
        : this.#set.text(
            new StructureElement('Quote', new StructureElement('P', body)),
            [
              {
                text: quoted(cleanText(item.quote), item.quote),
                look: variant(noteQuoteLook, { size: 9.2, colour: softInk }),
              },
            ],
            { place, gap: 1.5, line: 13 },
          )),
    ];
  }

  #comments(note: StructureElement, thread: ExportThread | null): FlowItem[] {
    if (thread === null || thread.comments.length === 0) return [];
    const title = thread.state === 'resolved' ? `Comments, ${threadState(thread)}` : 'Comments';
    return this.#set.label(note, title, () => this.#set.comments(note, thread.comments));
  }

  #earlier(note: StructureElement, verdicts: readonly ExportVerdict[]): FlowItem[] {
    if (verdicts.length === 0) return [];
    return this.#set.label(note, 'Earlier verdicts', () =>
      verdicts.flatMap((verdict) => this.#set.paragraph(note, earlierWords(verdict), noteSoftLook, 2)),
    );
  }
}
