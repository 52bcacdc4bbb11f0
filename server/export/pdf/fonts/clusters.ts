/** Which glyphs stand for which part of a word: so that what is copied is what was written, in every script. */

/** Steer how letters join; drawn by nothing. */
export const joiner = /[\u200c\u200d]/;

export interface PlacedGlyph {
  readonly id: number;
  /** The characters that the shaper says it stands for; none of a part of a letter. */
  readonly own: string;
  /** Steers the shaper and draws nothing. */
  readonly isJoiner: boolean;
  /** Units of the font, from the start of the word. */
  readonly x: number;
  readonly y: number;
  readonly advance: number;
}

export interface Cluster {
  /** Null: only text. */
  readonly glyph: PlacedGlyph | null;
  /** Drawn with it, without a text of their own: the dots of Arabic letters, parts of Indic ones. */
  readonly extra: PlacedGlyph[];
  readonly text: string;
}

/**
 * Which part of the text each glyph stands for, in the order of the text. Where the glyphs' own characters are the
 * text, each has its own. Else (letters change places, or are taken apart and put together) the characters are
 * dealt out one by one, so that the whole reads right. From right to left a glyph of several characters gets
 * the first, and the others stand beside it with nothing to see: readers turn the order of codes around, and some
 * not that of the characters of one code.
 */
export function clustersOf(glyphs: readonly PlacedGlyph[], text: string, isRightToLeft: boolean): Cluster[] {
  const characters = Array.from(text);
  const letters = characters.filter((each) => !joiner.test(each));
  const isOwn = glyphs.map((glyph) => glyph.own).join('') === letters.join('');
  const clusters: Cluster[] = [];
  const takers = glyphs.filter((glyph) => glyph.own !== '').length || glyphs.length;
  let taken = 0;
  glyphs.forEach((glyph) => {
    const isTaker = glyph.own !== '' || takers === glyphs.length;
    const dealt = taken === takers - 1 ? letters.slice(taken).join('') : (letters[taken] ?? '');
    const own = isOwn ? glyph.own : isTaker ? dealt : '';
    if (isTaker) taken += 1;
    const last = clusters.at(-1);
    if (own === '' && last !== undefined) last.extra.push(glyph);
    else clusters.push({ glyph, extra: [], text: own });
  });
  return withJoiners(clusters, characters).flatMap((cluster) =>
    isRightToLeft ? single(cluster) : [cluster],
  );
}

/** Joiners are drawn by nothing but belong to the text. */
function withJoiners(clusters: readonly Cluster[], characters: readonly string[]): Cluster[] {
  if (!characters.some((each) => joiner.test(each))) return [...clusters];
  const out: Cluster[] = [];
  let at = 0;
  const takeJoiners = (): void => {
    for (let next = characters[at] ?? ''; joiner.test(next); next = characters[at] ?? '') {
      out.push({ glyph: null, extra: [], text: next });
      at += 1;
    }
  };
  for (const cluster of clusters) {
    takeJoiners();
    out.push(cluster);
    at += Array.from(cluster.text).length;
  }
  takeJoiners();
  return out;
}

function single(cluster: Cluster): Cluster[] {
  const [first = '', ...rest] = Array.from(cluster.text);
  return [{ ...cluster, text: first }, ...rest.map((text) => ({ glyph: null, extra: [], text }))];
}
