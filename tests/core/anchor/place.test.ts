import { describe, expect, test } from 'vitest';
import { prosemirrorToYXmlFragment, updateYFragment } from 'y-prosemirror';
import * as Y from 'yjs';
import type { Quote } from '#core/anchor/evidence.ts';
import { makePlace, resolvePlace, type EncodedRange, type ResolvedPlace } from '#core/anchor/place.ts';
import { describeQuote, type QuoteDescription } from '#core/anchor/quote.ts';
import { flatten } from '#core/text/flatten.ts';
import { reportSchema } from '#core/text/schema.ts';

const first = 'The council met on Monday to talk about the budget.';
const claimed = 'Unemployment rose to 7.2 percent in May, the office said.';
const third = 'Critics disagreed with the figure and asked for another count.';

/** A report with a claim, edited as editors do: y-prosemirror writes the difference between two documents. */
class Report {
  readonly ydoc = new Y.Doc();
  readonly body = this.ydoc.getXmlFragment('body');
  place: EncodedRange;
  quote: QuoteDescription;

  constructor(paragraphs: readonly string[], exact: string, gc = true) {
    this.ydoc.gc = gc;
    prosemirrorToYXmlFragment(nodeOf(paragraphs), this.body);
    const flat = flatten(this.body);
    const start = flat.text.indexOf(exact);
    this.place = makePlace(flat, start, start + exact.length);
    this.quote = describeQuote(flat.text, start, start + exact.length);
  }

  edit(paragraphs: readonly string[]): this {
    updateYFragment(this.ydoc, this.body, nodeOf(paragraphs), { mapping: new Map(), isOMark: new Map() });
    return this;
  }

  text(index: number): Y.XmlText {
    const element = this.body.get(index);
    const child = element instanceof Y.XmlElement ? element.get(0) : null;
    if (!(child instanceof Y.XmlText)) throw new Error(`paragraph ${index} has no text`);
    return child;
  }

  resolve(): ResolvedPlace {
    const flat = flatten(this.body);
    const resolved = resolvePlace(flat, this.ydoc, this.place, this.quote);
    if (resolved.state !== 'orphaned')
      expect(flat.text.slice(resolved.start, resolved.end)).toBe(resolved.exact);
    return resolved;
  }
}

function nodeOf(paragraphs: readonly string[]): ReturnType<typeof reportSchema.node> {
  const blocks = paragraphs.map((words) =>
    reportSchema.node('paragraph', null, words === '' ? [] : [reportSchema.text(words)]),
  );
  return reportSchema.node('doc', null, blocks);
}

const report = (): Report => new Report([first, `So: ${claimed} True.`, third], claimed);
const told = ({ state, exact }: ResolvedPlace): readonly unknown[] => [state, exact];

describe("a claim's place", () => {
  test('AN18: on its very words it is anchored, with full confidence', () => {
    expect(report().resolve()).toMatchObject({
      state: 'anchored',
      exact: claimed,
      confidence: 1,
      start: first.length + 5,
    });
  });

  test('AN18: edits elsewhere leave it anchored, though a copy of the words appears before it', () => {
    const edited = report().edit([`${claimed} Again.`, `${first} And more.`, `So: ${claimed} True.`, third]);
    expect(told(edited.resolve())).toEqual(['anchored', claimed]);
  });

  test('AN18: what is typed at its edges stays outside', () => {
    const typed = report();
    typed.text(1).insert(4 + claimed.length, ' they say');
    typed.text(1).insert(4, 'perhaps ');
    expect(told(typed.resolve())).toEqual(['anchored', claimed]);
  });

  test('AN18: marks on its words leave it anchored', () => {
    const marked = report();
    marked.text(1).format(8, 10, { strong: {} });
    expect(told(marked.resolve())).toEqual(['anchored', claimed]);
  });

  test('AN19: changed words in it are edited, its place is what stands there now', () => {
    const edited = report().edit([first, `So: ${claimed.replace('rose', 'climbed')} True.`, third]);
    expect(edited.resolve()).toMatchObject({
      state: 'edited',
      exact: claimed.replace('rose', 'climbed'),
      confidence: 1,
    });
  });

  test('AN19: another figure in it is edited, not moved to a copy elsewhere', () => {
    const edited = report().edit([first, `So: ${claimed.replace('7.2', '7.3')} True.`, third, claimed]);
    expect(told(edited.resolve())).toEqual(['edited', claimed.replace('7.2', '7.3')]);
  });

  test('AN19: a digit more in a short figure is edited', () => {
    const short = new Report([first, 'It was 100 in all.', third], '100');
    short.text(1).insert(9, '0');
    expect(told(short.resolve())).toEqual(['edited', '1000']);
  });

  test('AN19: words put inside it are part of it', () => {
    const typed = report();
    typed.text(1).insert(4 + 'Unemployment'.length, ' rate');
    expect(told(typed.resolve())).toEqual(['edited', claimed.replace('Unemployment', 'Unemployment rate')]);
  });

  test('AN19: a split inside of it is edited and keeps both halves', () => {
    const split = report().edit([
      first,
      'So: Unemployment rose to 7.2 percent in May,',
      'the office said. True.',
      third,
    ]);
    expect(told(split.resolve())).toEqual(['edited', claimed.replace('May, the', 'May,\nthe')]);
  });

  test('AN19: its words written anew in the same place are edited, though every old character is gone', () => {
    const rewritten = report();
    rewritten.text(1).delete(4, claimed.length);
    rewritten.text(1).insert(4, claimed.replace('rose', 'climbed'));
    expect(told(rewritten.resolve())).toEqual(['edited', claimed.replace('rose', 'climbed')]);
  });

  test.each([true, false])(
    'AN20: words deleted and written again are anchored, on every replica (gc %s)',
    (gc) => {
      const undone = new Report([first, `So: ${claimed} True.`, third], claimed, gc);
      undone.text(1).delete(4, claimed.length);
      undone.text(1).insert(4, claimed);
      expect(undone.resolve()).toMatchObject({ state: 'anchored', exact: claimed });
    },
  );

  test('AN20: a part deleted and brought back by undo is anchored for who undid it and for others', () => {
    const here = report();
    const undo = new Y.UndoManager(here.body);
    here.text(1).delete(30, 40);
    undo.undo();
    const there = new Y.Doc();
    Y.applyUpdate(there, Y.encodeStateAsUpdate(here.ydoc));
    expect(told(here.resolve())).toEqual(['anchored', claimed]);
    expect(told(resolvePlace(flatten(there.getXmlFragment('body')), there, here.place, here.quote))).toEqual([
      'anchored',
      claimed,
    ]);
  });

  test('AN20: a paragraph that becomes a heading keeps its claim anchored, given where that was', () => {
    const changed = report();
    const { start } = changed.resolve();
    const heading = reportSchema.node('heading', { level: 2 }, reportSchema.text(`So: ${claimed} True.`));
    const document = nodeOf([first, third]);
    const blocks = [document.child(0), heading, document.child(1)];
    updateYFragment(changed.ydoc, changed.body, reportSchema.node('doc', null, blocks), {
      mapping: new Map(),
      isOMark: new Map(),
    });
    const resolve = (quote: Quote): ResolvedPlace =>
      resolvePlace(flatten(changed.body), changed.ydoc, changed.place, quote);
    expect(told(resolve({ ...changed.quote, start: start! }))).toEqual(['anchored', claimed]);
    expect(told(resolve(changed.quote))).toEqual(['moved', claimed]);
  });

  test('AN21: words cut and pasted elsewhere are moved', () => {
    const moved = report().edit([first, 'So: True.', third, `They add: ${claimed}`]);
    expect(told(moved.resolve())).toEqual(['moved', claimed]);
  });

  test('AN21: two paragraphs that change places take their claims along', () => {
    const other = 'Unemployment fell to 6.9 percent in June, the agency wrote.';
    const swapped = new Report([first, claimed, other, third], claimed).edit([first, other, claimed, third]);
    expect(told(swapped.resolve())).toEqual(['moved', claimed]);
  });

  test('AN21: a paragraph moved to the end is found there', () => {
    const moved = report().edit([first, third, `So: ${claimed} True.`]);
    expect(moved.resolve().exact).toBe(claimed);
    expect(['anchored', 'moved']).toContain(moved.resolve().state);
  });

  test('AN22: deleted words are orphaned, without a place', () => {
    const deleted = report().edit([first, 'So: True.', third]);
    expect(deleted.resolve()).toEqual({
      state: 'orphaned',
      start: null,
      end: null,
      exact: null,
      confidence: 0,
    });
  });

  test.each([true, false])('AN22: a deleted paragraph leaves its claim orphaned (gc %s)', (gc) => {
    const deleted = new Report([first, claimed, third], claimed, gc);
    deleted.body.delete(1, 1);
    expect(deleted.resolve().state).toBe('orphaned');
  });

  test('AN22: deleted words do not jump to a copy that stood elsewhere', () => {
    const copied = new Report(
      [first, `So: ${claimed} True.`, third, `Later: ${claimed} And so on.`],
      claimed,
    );
    expect(copied.edit([first, 'So: True.', third, `Later: ${claimed} And so on.`]).resolve().state).toBe(
      'orphaned',
    );
  });

  test('AN22: of two equal sentences side by side, the deleted one does not become the other', () => {
    const twice = new Report([first, `${claimed} ${claimed} True.`, third], claimed);
    twice.text(1).delete(0, claimed.length + 1);
    expect(['ambiguous', 'orphaned']).toContain(twice.resolve().state);
  });

  test('AN22: a full stop that is left over is no place', () => {
    const deleted = report();
    deleted.text(1).delete(4, claimed.length - 1);
    expect(deleted.resolve().state).toBe('orphaned');
  });

  test('AN23: cut words that were pasted twice are ambiguous', () => {
    const pasted = report().edit([`${claimed} Yes.`, first, 'So: True.', third, `No. ${claimed} Perhaps.`]);
    expect(pasted.resolve()).toMatchObject({ state: 'ambiguous', exact: claimed });
    expect(pasted.resolve().confidence).toBeLessThan(0.5);
  });

  test('AN23: another figure written anew in its place is ambiguous', () => {
    const rewritten = report();
    rewritten.text(1).delete(4, claimed.length);
    rewritten.text(1).insert(4, claimed.replace('7.2', '8.4'));
    expect(rewritten.resolve().state).toBe('ambiguous');
  });

  const damaged: readonly (readonly [string, EncodedRange | null])[] = [
    ['are missing', null],
    ['are empty', { start: new Uint8Array(), end: new Uint8Array() }],
    ['are no positions', { start: Uint8Array.of(255, 255, 255, 255, 255), end: Uint8Array.of(7) }],
    [
      'point into a document that is not this one',
      { start: Uint8Array.of(0, 200, 1, 9, 0), end: Uint8Array.of(0, 200, 1, 12, 127) },
    ],
  ];
  test.each(damaged)('AN24: where the positions %s the quotation finds the claim', (_name, place) => {
    const kept = report();
    const flat = flatten(kept.body);
    expect(told(resolvePlace(flat, kept.ydoc, place, kept.quote))).toEqual(['moved', claimed]);
    expect(kept.ydoc.share.size).toBe(1);
  });
});
