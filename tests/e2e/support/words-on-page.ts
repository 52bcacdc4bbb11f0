/**
 * These run in the page, each by itself. They find words in the report's text as a reader sees them, across its marks and highlights, and
 * say where they begin and end on the screen. Signs and carets drawn between the words are no words.
 */
interface Ends {
  from: { x: number; y: number };
  to: { x: number; y: number };
}

/** Brings the words to the middle of the window and remembers them for `endsOf`. */
export function placeOfWords({ words, upTo }: { words: string; upTo: string }): void {
  const text = document.querySelector('.text-host .text');
  if (text === null) throw new Error('no text is shown');
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const pieces: { node: Text; start: number }[] = [];
  let all = '';
  while (walker.nextNode() !== null) {
    const node = walker.currentNode;
    if (!(node instanceof Text) || node.parentElement?.closest('.hl-end, .caret') !== null) continue;
    pieces.push({ node, start: all.length });
    all += node.data;
  }
  const first = all.indexOf(words);
  const last = all.indexOf(upTo, first) + upTo.length;
  if (first === -1 || last < upTo.length)
    throw new Error(`“${words}” … “${upTo}” is not in the text: ${all}`);
  const at = (offset: number, isEnd: boolean): [Text, number] => {
    const piece = pieces.findLast(({ start }) => (isEnd ? start < offset : start <= offset));
    if (piece === undefined) throw new Error('the text is empty');
    return [piece.node, offset - piece.start];
  };
  const range = document.createRange();
  range.setStart(...at(first, false));
  range.setEnd(...at(last, true));
  range.startContainer.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
  Reflect.set(window, 'wordsOfStory', range);
}

/** A hair inside the first and the last letter. */
export function endsOf(): Ends {
  const range: unknown = Reflect.get(window, 'wordsOfStory');
  if (!(range instanceof Range)) throw new Error('no words were sought');
  const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
  const first = rects[0];
  const last = rects.at(-1);
  if (first === undefined || last === undefined) throw new Error('the words are not shown');
  return {
    from: { x: first.left + 1, y: first.top + first.height / 2 },
    to: { x: last.right - 1, y: last.top + last.height / 2 },
  };
}

export function selectPlace(): void {
  const range: unknown = Reflect.get(window, 'wordsOfStory');
  if (!(range instanceof Range)) throw new Error('no words were sought');
  range.startContainer.parentElement?.closest<HTMLElement>('[data-report-text]')?.focus();
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/** So many characters before the caret, null without one. */
export function wordsUpToCaret(length: number): string | null {
  const selection = document.getSelection();
  const block = selection?.focusNode?.parentElement?.closest('.text-host .text p');
  if (!selection?.isCollapsed || !selection.focusNode || !block) return null;
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(selection.focusNode, selection.focusOffset);
  const before = range.cloneContents();
  for (const drawn of before.querySelectorAll('.caret, .hl-end')) drawn.remove();
  return (before.textContent ?? '').replaceAll('\u2060', '').slice(-length);
}

export function wordsWithoutCarets(element: Element): string {
  const copy = element.cloneNode(true);
  if (!(copy instanceof Element)) return '';
  for (const drawn of copy.querySelectorAll('.caret, .hl-end')) drawn.remove();
  return (copy.textContent ?? '').replaceAll('\u2060', '');
}
