/** What stands in a run (`w:r`): words and everything that Word treats as a character. */
import type { Change } from './changes.ts';
import { chosenBranch } from './choice.ts';
import { readDrawing } from './drawing.ts';
import { formattingOf } from './formatting.ts';
import { NO_MARKS, type Marks } from './pen.ts';
import { plainText, rubyText, textOf } from './plain.ts';
import { readCommentMark, type Story } from './story.ts';
import type { ResolvedStyle } from './styles.ts';
import { symbolOf } from './symbols.ts';
import { charactersOf, childOf, childrenOf, elementsOf, switchOf, valueOf, type XmlElement } from './xml.ts';

/** What holds at a place in a paragraph. */
export interface Place {
  readonly style: ResolvedStyle;
  readonly isHeading: boolean;
  readonly change: Change | null;
  readonly href: string | null;
}

export function readRun(story: Story, run: XmlElement, place: Place): void {
  const properties = childOf(run, 'w:rPr');
  const { names, isHidden } = formattingOf(properties, place.style, place.isHeading, story.styles);
  if (childOf(properties, 'w:rPrChange') !== null) story.losses.add('formatting');
  if (isHidden) return readHidden(story, run);
  if (story.styles.character(valueOf(properties, 'w:rStyle')).role === 'figure')
    return story.losses.add('picture', plainText(run, 'before'));
  const href = place.href ?? story.links.kept(story.pen.fields.href);
  // A link looks underlined everywhere.
  const marks = { names: href === null ? names : names.filter((name) => name !== 'underline'), href };
  for (const child of elementsOf(run)) readPiece(story, child, marks, place);
}

/** Fields and comments still count in words that are not shown. */
function readHidden(story: Story, run: XmlElement): void {
  if (!story.pen.fields.isInCode) {
    const words = plainText(run, 'before');
    if (words !== '') story.losses.add('hidden', words);
  }
  for (const child of elementsOf(run)) {
    if (child.name === 'w:fldChar') readFieldMark(story, child, null);
    else if (child.name === 'w:instrText') story.pen.fields.addCode(charactersOf(child));
    else readCommentMark(story, child);
  }
}

function readPiece(story: Story, piece: XmlElement, marks: Marks, place: Place): void {
  const { pen } = story;
  const { change } = place;
  switch (piece.name) {
    case 'w:t':
    case 'w:delText':
      return pen.words(textOf(piece), marks, change);
    case 'w:tab':
    case 'w:ptab':
      return pen.words('\t', marks, change);
    case 'w:br':
      return /^(page|column)$/.test(piece.attributes['w:type'] ?? '')
        ? pen.pageBreak(change)
        : pen.lineBreak(change);
    case 'w:cr':
      return pen.lineBreak(change);
    case 'w:noBreakHyphen':
      return pen.words('\u2011', marks, change);
    case 'w:softHyphen':
      return pen.words('\u00ad', marks, change);
    case 'w:sym':
      return pen.words(symbol(story, piece), marks, change);
    case 'w:ruby':
      return pen.words(rubyText(piece, 'before'), marks, change);
    case 'w:instrText':
      return pen.fields.addCode(charactersOf(piece));
    case 'w:fldChar':
      return readFieldMark(story, piece, change);
    case 'w:footnoteReference':
      return readNoteMark(story, 'footnote', piece, change);
    case 'w:endnoteReference':
      return readNoteMark(story, 'endnote', piece, change);
    case 'w:drawing':
    case 'w:pict':
    case 'w:object':
      return readDrawing(story, piece, change);
    case 'mc:AlternateContent':
      return readBranch(story, piece, marks, place);
    default:
      readCommentMark(story, piece);
  }
}

function readBranch(story: Story, alternatives: XmlElement, marks: Marks, place: Place): void {
  const branch = chosenBranch(alternatives);
  for (const piece of branch === null ? [] : elementsOf(branch)) readPiece(story, piece, marks, place);
}

function symbol(story: Story, piece: XmlElement): string {
  const { 'w:font': font = '', 'w:char': code = '' } = piece.attributes;
  const character = symbolOf(font, code);
  if (character === null) story.losses.add('symbol', `${font} ${code}`);
  return character ?? '\ufffd';
}

function readNoteMark(
  story: Story,
  kind: 'footnote' | 'endnote',
  mark: XmlElement,
  change: Change | null,
): void {
  if (change !== null && change.kind !== 'delete') return story.losses.add('insertedThing');
  const number = story.notes.numberOf(kind, mark.attributes['w:id'] ?? '');
  if (number !== null) story.pen.words(`[${number}]`, NO_MARKS, change);
}

function readFieldMark(story: Story, mark: XmlElement, change: Change | null): void {
  const { pen } = story;
  switch (mark.attributes['w:fldCharType']) {
    case 'begin':
      pen.words(formWords(childOf(mark, 'w:ffData')), NO_MARKS, change);
      return pen.fields.begin();
    case 'separate':
      return pen.fields.separate();
    case 'end':
      return pen.fields.end();
    default:
      return;
  }
}

/** What a form's check box or list says; its text fields have a result. */
function formWords(form: XmlElement | null): string {
  const box = childOf(form, 'w:checkBox');
  if (box !== null) return (switchOf(box, 'w:checked') ?? switchOf(box, 'w:default')) === true ? '☒' : '☐';
  const list = childOf(form, 'w:ddList');
  if (list === null) return '';
  const chosen = Number(valueOf(list, 'w:result') ?? valueOf(list, 'w:default') ?? 0);
  return childrenOf(list, 'w:listEntry')[chosen]?.attributes['w:val'] ?? '';
}
