import { describe, expect, test } from 'vitest';
import { buildProjection, type ExportClaim } from '#core/export/projection.ts';
import { type ExportComment } from '#core/export/thread.ts';
import { formatDocx } from '#server/export/docx/docx.ts';
import { anchorOn, claim, comment, input, richProjection, thread } from '#tests/core/export/rich-report.ts';
import { all, first, part, parsed, type XmlElement } from '#tests/support/office-parts.ts';
import { bodyIn, commentsIn, rangesIn, wordsOfComment } from './look.ts';

const projection = richProjection();
const file = formatDocx(projection);
const body = bodyIn(file);
const comments = commentsIn(file);

function bodiesOf(list: readonly ExportComment[]): string[] {
  return list.map((each) => (each.deleted ? '[deleted]' : each.body));
}

const headOf = (number: number): XmlElement => {
  const found = comments.find((each) => wordsOfComment(each).startsWith(`Claim ${number} ·`));
  if (found === undefined) throw new Error(`no comment of claim ${number}`);
  return found;
};

describe('comments in Word', () => {
  test('EX32 stand on the very words, overlapping and crossing paragraphs', () => {
    const ranges = rangesIn(body);
    const onWords = (words: string): number => [...ranges.values()].filter((each) => each === words).length;
    const placed = projection.claims.filter((each) => each.isPlaced);
    expect(placed.some((each) => each.anchor.exact?.includes('\n'))).toBe(true);
    for (const each of placed)
      expect(onWords(each.anchor.exact ?? ''), each.anchor.exact ?? '').toBeGreaterThan(0);
    expect(onWords('The ministry called it')).toBe(2);
  });

  test('EX32 cross lists and cells of tables', () => {
    const words = 'its guards\nSource\nDead\nInjured\nCity | region';
    const crossing = buildProjection({
      ...structuredClone(input),
      claims: [claim(10, words)],
      threads: [],
      verdicts: [],
    });
    expect([...rangesIn(bodyIn(formatDocx(crossing))).values()]).toEqual([words]);
  });

  test('EX33 are one a claim and one an answer, with who, when and their initials', () => {
    const expected = [
      ...projection.claims.map((each) => 1 + bodiesOf(each.thread?.comments ?? []).length),
      ...projection.threads.map((each) => bodiesOf(each.comments).length),
    ].reduce((sum, each) => sum + each, 0);
    expect(comments).toHaveLength(expected);
    expect(comments.map(wordsOfComment)).toEqual(
      expect.arrayContaining(projection.threads.flatMap((each) => bodiesOf(each.comments))),
    );
    const answer = comments.find((each) => wordsOfComment(each).startsWith('City only'));
    expect(answer?.attributes).toEqual({
      'w:id': expect.any(String),
      'w:author': 'Ben Okafor',
      'w:date': '2025-12-28T14:02:00Z',
      'w:initials': 'BO',
    });
    expect(answer === undefined ? '' : wordsOfComment(answer)).toBe(
      'City only, @Ana Reyes has the bulletin.\nSee <b>there</b>.',
    );
  });

  test('EX33 tell what answers what, what is resolved, their times in UTC, and who wrote', () => {
    const entries = all(parsed(part(file, 'word/commentsExtended.xml')), 'w15:commentEx').map(
      (each) => each.attributes,
    );
    const keys = comments.map((each) => all(each, 'w:p').at(-1)?.attributes['w14:paraId']);
    expect(entries.map((each) => each['w15:paraId'])).toEqual(keys);
    const head = all(headOf(4), 'w:p').at(-1)?.attributes['w14:paraId'];
    const answers = entries.filter((each) => each['w15:paraIdParent'] === head);
    expect(answers).toHaveLength(4);
    expect(entries.filter((each) => each['w15:done'] === '1')).toHaveLength(5);
    expect(
      entries.every(
        (each) => each['w15:paraIdParent'] === undefined || keys.includes(each['w15:paraIdParent']),
      ),
    ).toBe(true);
    const times = all(parsed(part(file, 'word/commentsExtensible.xml')), 'w16cex:commentExtensible');
    expect(times.map((each) => each.attributes['w16cex:dateUtc'])).toEqual(
      comments.map((each) => each.attributes['w:date']),
    );
    const people = all(parsed(part(file, 'word/people.xml')), 'w15:person').map(
      (each) => each.attributes['w15:author'],
    );
    expect(people).toEqual([...new Set(comments.map((each) => each.attributes['w:author']))]);
  });

  test('EX33 a deleted comment that others answered says so', () => {
    expect(comments.filter((each) => wordsOfComment(each) === '[deleted]')).toHaveLength(1);
  });

  test('EX34 each bears a key from our id, and the file says which key is which', () => {
    const ids = [
      'c0ffee00-0000-4000-8000-000000000001',
      'c0ffee01-0000-4000-8000-000000000002',
      'ffffffff-0000-4000-8000-000000000003',
      'fffffffe-0000-4000-8000-000000000004',
    ];
    const made = buildProjection({
      ...structuredClone(input),
      claims: [],
      threads: [
        thread(
          700,
          ids.map((each, i) => comment(701 + i, `Note ${i}`, { id: each })),
          { anchor: anchorOn('Sirens') },
        ),
      ],
      verdicts: [],
    });
    const item = first(parsed(part(formatDocx(made), 'customXml/item1.xml')), 'proofdesk');
    expect(item.attributes).toEqual({ xmlns: 'https://proofdesk.dev/ns/docx', report: projection.report.id });
    const keys = all(item, 'comment').map((each) => each.attributes['key'] ?? '');
    expect(keys[0]).toBe('607FF700');
    expect(new Set(keys).size).toBe(ids.length);
    expect(
      keys.map((each) => Number.parseInt(each, 16)).every((each) => each > 0 && each < 0x7fff_fffe),
    ).toBe(true);
    expect(all(item, 'comment').map((each) => each.attributes['id'])).toEqual(ids);
    const ours = all(parsed(part(file, 'customXml/item1.xml')), 'comment').filter(
      (each) => each.attributes['kind'] === 'claim',
    );
    expect(ours.map((each) => each.attributes['id'])).toEqual(projection.claims.map((each) => each.id));
  });

  test.each([
    [1, 'Claim 1 · True · signed off by Chloé Martin, 28 Dec 2025'],
    [2, 'Claim 2 · Open'],
    [3, 'Claim 3 · Mostly true · not signed off'],
    [5, 'Claim 5 · True · needs re-check'],
    [7, 'Claim 7 · Half true · signed off alone by Ben Okafor, 28 Dec 2025'],
    [8, 'Claim 8 · Mostly false · needs re-check'],
    [9, 'Claim 9 · Dismissed: not checkable'],
    [10, 'Claim 10 · False · disputed'],
  ])('EX35 the comment of claim %i begins with how it stands', (number, words) => {
    expect(wordsOfComment(headOf(number)).split('\n')[0]).toBe(words);
  });

  test('EX35 it gives reasons, evidence with addresses, and who said it', () => {
    const words = wordsOfComment(headOf(1));
    expect(words).toContain('Said by: Kremlin aide, spokesman');
    expect(words).toContain('Why: The read-outs agree.');
    expect(words).toContain(
      'Supports: Read-out of the call, Press service, 28 Dec 2025, official statement, https://example.org/readout?x=<y>',
    );
    expect(words).toContain('Earlier verdict: Half true, replaced: Ben Okafor');
    expect(wordsOfComment(headOf(2))).toContain('Was it said?: Said so: In both posts.');
    expect(wordsOfComment(headOf(7))).toContain('Reason: Nobody else is on duty tonight.');
    expect(wordsOfComment(headOf(10))).toContain('Against it: Unproven');
  });

  test('EX35 an imported verdict says that it is not signed off here', () => {
    const source = structuredClone(input);
    const imported = buildProjection({
      ...source,
      claims: source.claims.map((each) =>
        each.verdict === null ? each : { ...each, verdict: { ...each.verdict, state: 'imported' as const } },
      ),
    });
    expect(part(formatDocx(imported), 'word/comments.xml')).toContain(
      'Claim 1 · True · imported, not signed off here',
    );
  });
});

test('EX33 claims are in the order of the text', () => {
  const numbers = (list: readonly ExportClaim[]): number[] => list.map((each) => each.number);
  const titles = comments
    .map((each) => /^Claim (\d+) ·/.exec(wordsOfComment(each))?.[1])
    .filter((each) => each !== undefined);
  expect(titles.map(Number)).toEqual(numbers(projection.claims));
});
