/**
 * Words of a page that do not come along, counted by the reason: a reader must be able to see that there was more. A
 * part that is left out is told once, by what left it out, whatever stands in it.
 */

/** Null: nothing that anybody would read. */
export type SkipReason = 'hidden' | 'controls' | 'noscript' | null;

const list = (names: string): ReadonlySet<string> => new Set(names.split(' '));
const controls = list('button textarea select datalist');
const alternatives = list('noscript noframes noembed');
const unread = list('script style iframe frame frameset object embed svg math canvas audio video map rp');

const phrases = {
  hidden: 'that the page does not show',
  controls: 'on buttons and in form fields',
  noscript: 'for browsers without scripts or frames',
} as const;
const reasons = ['hidden', 'controls', 'noscript'] as const;

export function reasonFor(name: string, attributes: Readonly<Record<string, string>>): SkipReason {
  if (alternatives.has(name)) return 'noscript';
  if (controls.has(name)) return 'controls';
  // Word repeats the numbers and bullets of its lists for programs that know no lists.
  if (unread.has(name) || /mso-list\s*:\s*ignore/i.test(attributes['style'] ?? '')) return null;
  return 'hidden';
}

export class SkippedWords {
  readonly #counts = { hidden: 0, controls: 0, noscript: 0 };
  #reason: SkipReason = null;
  #text = '';

  /** Where leaving out begins, at the outermost part. */
  begin(reason: SkipReason): void {
    this.#reason = reason;
  }

  /** What stands in it; without a reason it is not counted. */
  add(text: string): void {
    if (this.#reason !== null) this.#text += text;
  }

  /** Between two parts words end. */
  space(): void {
    if (this.#text !== '') this.#text += ' ';
  }

  end(): void {
    if (this.#reason !== null) this.#counts[this.#reason] += countIn(this.#text);
    this.#reason = null;
    this.#text = '';
  }

  *sentences(): Generator<string> {
    for (const reason of reasons) {
      const count = this.#counts[reason];
      if (count > 0) yield `${inWords(count)} ${phrases[reason]} ${count === 1 ? 'was' : 'were'} left out.`;
    }
  }

  /** All in one sentence, for a page whose furniture has such words by the hundred; null: there are none. */
  inOneSentence(): string | null {
    const parts = reasons.filter((reason) => this.#counts[reason] > 0);
    if (parts.length === 0) return null;
    const all = reasons.reduce((sum, reason) => sum + this.#counts[reason], 0);
    const where = parts.map((reason) => phrases[reason]).join(', or ');
    return `${inWords(all)} ${where} ${all === 1 ? 'was' : 'were'} left out.`;
  }
}

function inWords(count: number): string {
  return count === 1 ? 'One word' : `${count.toLocaleString('en')} words`;
}

function countIn(text: string): number {
  return text.match(/[^\s]*[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;
}
