/**
 * A report with everything that an export has to get right: each kind of block, images, claims that overlap, nest and
 * cross blocks, every standing of a verdict, four scripts, hostile words wherever people can write, and things
 * that are desk only, each with the word DESKONLY in it.
 */
import { buildProjection, type ExportProjection, type ProjectionInput } from '#core/export/projection.ts';
import { defaultRatingScale } from '#core/domain/rating-scale.ts';
import type {
  AnchorRecord,
  ClaimRecord,
  CommentRecord,
  EvidenceRecord,
  ReportRecord,
  ThreadRecord,
  VerdictRecord,
} from '#core/records.ts';
import type { DocMark, DocNode } from '#core/text/doc-json.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { chart } from '#tests/support/images.ts';

export function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
export function at(minute: number): string {
  return new Date(Date.UTC(2025, 11, 28, 14, minute)).toISOString();
}
const person = (name: string) => ({ id: id(900 + name.length), name });
export const ana = person('Ana Reyes');
const ben = person('Ben Okafor');
const chloe = person('Chloé Martin');
const dara = person('Dara <b>Sok</b>');

const REPORT = id(1);
const strong: DocMark = { type: 'strong' };
const em: DocMark = { type: 'em' };
const t = (text: string, ...marks: DocMark[]): DocNode =>
  marks.length > 0 ? { type: 'text', text, marks } : { type: 'text', text };
const p = (...content: (DocNode | string)[]): DocNode => ({
  type: 'paragraph',
  content: content.map((each) => (typeof each === 'string' ? t(each) : each)),
});
const h = (level: number, text: string): DocNode => ({
  type: 'heading',
  attrs: { level },
  content: [t(text)],
});
const li = (...content: DocNode[]): DocNode => ({ type: 'list_item', content });
const cell = (type: 'table_cell' | 'table_header', text: string, colspan = 1): DocNode => ({
  type,
  attrs: { colspan, rowspan: 1, colwidth: null },
  content: [p(text)],
});

export const doc: DocNode = {
  type: 'doc',
  content: [
    h(2, 'What the call settled'),
    p(
      'Before the guests arrived, the president spoke by telephone with his counterpart. ',
      t('The call lasted 75 minutes', strong),
      ' and was, in the words of both sides, “good and very productive”. It was their first direct conversation since October, when a summit was planned and ',
      t('later dropped', em),
      '.',
    ),
    h(2, 'The night before'),
    p(
      'Hours earlier the capital had come under the heaviest attack of the month. Officials counted two dead and at least four injured; a second agency, citing the city’s emergency service, reported three dead. Sirens sounded for nearly ten hours.',
      { type: 'hard_break' },
      'The ministry called it a “massive strike”.',
    ),
    {
      type: 'blockquote',
      content: [p('We will do whatever it takes.'), p('The process could move very rapidly.')],
    },
    h(3, 'The framework'),
    p(
      'The visiting leader described a 20-point framework as “90% ready”. No document has been published ',
      t('(see the statement)', {
        type: 'link',
        attrs: { href: 'https://example.org/statement?a=1&b=2', title: null },
      }),
      ', and ',
      t('this link', { type: 'link', attrs: { href: 'javascript:alert(1)', title: null } }),
      ' leads nowhere.',
    ),
    {
      type: 'bullet_list',
      content: [
        li(p('A ceasefire and its dates')),
        li(p('A demilitarised zone'), {
          type: 'ordered_list',
          attrs: { order: 3 },
          content: [li(p('its width')), li(p('its guards'))],
        }),
      ],
    },
    {
      type: 'table',
      content: [
        {
          type: 'table_row',
          content: [
            cell('table_header', 'Source'),
            cell('table_header', 'Dead'),
            cell('table_header', 'Injured'),
          ],
        },
        {
          type: 'table_row',
          content: [
            cell('table_cell', 'City | region'),
            cell('table_cell', '2'),
            cell('table_cell', 'at least 4'),
          ],
        },
        {
          type: 'table_row',
          content: [cell('table_cell', 'Emergency service'), cell('table_cell', '3 in all', 2)],
        },
      ],
    },
    { type: 'code_block', content: [t('if (a < b && c > d) {\n  alert("`x`");\n}')] },
    {
      type: 'figure',
      attrs: { image: chart.sha256, alt: 'Dead by source, <i>city</i> & "region"', width: 320, height: 180 },
    },
    {
      type: 'figure',
      attrs: { image: 'e'.repeat(64), alt: 'A map that was not kept <b>', width: null, height: null },
    },
    { type: 'horizontal_rule' },
    h(2, 'Other voices'),
    p('Постоянный представитель заявил, что соглашение готово на 90 процентов.'),
    p('وقال المتحدث إن المكالمة استمرت 75 دقيقة وكانت مثمرة.'),
    p('发言人表示，双方同意再次通话。'),
    p('प्रवक्ता ने कहा कि बातचीत अंतिम चरण में है।'),
    p(
      '<script>alert("text")</script> & *stars* _lines_ `ticks` [brackets](javascript:alert(2)) # 1. =cmd() \u202eright to left',
    ),
  ],
};
export const text = flattenNode(doc).text;

export function anchorOn(
  words: string,
  state: AnchorRecord['state'] = 'anchored',
  confidence = 1,
): AnchorRecord {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`not in the text: ${words}`);
  return { start, end: start + words.length, exact: words, state, confidence };
}

export function claim(number: number, words: string, more: Partial<ClaimRecord> = {}): ClaimRecord {
  return {
    id: id(number),
    reportId: REPORT,
    quote: { exact: words, prefix: '', suffix: '' },
    anchor: more.anchor ?? anchorOn(words),
    type: 'event',
    claimant: null,
    claimantRole: null,
    claimDate: null,
    place: null,
    priority: 'normal',
    status: 'open',
    dismissReason: null,
    tags: [],
    attribution: { state: 'unchecked', note: null },
    verdict: null,
    disputes: [],
    evidence: [],
    assignments: [],
    createdBy: ben,
    createdAt: at(number % 60),
    updatedAt: at((number % 60) + 1),
    ...more,
  };
}

export function verdict(
  claimNumber: number,
  rating: string,
  more: Partial<VerdictRecord> = {},
): VerdictRecord {
  const number = 1000 + claimNumber;
  return {
    id: id(number),
    claimId: id(claimNumber),
    rating,
    label: defaultRatingScale.find((each) => each.value === rating)?.label ?? rating,
    summary: '',
    rationale: '',
    words: '',
    state: 'final',
    basis: null,
    proposedBy: ben,
    proposedAt: at(30),
    decidedAt: at(40),
    goodUntil: null,
    aloneReason: null,
    stale: null,
    reviews: [
      {
        id: id(number + 1000),
        verdictId: id(number),
        reviewer: chloe,
        decision: 'approve',
        comment: null,
        alone: false,
        at: at(40),
      },
    ],
    ...more,
  };
}

export function evidence(
  number: number,
  claimNumber: number,
  more: Partial<EvidenceRecord> = {},
): EvidenceRecord {
  return {
    id: id(number),
    claimId: id(claimNumber),
    reportId: REPORT,
    title: 'Bulletin',
    url: null,
    publisher: null,
    publishedAt: null,
    kind: 'other',
    quote: null,
    stance: 'supports',
    deskOnly: false,
    addedBy: ben,
    addedAt: at(number % 60),
    ...more,
  };
}

export function comment(number: number, body: string, more: Partial<CommentRecord> = {}): CommentRecord {
  return {
    id: id(number),
    threadId: id(1),
    claimId: null,
    reportId: REPORT,
    parentId: null,
    body,
    author: dara,
    at: at(number % 60),
    editedAt: null,
    deleted: false,
    reactions: [],
    ...more,
  };
}

export function thread(
  number: number,
  comments: CommentRecord[],
  more: Partial<ThreadRecord> = {},
): ThreadRecord {
  return {
    id: id(number),
    reportId: REPORT,
    claimId: null,
    anchor: null,
    quote: null,
    state: 'open',
    resolvedBy: null,
    deskOnly: false,
    createdAt: at(1),
    suggestion: null,
    comments,
    ...more,
  };
}

export const report: ReportRecord = {
  id: REPORT,
  title: 'Talks at the lake: <i>what</i> was agreed',
  purpose: 'external',
  genre: 'news_report',
  status: 'checking',
  locked: true,
  source: {
    kind: 'markdown',
    sha256: 'ab'.repeat(32),
    name: 'wire "1".md',
    from: null,
    meta: null,
    takenAt: at(0),
  },
  wordCount: 200,
  claims: { total: 0, decided: 0, needsRecheck: 0, awaitingReview: 0, byRating: {} },
  createdBy: ana,
  createdAt: at(0),
  updatedAt: at(50),
  updatedBy: ana,
  deletedAt: null,
};

const framework = 'a 20-point framework as “90% ready”';
const casualties = 'Officials counted two dead and at least four injured';

const written: ProjectionInput = {
  report,
  workspace: { name: 'The Desk & Co', ratingScale: defaultRatingScale },
  doc,
  exportedAt: at(55),
  claims: [
    claim(10, 'The call lasted 75 minutes', {
      type: 'quantity',
      status: 'decided',
      claimant: 'Kremlin aide',
      claimantRole: 'spokesman',
      claimDate: '2025-12-28',
      place: 'Florida',
      tags: ['call', 'time'],
      verdict: verdict(10, 'true', {
        summary: 'Both sides gave the same length.',
        words: 'The call lasted 75 minutes',
      }),
      evidence: [
        evidence(101, 10, {
          title: 'Read-out of the call',
          url: 'https://example.org/readout?x=<y>',
          publisher: 'Press service',
          publishedAt: '2025-12-28',
          kind: 'official_statement',
          quote: 'The conversation took an hour and a quarter.',
        }),
        evidence(102, 10, {
          title: '=HYPERLINK("http://evil")',
          stance: 'context',
          publisher: '<script>alert(3)</script>',
        }),
        evidence(103, 10, {
          title: 'DESKONLY source',
          url: 'https://DESKONLY.example',
          deskOnly: true,
          quote: 'DESKONLY words',
        }),
      ],
    }),
    claim(11, '“good and very productive”', {
      type: 'quotation',
      attribution: { state: 'confirmed', note: 'In both posts.' },
      status: 'open',
      tags: ['quotes'],
    }),
    claim(12, 'first direct conversation since October, when a summit was planned', {
      status: 'in_review',
      verdict: verdict(12, 'mostly_true', {
        state: 'proposed',
        decidedAt: null,
        summary: 'They had met once at a funeral.',
        reviews: [],
      }),
    }),
    claim(13, casualties, {
      status: 'decided',
      claimant: '=cmd|calc',
      verdict: verdict(13, 'missing_context', {
        summary: 'The figure is that of the morning; it rose to three in the afternoon.',
        words: casualties,
      }),
      evidence: [
        evidence(131, 13, { title: 'Morning bulletin', publisher: 'City administration' }),
        evidence(132, 13, {
          title: 'Evening bulletin',
          publisher: 'Emergency service',
          stance: 'refutes',
          quote: 'Three people have died.',
        }),
      ],
    }),
    claim(14, 'two dead and at least four injured', {
      type: 'quantity',
      status: 'needs_recheck',
      verdict: verdict(14, 'true', {
        state: 'stale',
        words: 'two dead and at least four injured',
        stale: { before: 'four', after: 'at least four', by: ben, at: at(45) },
        summary: 'As counted in the morning.',
      }),
    }),
    claim(15, 'at least four injured; a second agency', { status: 'suggested', createdBy: dara }),
    claim(16, 'Sirens sounded for nearly ten hours', {
      status: 'decided',
      verdict: verdict(16, 'half_true', {
        summary: 'Seven hours and forty minutes in all.',
        words: 'Sirens sounded for nearly ten hours',
        aloneReason: 'Nobody else is on duty tonight',
        reviews: [
          {
            id: id(2016),
            verdictId: id(1016),
            reviewer: ben,
            decision: 'approve',
            comment: null,
            alone: true,
            at: at(40),
          },
        ],
      }),
    }),
    claim(17, 'whatever it takes.\nThe process could move very rapidly', {
      type: 'prediction',
      status: 'dismissed',
      dismissReason: 'not_checkable',
    }),
    claim(18, framework, {
      type: 'quotation',
      status: 'in_review',
      claimant: 'The visiting leader',
      attribution: { state: 'altered', note: 'He said “almost 90”.' },
      verdict: verdict(18, 'false', {
        words: framework,
        summary: 'Eighteen of twenty points were agreed according to the other side.',
      }),
      disputes: [
        verdict(180, 'unproven', {
          claimId: id(18),
          state: 'proposed',
          proposedBy: chloe,
          decidedAt: null,
          reviews: [],
          summary: 'Nobody has seen the text.',
        }),
      ],
    }),
    claim(19, 'the words that were cut', {
      anchor: { start: null, end: null, exact: null, state: 'orphaned', confidence: 0 },
      status: 'decided',
      verdict: verdict(19, 'true', { words: 'the words that were cut' }),
    }),
    claim(20, '75', {
      anchor: {
        start: text.indexOf('75'),
        end: text.indexOf('75') + 2,
        exact: '75',
        state: 'ambiguous',
        confidence: 0.4,
      },
    }),
    claim(21, 'المكالمة استمرت 75 دقيقة', {
      claimant: 'المتحدث',
      status: 'decided',
      verdict: verdict(21, 'true', { words: 'المكالمة استمرت 75 دقيقة', summary: 'صحيح' }),
    }),
    claim(22, 'соглашение готово на 90 процентов', {
      anchor: anchorOn('соглашение готово на 90 процентов', 'moved', 0.87),
    }),
    claim(23, '@SUM(1+1) was here', {
      anchor: anchorOn('<script>alert("text")</script> & *stars*', 'edited', 1),
      tags: ['-2+3', '<b>'],
    }),
    claim(24, 'Sirens sounded for nearly ten hours', {
      status: 'decided',
      verdict: verdict(24, 'mostly_false', {
        words: 'Sirens sounded for nearly ten hours',
        goodUntil: at(50),
        summary: 'Holds until the evening count.',
      }),
    }),
  ],
  rationales: new Map([
    [
      id(10),
      {
        text: 'The read-outs agree.\nNothing contradicts them.',
        doc: {
          type: 'doc',
          content: [
            p('The ', t('read-outs', strong), ' agree.'),
            { type: 'bullet_list', content: [li(p('Nothing contradicts them.'))] },
          ],
        },
      },
    ],
    [
      id(13),
      {
        text: '+1 <img src=x onerror=alert(4)>',
        doc: { type: 'doc', content: [p('+1 <img src=x onerror=alert(4)>')] },
      },
    ],
  ]),
  threads: [
    thread(
      300,
      [
        comment(301, 'Is the later count for the region or the city?', { author: chloe }),
        comment(
          302,
          'City only, @[Ana Reyes](member:00000000-0000-4000-8000-000000000909) has the bulletin.\nSee <b>there</b>.',
          { author: ben, parentId: id(301), editedAt: at(20) },
        ),
        comment(303, '', { deleted: true, parentId: id(302) }),
        comment(304, 'Thanks', { parentId: id(303), reactions: [{ name: 'check', by: [ben, ana] }] }),
        comment(305, '', { deleted: true }),
      ],
      { claimId: id(13), state: 'resolved', resolvedBy: ana },
    ),
    thread(310, [comment(311, 'DESKONLY talk among colleagues')], { claimId: id(13), deskOnly: true }),
    thread(320, [comment(321, 'Which ministry? [x](javascript:alert(5))'), comment(322, '=1+1')], {
      anchor: anchorOn('The ministry called it'),
      quote: { exact: 'The ministry called it', prefix: 'hours.\n', suffix: ' a “massive' },
    }),
    thread(330, [comment(331, 'DESKONLY remark')], {
      anchor: anchorOn('Other voices'),
      quote: { exact: 'Other voices', prefix: '', suffix: '' },
      deskOnly: true,
    }),
    thread(340, [comment(341, 'This was about a line that is gone.')], {
      anchor: { start: null, end: null, exact: null, state: 'orphaned', confidence: 0 },
      quote: { exact: 'a line that is gone', prefix: '', suffix: '' },
    }),
  ],
  images: new Map([[chart.sha256, { mediaType: chart.mediaType, bytes: chart.bytes }]]),
  verdicts: [
    verdict(100, 'half_true', {
      claimId: id(10),
      state: 'superseded',
      proposedAt: at(20),
      summary: 'First guess.',
      reviews: [],
    }),
  ],
};

/** Who signed a verdict off read the rationale that is there. */
export const input: ProjectionInput = {
  ...written,
  claims: written.claims.map((one) => {
    const rationale = written.rationales.get(one.id)?.text ?? '';
    return one.verdict === null ? one : { ...one, verdict: { ...one.verdict, rationale } };
  }),
};

export function richProjection(): ExportProjection {
  return buildProjection(structuredClone(input));
}
