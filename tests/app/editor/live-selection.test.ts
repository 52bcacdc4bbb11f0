// @vitest-environment happy-dom
import { AllSelection, EditorState, NodeSelection, TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reportSchema } from '#core/text/schema.ts';
import { catchUpSelection } from '../../../app/_editor/live-selection.ts';
import { quotationAt } from '../../../app/_editor/selected-words.ts';
import { figure, paragraph } from '#tests/support/figure-report.ts';
import { chart } from '#tests/support/images.ts';

let view: EditorView;
let host: HTMLElement;

beforeEach(() => {
  host = document.body.appendChild(document.createElement('div'));
  const doc = reportSchema.nodeFromJSON({
    type: 'doc',
    content: [paragraph('The two port workers met.'), figure(chart, 'Counts'), paragraph('Nobody was hurt.')],
  });
  view = new EditorView(host, { state: EditorState.create({ doc }) });
});
afterEach(() => {
  view.destroy();
  host.remove();
  document.getSelection()?.removeAllRanges();
});

const wordsOf = (block: number): Node => host.querySelectorAll('p')[block]!.firstChild!;

/** As the browser does it for Shift with an arrow: nobody is told before the next task. */
function selectInBrowser(from: [Node, number], to: [Node, number]): void {
  document.getSelection()?.setBaseAndExtent(...from, ...to);
}

function selected(): string | undefined {
  const { from, to } = view.state.selection;
  return quotationAt(view.state, from, to)?.exact;
}

describe('what is selected at this moment', () => {
  test('UI44 the view catches up with what the browser has selected since', () => {
    const { doc, tr } = view.state;
    view.dispatch(tr.setSelection(TextSelection.create(doc, 1, 4)));
    selectInBrowser([wordsOf(0), 0], [wordsOf(0), 12]);
    expect(selected()).toBe('The');
    catchUpSelection(view);
    expect(selected()).toBe('The two port');
  });

  test('UI44 backwards too, and its direction stays', () => {
    selectInBrowser([wordsOf(0), 12], [wordsOf(0), 4]);
    catchUpSelection(view);
    expect(selected()).toBe('two port');
    expect([view.state.selection.anchor, view.state.selection.head]).toEqual([13, 5]);
  });

  test('UI41 across a figure the words on both sides are selected, and nothing of what it is called', () => {
    selectInBrowser([wordsOf(0), 17], [wordsOf(1), 6]);
    catchUpSelection(view);
    expect(selected()).toBe('ers met.\nNobody');
  });

  test('UI44 a selection that the browser has let go is none', () => {
    const { doc, tr } = view.state;
    view.dispatch(tr.setSelection(TextSelection.create(doc, 1, 4)));
    selectInBrowser([wordsOf(0), 4], [wordsOf(0), 4]);
    catchUpSelection(view);
    expect(view.state.selection.empty).toBe(true);
  });

  test('UI44 a selection elsewhere on the page is left alone, and so is the one in the text', () => {
    const other = host.appendChild(document.createElement('p'));
    other.textContent = 'Elsewhere';
    const { doc, tr } = view.state;
    view.dispatch(tr.setSelection(TextSelection.create(doc, 1, 4)));
    selectInBrowser([other.firstChild!, 0], [other.firstChild!, 4]);
    catchUpSelection(view);
    expect(selected()).toBe('The');
    selectInBrowser([wordsOf(0), 0], [other.firstChild!, 4]);
    catchUpSelection(view);
    expect(selected()).toBe('The');
  });

  test('UI44 nothing is said when nothing changed', () => {
    selectInBrowser([wordsOf(0), 0], [wordsOf(0), 3]);
    catchUpSelection(view);
    const { state } = view;
    catchUpSelection(view);
    expect(view.state).toBe(state);
  });

  test('UI44 what only the editor knows of stays: everything, and a figure', () => {
    for (const known of [new AllSelection(view.state.doc), NodeSelection.create(view.state.doc, 27)]) {
      view.dispatch(view.state.tr.setSelection(known));
      selectInBrowser([wordsOf(0), 0], [wordsOf(0), 3]);
      catchUpSelection(view);
      expect(view.state.selection.eq(known)).toBe(true);
    }
  });

  test('UI41 a figure alone holds no words to mark', () => {
    view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, 27)));
    expect(host.querySelector('figure')?.className).toContain('ProseMirror-selectednode');
    expect(selected()).toBeUndefined();
  });
});
