/**
 * Marks: a number between brackets, typed as text. An update's text stands in its bytes as it is, also when a server
 * merged it with others, so whoever receives a frame finds the marks in it without decoding Yjs.
 */
const OPEN = Buffer.from('⟦');
const CLOSE = Buffer.from('⟧');

let last = 0;

/** A number that no other mark of this run has. */
export const newMark = () => (last += 1);

export const markText = (mark) => `⟦${mark}⟧`;

export function eachMark(bytes, take) {
  for (let at = bytes.indexOf(OPEN); at !== -1; at = bytes.indexOf(OPEN, at + OPEN.length)) {
    const end = bytes.indexOf(CLOSE, at);
    if (end === -1) return;
    const mark = Number(bytes.latin1Slice(at + OPEN.length, end));
    if (Number.isInteger(mark)) take(mark);
  }
}
