// @vitest-environment happy-dom
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import * as Y from 'yjs';
import { flatten, toOffset, toRelative } from '#core/text/flatten.ts';
import { reportSchema } from '#core/text/schema.ts';
import { claimEntries, sharedPlace } from '../../../app/_editor/claim-entry.ts';
import { openDocument, type DocumentSession } from '../../../app/_editor/document-session.ts';
import type { ClaimMark } from '../../../app/_editor/marks.ts';
import { textEditing } from '../../../app/_editor/text-editing.ts';
import { TextView, type TextViewProps } from '../../../app/_editor/text-view.ts';
import { testDevice } from './test-device.ts';

/** The others: a document that exchanges updates with the session's by hand. */
let others: Y.Doc;
let session: DocumentSession;
let view: TextView | null;
let host: HTMLElement;

const lines = [
  'Before the guests arrived, the president spoke by telephone.',
  'Officials counted two dead and at least four injured; a second agency reported three dead.',
  'No document has been published.',
  'European partners would take part in a robust agreement.',
];

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'],
  });
  others = new Y.Doc();
  const paragraphs = lines.map((line) => reportSchema.node('paragraph', null, [reportSchema.text(line)]));
  prosemirrorToYXmlFragment(reportSchema.node('doc', null, paragraphs), others.getXmlFragment('body'));
  // Nobody listens on the port of discard: the session stays offline.
  session = openDocument({
    reportId: 'r',
    workspaceId: 'w',
    memberId: 'm',
    url: 'ws://127.0.0.1:9',
    device: testDevice(),
  });
  host = document.body.appendChild(document.createElement('div'));
  view = null;
  exchange();
});

afterEach(() => {
  view?.destroy();
  session.destroy();
  host.remove();
  vi.useRealTimers();
});

function exchange(): void {
  Y.applyUpdate(session.doc, Y.encodeStateAsUpdate(others, Y.encodeStateVector(session.doc)), 'others');
  Y.applyUpdate(others, Y.encodeStateAsUpdate(session.doc, Y.encodeStateVector(others)), 'session');
}

/** As the server writes a claim's entry: in the others' document, on the words given. */
function enterClaim(id: string, words: string): void {
  const flat = flatten(others.getXmlFragment('body'));
  const start = flat.text.indexOf(words);
  others.transact(() => {
    const entry = new Y.Map();
    entry.set('start', Y.encodeRelativePosition(toRelative(flat, start, 0)));
    entry.set('end', Y.encodeRelativePosition(toRelative(flat, start + words.length, -1)));
    entry.set('rationale', new Y.XmlFragment());
    claimEntries(others).set(id, entry);
  });
}

const mark = (id: string, fallback: ClaimMark['fallback'] = null): ClaimMark => ({
  id,
  state: 'open',
  tone: null,
  label: id,
  fallback,
});

const props = (part: Partial<TextViewProps> = {}): TextViewProps => ({
  editable: false,
  label: 'Report',
  claims: [],
  comments: [],
  activeId: null,
  hoverId: null,
  onActivate: () => undefined,
  onHover: () => undefined,
  onSelection: () => undefined,
  onLayout: () => undefined,
  ...part,
});

function mount(part: Partial<TextViewProps> = {}): TextView {
  view = new TextView(host, session, props(part), textEditing);
  return view;
}

const drawn = (id: string): string =>
  [...host.querySelectorAll(`.hl[data-claim="${id}"]`)].map((element) => element.textContent).join('');
const textElement = (): HTMLElement => host.querySelector<HTMLElement>('.text')!;
const bodyText = (doc: Y.Doc): string => flatten(doc.getXmlFragment('body')).text;

function textOfBlock(index: number): Y.XmlText {
  const block = others.getXmlFragment('body').get(index);
  const text = block instanceof Y.XmlElement ? block.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error(`block ${index} has no text`);
  return text;
}

describe('highlights', () => {
  test('a claim is drawn on its words from the shared entry', () => {
    enterClaim('c', 'two dead');
    exchange();
    mount({ claims: [mark('c')] });
    expect(drawn('c')).toBe('two dead');
  });

  test('a claim made a moment ago is drawn from its offsets until its entry arrives', async () => {
    const start = bodyText(session.doc).indexOf('four injured');
    mount({ claims: [mark('c', { start, end: start + 12 })] });
    expect(drawn('c')).toBe('four injured');
    textOfBlock(1).insert(0, 'On Monday: ');
    exchange();
    expect(drawn('c')).toBe('four injured');
    enterClaim('c', 'at least four injured');
    exchange();
    await Promise.resolve();
    expect(drawn('c')).toBe('at least four injured');
  });

  test('ED7 a claim whose words are gone is not drawn on what its record said before', async () => {
    enterClaim('c', 'two dead');
    exchange();
    const start = bodyText(others).indexOf('two dead');
    const said = { start, end: start + 8 };
    const made = mount({ claims: [mark('c', said)] });
    textOfBlock(1).delete(lines[1]!.indexOf('two dead'), 'two dead'.length);
    exchange();
    await Promise.resolve();
    made.setProps(props({ claims: [mark('c', said)] }));
    expect(drawn('c')).toBe('');
    const found = bodyText(others).indexOf('three dead');
    made.setProps(props({ claims: [mark('c', { start: found, end: found + 10 })] }));
    expect(drawn('c')).toBe('three dead');
  });

  test('overlapping claims each have an element of their own around the words they share', () => {
    enterClaim('outer', 'Officials counted two dead and at least four injured');
    enterClaim('inner', 'two dead');
    exchange();
    mount({ claims: [mark('outer'), mark('inner')] });
    expect(drawn('outer')).toBe('Officials counted two dead and at least four injured');
    expect(drawn('inner')).toBe('two dead');
    const inner = host.querySelector('.hl[data-claim="inner"]')!;
    const outer = host.querySelector('.hl[data-claim="outer"]')!;
    expect(outer.className).toContain('lane-0');
    expect(inner.className).toContain('lane-1');
    expect(host.querySelector('.hl .hl')).not.toBeNull();
  });

  test('what is typed at the edges of a claim stays outside of it', async () => {
    enterClaim('c', 'two dead');
    exchange();
    mount({ claims: [mark('c')] });
    const at = lines[1]!.indexOf('two dead');
    textOfBlock(1).insert(at + 'two dead'.length, '!');
    textOfBlock(1).insert(at, '“');
    exchange();
    await Promise.resolve();
    expect(drawn('c')).toBe('two dead');
  });

  test('an edit in another block moves nothing, even with three at once', () => {
    for (const [id, words] of [
      ['a', 'guests'],
      ['b', 'two dead'],
      ['c', 'published'],
      ['d', 'robust'],
    ] as const)
      enterClaim(id, words);
    exchange();
    mount({ claims: ['a', 'b', 'c', 'd'].map((id) => mark(id)) });
    others.transact(() => {
      textOfBlock(0).insert(3, 'xyz');
      textOfBlock(2).delete(0, 3);
      textOfBlock(3).insert(0, 'Then ');
    });
    exchange();
    expect(['a', 'b', 'c', 'd'].map(drawn)).toEqual(['guests', 'two dead', 'published', 'robust']);
  });

  test('a paragraph put in before carries the claims along', () => {
    enterClaim('c', 'published');
    exchange();
    mount({ claims: [mark('c')] });
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText('A new first line.')]);
    others.getXmlFragment('body').insert(0, [paragraph]);
    exchange();
    expect(drawn('c')).toBe('published');
  });

  test('ED6 after any edits of others every claim stands where its shared positions say', async () => {
    const edit = fc.oneof(
      fc.record({
        kind: fc.constant('insert' as const),
        block: fc.nat(5),
        at: fc.nat(80),
        words: fc.constantFrom('x', ' and', 'two dead '),
      }),
      fc.record({
        kind: fc.constant('delete' as const),
        block: fc.nat(5),
        at: fc.nat(80),
        words: fc.constantFrom('x', 'four', 'a long one'),
      }),
      fc.record({
        kind: fc.constant('add' as const),
        block: fc.nat(5),
        at: fc.nat(80),
        words: fc.constant('New line.'),
      }),
      fc.record({
        kind: fc.constant('remove' as const),
        block: fc.nat(5),
        at: fc.nat(80),
        words: fc.constant(''),
      }),
    );
    for (const [id, words] of [
      ['a', 'the president'],
      ['b', 'counted two dead and'],
      ['c', 'No document has been published'],
      ['d', 'robust agreement'],
    ] as const)
      enterClaim(id, words);
    exchange();
    const ids = ['a', 'b', 'c', 'd'];
    mount({ claims: ids.map((id) => mark(id)) });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        others.transact(() => edits.forEach(applyEdit));
        exchange();
        await Promise.resolve();
        expect(ids.map(drawn)).toEqual(ids.map(wordsByPositions));
      }),
      { seed: 20261123, numRuns: 60 },
    );
  });

  interface Edit {
    readonly kind: 'insert' | 'delete' | 'add' | 'remove';
    readonly block: number;
    readonly at: number;
    readonly words: string;
  }

  function applyEdit({ kind, block, at, words }: Edit): void {
    const body = others.getXmlFragment('body');
    const index = block % body.length;
    if (kind === 'add') {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText(words)]);
      body.insert(index, [paragraph]);
    } else if (kind === 'remove') {
      if (body.length > 3) body.delete(index, 1);
    } else {
      const text = textOfBlock(index);
      const place = Math.min(at, text.length);
      if (kind === 'insert') text.insert(place, words);
      else text.delete(place, Math.min(words.length, text.length - place));
    }
  }

  function wordsByPositions(id: string): string {
    const flat = flatten(others.getXmlFragment('body'));
    const place = sharedPlace(others, id)!;
    const start = toOffset(flat, others, place.start);
    const end = toOffset(flat, others, place.end);
    return start === null || end === null || start >= end
      ? ''
      : flat.text.slice(start, end).replaceAll('\n', '');
  }
});

describe('a locked text', () => {
  test('ED9 refuses typing, dropping and pasting before they happen', () => {
    mount();
    for (const name of ['beforeinput', 'drop', 'paste', 'dragstart']) {
      const event = new Event(name, { bubbles: true, cancelable: true });
      textElement().dispatchEvent(event);
      expect([name, event.defaultPrevented]).toEqual([name, true]);
    }
  });

  test('takes back what got into its element without an event', async () => {
    mount();
    const before = textElement().textContent;
    const word = host.querySelector('p')!.firstChild!;
    word.textContent = 'Forged words.';
    await vi.waitFor(() => expect(textElement().textContent).toBe(before));
    expect(bodyText(session.doc)).toBe(lines.join('\n'));
  });

  test('ED9 says that it is read-only and still takes the caret', () => {
    mount();
    const text = textElement();
    expect(text.getAttribute('aria-readonly')).toBe('true');
    expect(text.getAttribute('inputmode')).toBe('none');
    expect(text.getAttribute('contenteditable')).toBe('true');
  });

  test('selects the words of a claim', () => {
    enterClaim('c', 'two dead');
    exchange();
    const made = mount({ claims: [mark('c')] });
    expect(made.selectClaim('c')).toBe(true);
    expect(made.currentSelection()).toMatchObject({
      exact: 'two dead',
      prefix: 'ied by telephone.\nOfficials counted '.slice(-32),
    });
  });

  test('opens for typing when it is unlocked', () => {
    const made = mount();
    made.setProps(props({ editable: true }));
    const text = textElement();
    expect(text.getAttribute('aria-readonly')).toBeNull();
    const event = new Event('beforeinput', { bubbles: true, cancelable: true });
    text.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });

  test('shows what others change meanwhile', () => {
    mount();
    textOfBlock(0).insert(0, 'Correction: ');
    exchange();
    expect(host.querySelector('p')!.textContent).toBe(`Correction: ${lines[0]}`);
    expect(
      yXmlFragmentToProseMirrorRootNode(session.doc.getXmlFragment('body'), reportSchema).childCount,
    ).toBe(4);
  });
});

describe('activating', () => {
  let clicks = 0;

  /** Each click far enough from the last not to be a double click. */
  function clickOn(id: string): void {
    clicks += 1;
    const target = host.querySelector(`.hl[data-claim="${id}"]`)!;
    for (const name of ['mousedown', 'mouseup'] as const) {
      const at = { button: 0, clientX: clicks * 50, clientY: 1 };
      target.dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true, ...at }));
    }
  }

  test('pointing at overlapping claims names the shortest', () => {
    enterClaim('outer', 'Officials counted two dead and at least four injured');
    enterClaim('inner', 'two dead');
    exchange();
    const onHover = vi.fn<(id: string | null) => void>();
    mount({ claims: [mark('outer'), mark('inner')], onHover });
    host
      .querySelector('.hl[data-claim="inner"]')!
      .dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
    expect(onHover).toHaveBeenLastCalledWith('inner');
  });

  test('ED10 a click activates the shortest claim under it, the next click the one around it', () => {
    enterClaim('outer', 'Officials counted two dead and at least four injured');
    enterClaim('inner', 'two dead');
    exchange();
    const claims = [mark('outer'), mark('inner')];
    const onActivate = vi.fn<(id: string) => void>();
    const made = mount({ claims, onActivate });
    document.elementFromPoint = () => host.querySelector('.hl[data-claim="inner"]');
    clickOn('inner');
    made.setProps(props({ claims, onActivate, activeId: 'inner' }));
    clickOn('inner');
    made.setProps(props({ claims, onActivate, activeId: 'outer' }));
    clickOn('inner');
    expect(onActivate.mock.calls).toEqual([['inner'], ['outer'], ['inner']]);
  });

  test('Enter in a locked text activates the claim around the caret', () => {
    enterClaim('c', 'two dead');
    exchange();
    const onActivate = vi.fn<(id: string) => void>();
    const made = mount({ claims: [mark('c')], onActivate });
    made.selectClaim('c');
    made.clearSelection();
    textElement().dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
    );
    expect(onActivate.mock.calls).toEqual([['c']]);
  });
});
