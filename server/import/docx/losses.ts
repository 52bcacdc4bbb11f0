/**
 * What a Word file holds that a report cannot: counted while reading, said in sentences at the end. Whatever is left
 * out of the text goes through here.
 */
import { AROUND_OWN_TEXT } from '../own-file.ts';

type Sentence = (count: number) => string;

const few =
  (one: string, more: string): Sentence =>
  (count) =>
    count === 1 ? one : more.replace('#', count.toLocaleString('en'));

const sentences = {
  hidden: few('One stretch of hidden words was left out', '# stretches of hidden words were left out'),
  formatting: few(
    'One tracked change of formatting was ignored',
    '# tracked changes of formatting were ignored',
  ),
  tableChange: few(
    'One tracked change of a table’s rows or cells is not kept as a suggestion',
    '# tracked changes of tables’ rows or cells are not kept as suggestions',
  ),
  insertedRow: few(
    'One table row that somebody proposes to insert was left out',
    '# table rows that somebody proposes to insert were left out',
  ),
  paragraphChange: few(
    'One tracked change of a paragraph break alone is not kept as a suggestion',
    '# tracked changes of paragraph breaks alone are not kept as suggestions',
  ),
  withdrawn: few(
    'One insertion that was itself deleted again was left out',
    '# insertions that were themselves deleted again were left out',
  ),
  insertedThing: few(
    'One picture, note or box that somebody proposes to insert was left out',
    '# pictures, notes or boxes that somebody proposes to insert were left out',
  ),
  picture: few('One picture was left out', '# pictures were left out'),
  embedded: few('One embedded object was left out', '# embedded objects were left out'),
  chart: few('One chart or diagram was left out', '# charts or diagrams were left out'),
  drawing: few('One drawing without words was left out', '# drawings without words were left out'),
  unsafeLink: few(
    'One link that leads neither to the web nor to an e-mail address was left out; its words are kept',
    '# links that lead neither to the web nor to e-mail addresses were left out; their words are kept',
  ),
  innerLink: few(
    'One link to a place in the document itself is kept as words only',
    '# links to places in the document itself are kept as words only',
  ),
  symbol: few(
    'One symbol of a special font could not be told and stands as �',
    '# symbols of special fonts could not be told and stand as �',
  ),
  headingNumber: few(
    'The number before one heading was left out',
    'The numbers before # headings were left out',
  ),
  otherFormat: few('One part in another format was left out', '# parts in other formats were left out'),
  missingNote: few(
    'One footnote or endnote is missing in the file',
    '# footnotes or endnotes are missing in the file',
  ),
  commentPicture: few('One picture in a comment was left out', '# pictures in comments were left out'),
  missingComment: few(
    'One comment that the text refers to is missing in the file',
    '# comments that the text refers to are missing in the file',
  ),
  unplacedComment: few(
    'One comment stands nowhere in the text; it is kept as one on the whole',
    '# comments stand nowhere in the text; they are kept as comments on the whole',
  ),
  aroundText: () => AROUND_OWN_TEXT,
  headers: () => 'Headers and footers were left out',
  macros: () => 'The macros of the file were left out',
  strayParts: few(
    'One part with a name that leads out of the file was left out',
    '# parts with names that lead out of the file were left out',
  ),
  controls: few('One control character was left out', '# control characters were left out'),
} satisfies Record<string, Sentence>;

export type Loss = keyof typeof sentences;

/** Examples given of one kind, and how long each may be. */
const MAX_EXAMPLES = 3;
const MAX_EXAMPLE_LENGTH = 80;

export class Losses {
  private readonly found = new Map<Loss, { count: number; readonly examples: string[] }>();

  /** `example` is shown with the sentence: the words, or what kind it was. */
  add(loss: Loss, example: string | null = null, count = 1): void {
    const known = this.found.get(loss) ?? { count: 0, examples: [] };
    this.found.set(loss, known);
    known.count += count;
    const words = (example ?? '').slice(0, 1_000).replace(/\s+/g, ' ').trim();
    if (words === '' || known.examples.length >= MAX_EXAMPLES) return;
    const short = words.length > MAX_EXAMPLE_LENGTH ? `${words.slice(0, MAX_EXAMPLE_LENGTH - 1)}…` : words;
    const said = /^[“(]/.test(short) ? short : `“${short}”`;
    if (!known.examples.includes(said)) known.examples.push(said);
  }

  /** In the order in which they were met. */
  sentences(): string[] {
    return [...this.found].map(([loss, { count, examples }]) => {
      const said: Sentence = sentences[loss];
      return `${said(count)}${examples.length === 0 ? '' : `: ${examples.join('; ')}`}.`;
    });
  }
}
