/**
 * Texts with claims, and edits of them whose truth is known: every word carries an identity, so after the edit the
 * claim's place is where its own words are. For counting right and wrong answers; seeded, so a count is a fact.
 */
export interface Word {
  readonly text: string;
  /** Belongs to the claim (also a word that replaced one of its words or was put inside). */
  readonly mine: boolean;
}

/** Sentences of words; paragraphs of sentences. */
export type Sentence = readonly Word[];

export class Dice {
  constructor(private state: number) {}

  /** mulberry32: 0 ≤ x < 1. */
  roll(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(count: number): number {
    return Math.floor(this.roll() * count);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

const places = ['Germany', 'France', 'Kenya', 'Chile', 'Japan', 'Norway', 'Texas', 'Kyiv', 'Lagos', 'Porto'];
const things = [
  'unemployment',
  'revenue',
  'output',
  'inflation',
  'rainfall',
  'traffic',
  'spending',
  'debt',
  'turnout',
  'exports',
];
const verbs = ['rose', 'fell', 'climbed', 'doubled', 'shrank', 'recovered', 'stagnated', 'jumped'];
const fillers =
  'the a after before while officials said report shows that council members agreed on plan however critics minister many households new local data last year spring quarter despite because under over between public service offices closed trade unions asked review court ruling energy prices water supply railway bridge school hospital budget vote party leader crowd weather harvest'.split(
    ' ',
  );

const plain = (text: string): Sentence => text.split(' ').map((word) => ({ text: word, mine: false }));

export function prose(dice: Dice): Sentence {
  const length = 6 + dice.below(14);
  const words = Array.from({ length }, () =>
    dice.below(9) === 0 ? String(dice.below(900) + 1) : dice.pick(fillers),
  );
  return plain(`${capital(words.join(' '))}.`);
}

/** One of many that differ in a word or a figure only. */
export function template(dice: Dice): Sentence {
  return plain(
    `${capital(dice.pick(things))} in ${dice.pick(places)} ${dice.pick(verbs)} by ${dice.below(90) + 1} percent in ${1990 + dice.below(35)}.`,
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export interface Rendered {
  readonly text: string;
  /** The claim's range; null when none of its words is left. */
  readonly claim: { readonly start: number; readonly end: number } | null;
}

/** Words joined by a space, sentences too, every fifth by a line break. */
export function render(sentences: readonly Sentence[]): Rendered {
  let text = '';
  let start = -1;
  let end = -1;
  sentences.forEach((sentence, index) => {
    for (const word of sentence) {
      if (text !== '') text += word === sentence[0] && index % 5 === 0 ? '\n' : ' ';
      if (word.mine && start < 0) start = text.length;
      text += word.text;
      if (word.mine) end = text.length;
    }
  });
  return { text, claim: start < 0 ? null : { start, end } };
}

export interface Case {
  readonly before: readonly Sentence[];
  readonly after: readonly Sentence[];
}

const mark = (sentence: Sentence, from = 0, to = sentence.length): Sentence =>
  sentence.map((word, index) => ({ ...word, mine: index >= from && index < to }));
const unmark = (sentence: Sentence): Sentence => sentence.map(({ text }) => ({ text, mine: false }));

/** A text of prose and templates with one claim: a whole sentence or a part of one. */
export function textWithClaim(
  dice: Dice,
  kind: 'prose' | 'template' | 'repeated',
): { sentences: Sentence[]; at: number } {
  const sentences = Array.from({ length: 20 + dice.below(40) }, () =>
    kind === 'prose' || dice.below(2) === 0 ? prose(dice) : template(dice),
  );
  const at = 2 + dice.below(sentences.length - 4);
  if (kind !== 'prose') sentences[at] = template(dice);
  const own = sentences[at]!;
  if (kind === 'repeated') {
    const other = (at + 3 + dice.below(sentences.length - 6)) % sentences.length;
    if (other !== at) sentences[other] = own;
  }
  const isPart = dice.below(3) === 0;
  const from = isPart ? 1 + dice.below(2) : 0;
  sentences[at] = mark(own, from, isPart ? from + 3 + dice.below(3) : own.length);
  return { sentences, at };
}

export type Edit = (dice: Dice, sentences: readonly Sentence[], at: number) => Sentence[];

const replaceAt = (sentences: readonly Sentence[], at: number, ...own: Sentence[]): Sentence[] => [
  ...sentences.slice(0, at),
  ...own,
  ...sentences.slice(at + 1),
];

function changeWord(dice: Dice, sentence: Sentence): Sentence {
  const spots = sentence.flatMap((word, index) => (word.mine && !/\d/.test(word.text) ? [index] : []));
  if (spots.length < 2) return sentence;
  const spot = dice.pick(spots);
  return sentence.map((word, index) =>
    index === spot
      ? { text: `${dice.pick(fillers)}${word.text.endsWith('.') ? '.' : ''}`, mine: true }
      : word,
  );
}

function addWord(dice: Dice, sentence: Sentence): Sentence {
  const inside = sentence.flatMap((word, index) => (word.mine && sentence[index - 1]?.mine ? [index] : []));
  if (inside.length === 0) return sentence;
  const spot = dice.pick(inside);
  return [...sentence.slice(0, spot), { text: dice.pick(fillers), mine: true }, ...sentence.slice(spot)];
}

function dropWord(dice: Dice, sentence: Sentence): Sentence {
  const spots = sentence.flatMap((word, index) => (word.mine && !/\d/.test(word.text) ? [index] : []));
  if (spots.length < 5) return sentence;
  const spot = dice.pick(spots);
  return sentence.filter((_word, index) => index !== spot);
}

function changeFigure(dice: Dice, sentence: Sentence): Sentence {
  return sentence.map((word) =>
    word.mine && /^\d+/.test(word.text)
      ? { ...word, text: word.text.replace(/\d/, (figure) => String((Number(figure) % 9) + 1)) }
      : word,
  );
}

const far = (dice: Dice, sentences: readonly Sentence[], at: number): number =>
  (at + 8 + dice.below(Math.max(1, sentences.length - 14))) % sentences.length;

function without(sentences: readonly Sentence[], at: number): Sentence[] {
  return sentences.filter((_sentence, index) => index !== at);
}

function insert(sentences: readonly Sentence[], at: number, sentence: Sentence): Sentence[] {
  return [...sentences.slice(0, at), sentence, ...sentences.slice(at)];
}

/** Around the claim, inside of it, and the claim itself. */
export const edits: Readonly<Record<string, Edit>> = {
  'nothing changes': (_dice, sentences) => [...sentences],
  'sentences come before it': (dice, sentences) => [prose(dice), prose(dice), prose(dice), ...sentences],
  'the first sentence goes': (_dice, sentences) => sentences.slice(1),
  'a sentence is put right before it': (dice, sentences, at) => insert(sentences, at, prose(dice)),
  'a sentence is put right after it': (dice, sentences, at) => insert(sentences, at + 1, template(dice)),
  'the sentence before it goes': (_dice, sentences, at) => without(sentences, at - 1),
  'both neighbours are written anew': (dice, sentences, at) =>
    replaceAt(replaceAt(sentences, at - 1, prose(dice)), at + 1, prose(dice)),
  'a word in it changes': (dice, sentences, at) => replaceAt(sentences, at, changeWord(dice, sentences[at]!)),
  'two words in it change': (dice, sentences, at) =>
    replaceAt(sentences, at, changeWord(dice, changeWord(dice, sentences[at]!))),
  'a word is added in it': (dice, sentences, at) => replaceAt(sentences, at, addWord(dice, sentences[at]!)),
  'a word of it goes': (dice, sentences, at) => replaceAt(sentences, at, dropWord(dice, sentences[at]!)),
  'a figure in it changes': (dice, sentences, at) =>
    replaceAt(sentences, at, changeFigure(dice, sentences[at]!)),
  'a word in it and the sentence before change': (dice, sentences, at) =>
    replaceAt(replaceAt(sentences, at, changeWord(dice, sentences[at]!)), at - 1, prose(dice)),
  'its sentence moves': (dice, sentences, at) =>
    insert(without(sentences, at), far(dice, sentences, at), sentences[at]!),
  'its sentence moves and a word changes': (dice, sentences, at) =>
    insert(without(sentences, at), far(dice, sentences, at), changeWord(dice, sentences[at]!)),
  'its sentence goes': (_dice, sentences, at) => without(sentences, at),
  'its sentence is replaced by another of the kind': (dice, sentences, at) =>
    replaceAt(sentences, at, template(dice)),
  'its sentence goes and the one before changes': (dice, sentences, at) =>
    without(replaceAt(sentences, at - 1, prose(dice)), at),
  'a copy of it appears elsewhere': (dice, sentences, at) =>
    insert(sentences, far(dice, sentences, at), unmark(sentences[at]!)),
  'a word in it changes and a copy of the old appears elsewhere': (dice, sentences, at) =>
    insert(
      replaceAt(sentences, at, changeWord(dice, sentences[at]!)),
      far(dice, sentences, at),
      unmark(sentences[at]!),
    ).slice(),
  'a figure in it changes and a copy of the old appears elsewhere': (dice, sentences, at) =>
    insert(
      replaceAt(sentences, at, changeFigure(dice, sentences[at]!)),
      far(dice, sentences, at),
      unmark(sentences[at]!),
    ),
  'the text is shuffled by paragraphs': (_dice, sentences) => [
    ...sentences.slice(15),
    ...sentences.slice(0, 15),
  ],
};
