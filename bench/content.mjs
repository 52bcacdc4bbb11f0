/** A report of any length, the same each time: made of words, so that nobody's text is in the repository. */
import { ask } from './server.mjs';

const WORDS =
  'the report says that officials met in the capital on Monday and agreed to publish figures which earlier statements had put far lower than what witnesses described after the alert ended near the border where two crews waited for orders from a council that never came'.split(
    ' ',
  );
const WORDS_IN_SENTENCE = 14;
const SENTENCES_IN_PARAGRAPH = 6;

/** Numbers from a seed (mulberry32). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Paragraphs of sentences; each sentence has a number of its own, so that quotations can be told apart. */
export function makeText(words, seed = 1) {
  const random = randomFrom(seed);
  const paragraphs = [];
  const sentences = [];
  for (let made = 0; made < words; made += WORDS_IN_SENTENCE) {
    const chosen = Array.from(
      { length: WORDS_IN_SENTENCE - 2 },
      () => WORDS[Math.floor(random() * WORDS.length)],
    );
    sentences.push(`Point ${made / WORDS_IN_SENTENCE + 1} ${chosen.join(' ')}.`);
    if (sentences.length === SENTENCES_IN_PARAGRAPH) paragraphs.push(sentences.splice(0).join(' '));
  }
  if (sentences.length > 0) paragraphs.push(sentences.join(' '));
  return paragraphs.join('\n\n');
}

/** Claims spread over the text, every third overlapping the one before it. */
export function spreadRanges(length, count) {
  const step = Math.floor((length - 200) / count);
  return Array.from({ length: count }, (_, i) => {
    const start = i * step - (i % 3 === 2 ? Math.floor(step * 0.8) : 0);
    return { start, end: start + 60 + (i % 5) * 12 };
  });
}

/**
 * Imports a report with claims: every third has a comment, the ones after them evidence; or each has `comments` of them.
 * Answers its id and how long the claims took.
 */
export async function makeReport(server, { words, claims, comments }) {
  const { id } = await ask(server, 'POST', '/reports', {
    title: `${words} words, ${claims} claims`,
    text: makeText(words),
  });
  const text = await ask(server, 'GET', `/reports/${id}/text`);
  const claimTimes = [];
  const ids = [];
  for (const [i, range] of spreadRanges(text.length, claims).entries()) {
    const started = performance.now();
    const selector = { type: 'TextPositionSelector', ...range };
    const claim = await ask(server, 'POST', `/reports/${id}/claims`, {
      selector,
      rationale: `Reason ${i}: the record of that day says otherwise.`,
    });
    claimTimes.push(performance.now() - started);
    ids.push(claim.id);
    for (let n = 0; n < (comments ?? (i % 3 === 0 ? 1 : 0)); n++)
      await ask(server, 'POST', `/claims/${claim.id}/comments`, {
        body: `Who has seen the source of number ${i}?`,
      });
    if (i % 3 === 1)
      await ask(server, 'POST', `/claims/${claim.id}/evidence`, {
        title: `Record ${i}`,
        url: `https://example.org/${i}`,
        stance: 'supports',
      });
  }
  return { id, text, claimIds: ids, claimTimes };
}
