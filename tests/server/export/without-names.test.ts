/** EX69: names left out are in no format, whoever they are of and wherever they stand. */
import { describe, expect, test } from 'vitest';
import { toBundle } from '#core/export/bundle.ts';
import { everything } from '#core/export/options.ts';
import { buildProjection, type ProjectionInput } from '#core/export/projection.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { exportFormats, isExportFormat, type ExportFormatName } from '#server/export/formats.ts';
import {
  anchorOn,
  claim,
  comment,
  evidence,
  id,
  input,
  thread,
  verdict,
} from '#tests/core/export/rich-report.ts';
import { partsOf } from '#tests/support/office-parts.ts';
import { unpacked } from '#tests/support/pdf-programs.ts';
import { readPdf } from './pdf/read-pdf.ts';

const person = (number: number, name: string) => ({ id: id(7_000 + number), name });
const maker = person(1, 'Ida Maker');
const marker = person(2, 'Otto Marker');
const proposer = person(3, 'Pia Proposer');
const reviewer = person(4, 'Rex Reviewer');
const talker = person(5, 'Tom Talker');
const resolver = person(6, 'Zoe Resolver');
const finder = person(7, 'Eva Finder');
const liker = person(8, 'Liz Liker');
const mentioned = person(9, 'Max Mentioned');
const suggester = person(10, 'Sam Suggester');
const decider = person(11, 'Dan Decider');
const changer = person(12, 'Kim Changer');
const reader = person(13, 'Ron Readonly');
const wang = person(14, '王小明');
const members = [
  maker,
  marker,
  proposer,
  reviewer,
  talker,
  resolver,
  finder,
  liker,
  mentioned,
  suggester,
  decider,
  changer,
  reader,
  wang,
];
const outsider = { id: null, name: 'Una Outsider' };

/** What people write of one another. */
const talk = `Ask RON READONLY, tom talker's notes, ron.readonly@desk.example and 请问王小明吗; @[Maxi Oldname](member:${mentioned.id}) and Max Mentioned know.`;
const rationale: DocNode = {
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: talk }] }],
};
const words = 'The call lasted 75 minutes';
const judged = verdict(10, 'true', {
  words,
  proposedBy: proposer,
  summary: talk,
  rationale: talk,
  aloneReason: talk,
});
const full: ProjectionInput = {
  ...input,
  report: {
    ...input.report,
    title: 'Notes of Ida Maker',
    createdBy: maker,
    updatedBy: changer,
    source: {
      ...input.report.source,
      name: 'Ida Maker.md',
      meta: {
        byline: 'By Ida Maker',
        publisher: null,
        publishedAt: null,
        language: 'en',
        canonicalUrl: null,
      },
    },
  },
  members,
  claims: [
    claim(10, words, {
      createdBy: marker,
      status: 'decided',
      tags: ['Otto Marker'],
      attribution: { state: 'confirmed', note: talk },
      verdict: { ...judged, reviews: judged.reviews.map((each) => ({ ...each, reviewer, comment: talk })) },
      evidence: [
        evidence(130, 10, { addedBy: finder, title: 'A call by Eva Finder', publisher: talk, quote: talk }),
      ],
      disputes: [],
    }),
    claim(12, 'Sirens sounded for nearly ten hours', {
      createdBy: outsider,
      verdict: {
        ...verdict(12, 'false', { words: 'x', state: 'stale', proposedBy: reviewer }),
        stale: { before: 'a', after: 'b', by: changer, at: input.exportedAt },
      },
    }),
  ],
  threads: [
    thread(
      700,
      [
        comment(701, talk, { author: talker, reactions: [{ name: 'check', by: [liker, talker] }] }),
        comment(702, talk, { author: outsider, parentId: id(701) }),
      ],
      { claimId: id(10), state: 'resolved', resolvedBy: resolver },
    ),
    thread(710, [comment(711, talk, { author: suggester })], {
      anchor: anchorOn('Other voices'),
      quote: { exact: 'Other voices', prefix: '', suffix: '' },
      suggestion: { kind: 'delete', text: '', state: 'rejected', by: suggester, decidedBy: decider },
    }),
  ],
  verdicts: [
    verdict(101, 'half_true', { claimId: id(10), state: 'superseded', proposedBy: proposer, summary: talk }),
  ],
  rationales: new Map([[id(10), { text: talk, doc: rationale }]]),
};

async function wordsOf(format: ExportFormatName, names: boolean): Promise<string> {
  const made = await exportFormats[format].format(
    buildProjection(structuredClone(full), { ...everything, names }),
  );
  if (typeof made === 'string') return made;
  if (format !== 'pdf') return [...partsOf(made).values()].join('\n');
  const pdf = await readPdf(made);
  return `${JSON.stringify(pdf)}\n${pdf.pages.flatMap(({ items }) => items.map(({ text }) => text)).join(' ')}\n${unpacked(made).toString('latin1')}`;
}

const secret =
  /Ida Maker|Otto Marker|Pia Proposer|Rex Reviewer|Tom Talker|Zoe Resolver|Eva Finder|Liz Liker|Maxi? (?:Mentioned|Oldname)|Sam Suggester|Dan Decider|Kim Changer|Ron Readonly|Una Outsider|王小明|desk\.example|00000000700[0-9]|00000000701[0-9]|member:/i;

describe('names left out', () => {
  test.each(Object.keys(exportFormats).filter(isExportFormat))(
    'EX69 are not in %s, nor are ids and addresses of people',
    async (format) => {
      expect(await wordsOf(format, true)).toMatch(/Pia Proposer/);
      const out = await wordsOf(format, false);
      expect(out).toMatch(/Person \d/);
      expect(out.match(secret)?.[0] ?? null).toBeNull();
    },
  );

  test('EX69 are one alias a person, the same wherever somebody appears', () => {
    const projection = buildProjection(structuredClone(full), { ...everything, names: false });
    const [first, second] = projection.claims;
    const { summary, reviews } = first?.verdict ?? { summary: '', reviews: [] };
    const [said, answer] = first?.thread?.comments ?? [];
    const alias = (before: string): string => new RegExp(`${before}(Person \\d+)`).exec(summary)?.[1] ?? '';
    expect(said?.author).toBe(alias(', '));
    expect(said?.reactions[0]?.by).toContain(said?.author);
    expect(alias('@')).toBe(/and (Person \d+) know/.exec(summary)?.[1]);
    expect(second?.verdict?.proposedBy).toBe(reviews[0]?.reviewer);
    expect(answer?.author).toBe(second?.createdBy);
    expect(new Set(projection.people).size).toBe(projection.people.length);
  });

  test('EX69 everyone who is named is among the people of a bundle', () => {
    const { people } = toBundle(buildProjection(structuredClone(full)));
    for (const { name } of [resolver, liker, decider, changer, outsider]) expect(people).toContain(name);
    expect(people).not.toContain('Ron Readonly');
  });
});
