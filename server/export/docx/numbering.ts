/**
 * Lists as Word numbers them: one definition for bullets and one for numbers, each with nine levels. Bullets share
 * one list; every numbered list is one of its own, since that is what makes it begin at its own number.
 */
import { xmlHead } from '../office/xml.ts';
import { w } from './namespaces.ts';

/** Word has no more levels. */
export const LAST_LEVEL = 8;
/** Between two levels, in twentieths of a point. */
export const LEVEL_INDENT = 560;
export const HANGING = 360;
/** Word opens files with more only slowly; the lists after these go on counting in the last one. */
const MAX_LISTS = 2_000;
const MAX_START = 32_767;
const BULLET_LIST = 1;
const bullets = ['•', '◦', '▪'];

export class Numbering {
  readonly #lists: string[] = [];

  get bulletList(): number {
    return BULLET_LIST;
  }

  /** A new numbered list, by its number. */
  numberedList(level: number, start: number): number {
    if (this.#lists.length < MAX_LISTS) {
      const id = BULLET_LIST + 1 + this.#lists.length;
      const first = Math.min(Math.max(0, start), MAX_START);
      this.#lists.push(
        `<w:num w:numId="${id}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="${first}"/></w:lvlOverride></w:num>`,
      );
    }
    return BULLET_LIST + this.#lists.length;
  }

  toXml(): string {
    return `${xmlHead}<w:numbering ${w}>${definition(0, bulletLevel)}${definition(1, numberLevel)}<w:num w:numId="${BULLET_LIST}"><w:abstractNumId w:val="0"/></w:num>${this.#lists.join('')}</w:numbering>`;
  }
}

function definition(id: number, level: (index: number) => string): string {
  const levels = Array.from({ length: LAST_LEVEL + 1 }, (_, index) => {
    const left = LEVEL_INDENT * (index + 1);
    return `<w:lvl w:ilvl="${index}">${level(index)}<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${left}" w:hanging="${HANGING}"/></w:pPr></w:lvl>`;
  });
  return `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="hybridMultilevel"/>${levels.join('')}</w:abstractNum>`;
}

function bulletLevel(index: number): string {
  return `<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="${bullets[index % bullets.length]}"/>`;
}

function numberLevel(index: number): string {
  return `<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%${index + 1}."/>`;
}
