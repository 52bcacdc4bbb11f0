/**
 * Which installed font file has which characters. The packages split a family into files by ranges of Unicode (a
 * Chinese one into a hundred), told by their `unicode.json`; a file is read only when a character of it is met.
 * All are under the SIL Open Font License; docs/decisions/0007-fonts-of-the-pdf.md tells why these.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export type FamilyName =
  | 'serif'
  | 'serif-italic'
  | 'sans'
  | 'sans-italic'
  | 'mono'
  | 'arabic'
  | 'hebrew'
  | 'devanagari'
  | 'thai'
  | 'chinese'
  | 'japanese'
  | 'korean'
  | 'math'
  | 'symbols'
  | 'emoji';

interface Family {
  readonly package: string;
  /** The file of a subset, `*` standing for its name. */
  readonly file: string;
  /** Only these subsets; all when it is left out. */
  readonly subsets?: readonly string[];
  /** One file has it all, whatever `unicode.json` says. */
  readonly whole?: string;
  /** How much larger its letters are set, to look as large as Latin ones beside them. */
  readonly scale?: number;
}

const variable = '@fontsource-variable';
const families: Readonly<Record<FamilyName, Family>> = {
  serif: { package: `${variable}/source-serif-4`, file: 'source-serif-4-*-wght-normal' },
  'serif-italic': { package: `${variable}/source-serif-4`, file: 'source-serif-4-*-wght-italic' },
  sans: { package: `${variable}/inter`, file: 'inter-*-wght-normal' },
  'sans-italic': { package: `${variable}/inter`, file: 'inter-*-wght-italic' },
  mono: { package: `${variable}/noto-sans-mono`, file: 'noto-sans-mono-*-wght-normal' },
  arabic: {
    package: `${variable}/noto-naskh-arabic`,
    file: 'noto-naskh-arabic-*-wght-normal',
    subsets: ['arabic'],
    scale: 1.12,
  },
  hebrew: {
    package: `${variable}/noto-serif-hebrew`,
    file: 'noto-serif-hebrew-*-wght-normal',
    subsets: ['hebrew'],
  },
  devanagari: {
    package: `${variable}/noto-sans-devanagari`,
    file: 'noto-sans-devanagari-*-wght-normal',
    subsets: ['devanagari'],
  },
  thai: { package: `${variable}/noto-sans-thai`, file: 'noto-sans-thai-*-wght-normal', subsets: ['thai'] },
  chinese: { package: `${variable}/noto-sans-sc`, file: 'noto-sans-sc-*-wght-normal', scale: 0.96 },
  japanese: { package: `${variable}/noto-sans-jp`, file: 'noto-sans-jp-*-wght-normal', scale: 0.96 },
  korean: { package: `${variable}/noto-sans-kr`, file: 'noto-sans-kr-*-wght-normal', scale: 0.96 },
  math: { package: '@fontsource/noto-sans-math', file: 'noto-sans-math-*-400-normal', whole: 'latin' },
  symbols: { package: '@fontsource/noto-sans-symbols-2', file: 'noto-sans-symbols-2-*-400-normal' },
  emoji: { package: `${variable}/noto-emoji`, file: 'noto-emoji-*-wght-normal', scale: 0.9 },
};

interface Range {
  readonly from: number;
  readonly to: number;
  readonly subset: string;
}

const { resolve } = createRequire(import.meta.url);
const rangesOf = new Map<FamilyName, readonly Range[]>();

/** The subsets of a family that may have a character, by their ranges; the file's own table has the last word. */
export function subsetsWith(family: FamilyName, codePoint: number): string[] {
  const { whole } = families[family];
  if (whole !== undefined) return [whole];
  return rangesIn(family)
    .filter((range) => range.from <= codePoint && codePoint <= range.to)
    .map((range) => range.subset);
}

/** The file of a subset, as it is on the disk (WOFF2). */
export function readFontFile(family: FamilyName, subset: string): Uint8Array {
  const { package: name, file } = families[family];
  return readFileSync(resolve(`${name}/files/${file.replace('*', subset)}.woff2`));
}

export function scaleOf(family: FamilyName): number {
  return families[family].scale ?? 1;
}

function rangesIn(family: FamilyName): readonly Range[] {
  const known = rangesOf.get(family);
  if (known !== undefined) return known;
  const { package: name, subsets } = families[family];
  const json: unknown = JSON.parse(readFileSync(resolve(`${name}/unicode.json`), 'utf8'));
  const ranges = Object.entries(Object(json))
    .map(([key, list]): [string, string] => [key.replace(/[[\]]/g, ''), String(list)])
    .filter(([subset]) => subsets === undefined || subsets.includes(subset))
    .flatMap(([subset, list]) => list.split(',').map((range) => parseRange(range, subset)));
  rangesOf.set(family, ranges);
  return ranges;
}

/** "U+4e00-4e0f" or "U+4e00". */
function parseRange(text: string, subset: string): Range {
  const [from = '', to = from] = text.trim().replace(/^U\+/i, '').split('-');
  return { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16), subset };
}
