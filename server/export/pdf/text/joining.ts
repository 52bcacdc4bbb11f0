/**
 * Whether two letters beside each other are joined, in the scripts where letters are (Arabic, Syriac and others):
 * most join to both sides, some only to the one before, marks are seen through.
 */
const joiningLetter =
  /[\u0620\u0622-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0710-\u072f\u074d-\u077f\u08a0-\u08c9]/;
const joinsOnlyBack =
  /[\u0622-\u0625\u0627\u0629\u062f-\u0632\u0648\u0671-\u0677\u0688-\u0699\u06c0\u06c3-\u06cb\u06cd\u06cf\u06d2\u06d3\u06d5\u06ee\u06ef\u0710\u0715-\u0719\u071e\u0728\u072a\u072c\u072f\u074d\u0759-\u075b\u076b\u076c\u0771\u0773\u0774\u0778\u0779\u08aa-\u08ac\u08ae\u08b1\u08b2\u08b9]/;
const mark = /\p{Mn}/u;
/** More marks on one letter are no writing. */
const MAX_MARKS = 8;

/** Whether the letter before `at` and the one after are drawn as one. */
export function isJoinedAt(text: string, at: number): boolean {
  const before = letterFrom(text, at - 1, -1);
  const after = letterFrom(text, at, 1);
  return joiningLetter.test(before) && !joinsOnlyBack.test(before) && joiningLetter.test(after);
}

function letterFrom(text: string, start: number, step: 1 | -1): string {
  for (let at = start, count = 0; count < MAX_MARKS; at += step, count++) {
    const letter = text.charAt(at);
    if (letter === '' || !mark.test(letter)) return letter;
  }
  return '';
}
