import { expect, test } from 'vitest';
import { suggestionLine } from '../../../app/_desk/suggestion-line.ts';

test.each([
  ['insert', 'Insert “long ” after “call ”'],
  ['delete', 'Delete “call ”'],
  ['replace', 'Replace “call ” with “long ”'],
] as const)('IM71 a suggestion to %s says so in one line', (kind, line) => {
  const person = { id: null, name: 'Zoë' };
  const suggestion = {
    kind,
    text: kind === 'delete' ? '' : 'long ',
    state: 'pending',
    by: person,
    decidedBy: null,
  } as const;
  expect(suggestionLine(suggestion, 'call ')).toBe(line);
});
