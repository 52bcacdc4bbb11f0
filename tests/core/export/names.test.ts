import { describe, expect, test } from 'vitest';
import { Names } from '#core/export/names.ts';

const person = (id: string | null, name: string) => ({ id, name });
const known = [
  person('a', 'Ben Okafor'),
  person('b', 'Ben Okafor Smith'),
  person('c', 'Dara <b>Sok</b>'),
  person('d', 'Chloé Martin'),
  person('e', '王小明'),
  person('f', '🦊🦊'),
  person('g', 'O’Neil (desk)'),
  person(null, 'Unknown'),
  person(null, 'Ben Okafor'),
];
const without = (words: string): string => new Names(true, known).in(words);

describe('names in what somebody wrote', () => {
  test.each([
    ['Ask Ben Okafor.', 'Ask Person 1.'],
    ['ben okafor’s notes, BEN OKAFOR', 'Person 1’s notes, Person 1'],
    ['Ben Okafor Smith and Ben Okafor', 'Person 1 and Person 2'],
    ['Ben Okaforson, reBen Okafor', 'Ben Okaforson, reBen Okafor'],
    ['(Chloé Martin)', '(Person 1)'],
    ['Dara <b>Sok</b> left', 'Person 1 left'],
    ['请问王小明吗', '请问Person 1吗'],
    ['So 🦊🦊 says', 'So Person 1 says'],
    ['O’Neil (desk), O’Neil', 'Person 1, O’Neil'],
    ['An unknown source', 'An unknown source'],
    ['Write to a.b+c@desk.example.org, please', 'Write to [e-mail address], please'],
    ['@[Old Name](member:0000000a-0000-4000-8000-000000000000) said', '@Person 1 said'],
    ['', ''],
  ])('EX69 %j is %j without them', (words, expected) => {
    expect(without(words)).toBe(expected);
  });

  test('EX69 with names the words stay, and mentions are names', () => {
    const names = new Names(false, []);
    expect(names.in('Ben Okafor, @[Ana](member:0000000a-0000-4000-8000-000000000000), a@b.example')).toBe(
      'Ben Okafor, @Ana, a@b.example',
    );
    expect(names.given).toEqual(['Ana']);
  });
});
