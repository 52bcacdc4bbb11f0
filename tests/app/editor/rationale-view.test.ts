// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { claimEntries, rationaleText } from '../../../app/_editor/claim-entry.ts';
import { openDocument, type DocumentSession } from '../../../app/_editor/document-session.ts';
import { RationaleView } from '../../../app/_editor/rationale-view.ts';
import { testDevice } from './test-device.ts';

let session: DocumentSession;
let host: HTMLElement;
let view: RationaleView;

beforeEach(() => {
  // Nobody listens on the port of discard: the session stays offline.
  session = openDocument({
    reportId: 'r',
    workspaceId: 'w',
    memberId: 'm',
    url: 'ws://127.0.0.1:9',
    device: testDevice(),
  });
  host = document.body.appendChild(document.createElement('div'));
});

afterEach(() => {
  view.destroy();
  session.destroy();
  host.remove();
});

function mount(): void {
  view = new RationaleView(host, session, 'c', {
    editable: true,
    label: 'Why',
    placeholder: 'Why is it so?',
    onEscape: undefined,
    onAskLink: () => undefined,
  });
}

/** As the server writes a claim's entry, with what others wrote in it already. */
async function enter(theirs: string | null = null): Promise<void> {
  session.doc.transact(() => {
    const entry = new Y.Map();
    const rationale = new Y.XmlFragment();
    entry.set('rationale', rationale);
    claimEntries(session.doc).set('c', entry);
    if (theirs !== null) {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText(theirs)]);
      rationale.insert(0, [paragraph]);
    }
  }, 'server');
  await Promise.resolve();
  await Promise.resolve();
}

const element = (): HTMLElement => host.querySelector<HTMLElement>('.rationale-text')!;

/** A link without a selection writes its address: the one way to type through the view's own surface here. */
const type = (words: string): void => view.setLink(`https://example.org/${words}`);

describe('a rationale', () => {
  test('takes words before the entry is there and merges them when it comes', async () => {
    mount();
    type('one');
    expect(rationaleText(session.doc, 'c')).toBe('');
    await enter();
    expect(rationaleText(session.doc, 'c')).toBe('https://example.org/one');
    expect(element().textContent).toBe('https://example.org/one');
  });

  test('goes on in the same element after the merge', async () => {
    mount();
    const before = element();
    type('one');
    await enter('Theirs. ');
    expect(element()).toBe(before);
    type('two');
    expect(rationaleText(session.doc, 'c')).toBe('Theirs. \nhttps://example.org/onehttps://example.org/two');
  });

  test('shows its placeholder while it is empty', async () => {
    mount();
    expect(element().dataset['placeholder']).toBe('Why is it so?');
    await enter('Theirs.');
    expect(element().dataset['placeholder']).toBeUndefined();
  });

  test('closed before the entry came still keeps the words', async () => {
    mount();
    type('one');
    view.destroy();
    await enter();
    expect(rationaleText(session.doc, 'c')).toBe('https://example.org/one');
    mount();
    expect(element().textContent).toBe('https://example.org/one');
  });

  test('opened again offline shows what was typed before', () => {
    mount();
    type('one');
    view.destroy();
    mount();
    expect(element().textContent).toBe('https://example.org/one');
  });

  test('takes no unsafe address for a link', () => {
    mount();
    view.setLink('javascript:alert(1)');
    expect(element().textContent).toBe('');
  });
});
