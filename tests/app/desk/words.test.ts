/** What the desk makes of words: mentions, tags, headings, a refused sign-off, the state of saving. */
import { describe, expect, test } from 'vitest';
import { readChange } from '../../../app/_desk/changed-meanwhile.tsx';
import { tagsOf } from '../../../app/_desk/claim-facts.tsx';
import { mentionBefore, withMentions } from '../../../app/_desk/composer.tsx';
import { outlineOf } from '../../../app/_desk/outline.ts';
import { saveStateOf } from '../../../app/_desk/save-state.tsx';

const members = new Map(
  ['Ana', 'Ana Lima', 'Zoë'].map((name, index) => [String(index), { id: `id-${index}`, name }]),
);

describe('a mention', () => {
  test('is the longest name that stands there', () => {
    expect(withMentions('See @Ana Lima and @Ana.', members)).toBe(
      'See @[Ana Lima](member:id-1) and @[Ana](member:id-0).',
    );
  });

  test('is no part of an address or of a longer word', () => {
    expect(withMentions('a@Ana, @Anabel, @Zoë!', members)).toBe('a@Ana, @Anabel, @[Zoë](member:id-2)!');
  });

  test('is looked for before the caret only', () => {
    expect(mentionBefore('Hi @An', 6)).toEqual({ start: 3, end: 6, text: 'An' });
    expect(mentionBefore('Hi @Ana Li', 10)).toEqual({ start: 3, end: 10, text: 'Ana Li' });
    expect(mentionBefore('mail me@An', 10)).toBeNull();
    expect(mentionBefore('Hi @An', 3)).toBeNull();
  });
});

test('tags are split at commas, each once, without their sign', () => {
  expect(tagsOf(' #war, peace,, war ,#peace')).toEqual(['war', 'peace']);
});

test('the outline has the headings with words, their depth from the highest', () => {
  const heading = (level: number, text: string) => ({
    type: 'heading',
    attrs: { level },
    content: text === '' ? [] : [{ type: 'text', text }],
  });
  const doc = {
    type: 'doc',
    content: [heading(2, 'One'), { type: 'paragraph' }, heading(3, ''), heading(3, 'Two')],
  };
  expect(outlineOf(doc)).toEqual([
    { index: 0, text: 'One', depth: 0 },
    { index: 2, text: 'Two', depth: 1 },
  ]);
  expect(outlineOf({ type: 'doc' })).toEqual([]);
});

test('a refused sign-off tells what was read and what is now', () => {
  const problem = {
    verdict: { before: { label: 'True', summary: 'Yes' }, now: { label: 'True', summary: 'Yes' } },
    rationale: { before: 'a', now: 'b' },
  };
  expect(readChange(problem)).toEqual({
    verdict: { before: 'True: Yes', after: 'True: Yes' },
    rationale: { before: 'a', after: 'b' },
  });
  expect(readChange(null).rationale).toEqual({ before: '', after: '' });
});

describe('the state of saving', () => {
  const text = { connection: 'online', unsaved: 0, refused: [], stopped: null } as const;
  const records = { outbox: { queue: [], phase: 'idle', failures: 0 }, live: 'online' } as const;

  test('is saved only when the text and the records are', () => {
    expect(saveStateOf(text, records, true).kind).toBe('saved');
    expect(saveStateOf({ ...text, unsaved: 1 }, records, true).kind).toBe('saving');
  });

  test('counts offline what this device keeps', () => {
    expect(saveStateOf({ ...text, connection: 'offline', unsaved: 2 }, records, true)).toEqual({
      kind: 'offline',
      kept: 2,
    });
    expect(saveStateOf(text, records, false)).toEqual({ kind: 'offline', kept: 0 });
  });

  test('says first what needs a person', () => {
    const refused = [{ code: '4422', storeName: 's' }];
    expect(saveStateOf({ ...text, connection: 'offline', refused }, records, false).kind).toBe('refused');
    expect(
      saveStateOf(text, { ...records, outbox: { ...records.outbox, phase: 'signed_out' } }, true).kind,
    ).toBe('stopped');
  });
});
