/**
 * A paragraph (`w:p`): what it is by its style, and the runs in it with the links, fields and changes around them. A
 * paragraph whose mark somebody inserted goes on in the next one: in the text before the changes they are one.
 */
import { changeOf, type Change } from './changes.ts';
import { chosenBranch } from './choice.ts';
import { hrefOfCode } from './fields.ts';
import { mathText } from './math.ts';
import type { BlockFlow } from './numbering.ts';
import { NO_MARKS } from './pen.ts';
import { plainText } from './plain.ts';
import { readRun, type Place } from './run.ts';
import { readCommentMark, type Story } from './story.ts';
import {
  headingOf,
  numberingOf,
  type NumberingRef,
  type ParagraphRole,
  type ResolvedStyle,
} from './styles.ts';
import { childOf, childrenOf, elementsOf, valueOf, type XmlElement } from './xml.ts';

const MARK_CHANGES = ['w:ins', 'w:del', 'w:moveTo', 'w:moveFrom'] as const;
const IGNORED: ReadonlySet<string> = new Set([
  'w:pPr',
  'w:sdtPr',
  'w:smartTagPr',
  'w:customXmlPr',
  'w:fldData',
]);

export class ParagraphReader {
  /** Whether the last paragraph goes on in the next, and what ends it then. */
  private isJoined = false;
  private isLineOpen = false;

  constructor(private readonly story: Story) {}

  read(paragraph: XmlElement, flow: BlockFlow): void {
    const { pen, losses } = this.story;
    const properties = childOf(paragraph, 'w:pPr');
    const style = this.story.styles.paragraph(valueOf(properties, 'w:pStyle'));
    const role = roleOf(properties, style);
    const isHeading = typeof role === 'object' || role === 'title';
    if (role === 'rule') this.rule(flow);
    if (childOf(properties, 'w:pPrChange') !== null) losses.add('formatting');
    if (!this.isJoined)
      pen.begin(() => this.open(role, refOf(properties, style), paragraph, flow), role === 'code');
    this.isJoined = false;
    this.inline(paragraph, { style, isHeading, change: null, href: null });
    pen.fields.endParagraph();
    this.endMark(markChange(properties));
  }

  /** Ends a paragraph that was to go on in the next, where no next one comes. */
  finish(): void {
    if (this.isJoined) this.end();
    this.isJoined = false;
  }

  private rule(flow: BlockFlow): void {
    flow.move(null, false);
    this.story.pen.builder.rule();
  }

  private open(role: ParagraphRole, ref: NumberingRef | null, paragraph: XmlElement, flow: BlockFlow): void {
    const { story } = this;
    const list = story.numbering.place(ref);
    const level = role === 'title' ? 1 : typeof role === 'object' ? role.heading : null;
    if (role === 'title') story.title ??= plainText(paragraph, 'before').replace(/\s+/g, ' ');
    flow.move(level === null ? list : null, role === 'quote');
    if (role === 'code') story.pen.builder.openLine('code_block');
    this.isLineOpen = level !== null || role === 'code';
    if (level === null) return;
    if (list?.isOrdered === true) story.losses.add('headingNumber');
    story.pen.builder.openLine('heading', level);
  }

  /** The end of a paragraph is a character that can be inserted or deleted too. */
  private endMark(change: Change | null): void {
    const { changes, isBegun } = this.story.pen;
    if (change?.kind === 'insert' || change?.kind === 'withdrawn') {
      if (change.kind === 'insert') changes.inserted(change, '\n');
      // One that is wholly inserted leaves the next as it is.
      this.isJoined = isBegun;
      return;
    }
    if (change === null) {
      changes.kept('\n');
      this.end();
    } else changes.deleted(change, '\n', () => this.end());
  }

  private end(): void {
    const { pen } = this.story;
    pen.end();
    if (this.isLineOpen) pen.builder.close();
    this.isLineOpen = false;
    pen.flush();
  }

  private inline(parent: XmlElement, place: Place): void {
    for (const child of elementsOf(parent)) this.piece(child, place);
  }

  private piece(element: XmlElement, place: Place): void {
    const { story } = this;
    if (IGNORED.has(element.name) || readCommentMark(story, element)) return;
    switch (element.name) {
      case 'w:r':
        return readRun(story, element, place);
      case 'w:hyperlink':
        return this.inline(element, { ...place, href: this.addressOf(element) ?? place.href });
      case 'w:fldSimple':
        return this.inline(element, {
          ...place,
          href: story.links.kept(hrefOfCode(element.attributes['w:instr'] ?? '')) ?? place.href,
        });
      case 'm:oMathPara':
        return this.equations(element, place);
      case 'm:oMath':
        return story.pen.words(mathText(element), NO_MARKS, place.change);
      case 'mc:AlternateContent': {
        const branch = chosenBranch(element);
        return branch === null ? undefined : this.inline(branch, place);
      }
      case 'w:subDoc':
        return story.losses.add('otherFormat');
      default:
        return this.inline(element, { ...place, change: changeOf(element, place.change) });
    }
  }

  private equations(element: XmlElement, place: Place): void {
    childrenOf(element, 'm:oMath').forEach((equation, i) => {
      if (i > 0) this.story.pen.lineBreak(place.change);
      this.story.pen.words(mathText(equation), NO_MARKS, place.change);
    });
  }

  private addressOf({ attributes }: XmlElement): string | null {
    const id = attributes['r:id'];
    const anchor = attributes['w:anchor'] ?? '';
    const target = id === undefined ? '' : (this.story.relations.get(id)?.target ?? '');
    return this.story.links.kept(anchor === '' ? target : `${target}#${anchor}`);
  }
}

/** What stands at the paragraph itself decides over its style. */
function roleOf(properties: XmlElement | null, style: ResolvedStyle): ParagraphRole {
  const outline = valueOf(properties, 'w:outlineLvl');
  if (outline === null || style.role === 'title') return style.role;
  const heading = headingOf(outline);
  if (heading !== null) return { heading };
  return typeof style.role === 'object' ? 'body' : style.role;
}

function refOf(properties: XmlElement | null, style: ResolvedStyle): NumberingRef | null {
  const direct = numberingOf(properties);
  if (direct === null) return style.numbering;
  return {
    numId: direct.numId ?? style.numbering?.numId ?? null,
    level: direct.level ?? style.numbering?.level ?? null,
  };
}

function markChange(properties: XmlElement | null): Change | null {
  const mark = childOf(properties, 'w:rPr');
  let change: Change | null = null;
  for (const name of MARK_CHANGES) {
    const found = childOf(mark, name);
    if (found !== null) change = changeOf(found, change);
  }
  return change;
}
