/**
 * Some ten thousand edited texts with known truth. The counts are exact for the seed: a change of a threshold shows
 * here first. The rule that never bends is the first one: no sure answer on wrong words.
 */
import { describe, expect, test } from 'vitest';
import { describeQuote, reanchor, SURE } from '#core/anchor/quote.ts';
import { Dice, edits, render, textWithClaim, type Rendered } from './edited-texts.ts';

type Outcome = 'right' | 'question' | 'none' | 'wrong';

/** Sure answers that share half with the truth or more are right; without truth, no answer is. */
function outcome(after: Rendered, found: ReturnType<typeof reanchor>): Outcome {
  if (found === null) return after.claim === null ? 'right' : 'none';
  if (found.confidence < SURE) return 'question';
  if (after.claim === null) return 'wrong';
  const shared = Math.min(found.end, after.claim.end) - Math.max(found.start, after.claim.start);
  const whole = Math.max(found.end, after.claim.end) - Math.min(found.start, after.claim.start);
  return shared / whole > 0.5 ? 'right' : 'wrong';
}

type Kind = 'prose' | 'template' | 'repeated';

function count(kind: Kind, name: string, knowsCopies: boolean): Record<Outcome, number> {
  const counts = { right: 0, question: 0, none: 0, wrong: 0 };
  const edit = edits[name]!;
  for (let seed = 1; seed <= 60; seed += 1) {
    const dice = new Dice(seed * 7919);
    const { sentences, at } = textWithClaim(dice, kind);
    const before = render(sentences);
    const after = render(edit(dice, sentences, at));
    const { start, end } = before.claim!;
    const quote = describeQuote(before.text, start, end);
    const found = reanchor(after.text, {
      ...quote,
      copies: knowsCopies ? quote.copies : undefined,
      start,
      end,
    });
    counts[outcome(after, found)] += 1;
  }
  return counts;
}

const kinds: readonly Kind[] = ['prose', 'template', 'repeated'];

describe('edited texts', () => {
  test.each(Object.keys(edits))('AN13: no sure answer is wrong when %s', (name) => {
    for (const kind of kinds) {
      for (const knowsCopies of [true, false]) {
        expect({ kind, knowsCopies, wrong: count(kind, name, knowsCopies).wrong }).toEqual({
          kind,
          knowsCopies,
          wrong: 0,
        });
      }
    }
  });

  /** The least share of right answers in prose, in per cent, with the number of copies known. */
  const least: readonly (readonly [string, number])[] = [
    ['nothing changes', 100],
    ['sentences come before it', 100],
    ['a sentence is put right before it', 100],
    ['the sentence before it goes', 100],
    ['both neighbours are written anew', 98],
    ['a word in it changes', 98],
    ['two words in it change', 85],
    ['a word is added in it', 98],
    ['a word of it goes', 98],
    ['its sentence moves', 97],
    ['its sentence goes', 95],
    ['a copy of it appears elsewhere', 98],
    ['the text is shuffled by paragraphs', 100],
  ];
  test.each(least)('AN13: when %s, at least %i per cent of the answers are right', (name, share) => {
    expect((count('prose', name, true).right / 60) * 100).toBeGreaterThanOrEqual(share);
  });
});
