/** The claims of the demo report, each told as the story of what people did with it. */
import type { Who } from './content.ts';
import type { DemoClaim } from './story.ts';

const mention = (who: Who): string => `{{${who}}}`;

export const demoClaims: readonly DemoClaim[] = [
  {
    by: 'ben',
    exact: 'The call lasted 75 minutes',
    type: 'quantity',
    claimant: 'Both governments',
    tags: ['call'],
    assignee: 'ben',
    rationale: {
      by: 'ben',
      text: 'Both read-outs give an hour and a quarter. Neither says when the clock started, but they agree to the minute.',
    },
    evidence: [
      {
        by: 'ben',
        title: 'Read-out of the call',
        publisher: 'Presidential press service, Moscow',
        publishedAt: '2025-12-28',
        kind: 'official_statement',
        stance: 'supports',
      },
      {
        by: 'ben',
        title: 'Pool report from the resort',
        publisher: 'Travelling press pool',
        publishedAt: '2025-12-28',
        kind: 'eyewitness',
        stance: 'supports',
      },
    ],
    verdicts: [
      {
        by: 'ben',
        rating: 'true',
        summary: 'Both sides published the same length.',
        review: { by: 'ana', decision: 'approve' },
      },
    ],
  },
  {
    by: 'chloe',
    exact: 'both sides used the same words for it: “good and very productive”',
    type: 'quotation',
    claimant: 'Both governments',
    tags: ['call', 'wording'],
    attribution: {
      by: 'chloe',
      state: 'confirmed',
      note: 'Said by the president in a post and by the envoy an hour later, word for word.',
    },
    comments: [
      {
        by: 'dara',
        body: `Same phrase twice: agreed language, or one quoting the other? ${mention('chloe')} could you look at the times of the two posts?`,
      },
      {
        by: 'chloe',
        body: 'The envoy posted second, so he may simply be repeating it. I would not call it agreed wording.',
        answers: 0,
      },
    ],
  },
  {
    by: 'chloe',
    exact: 'first direct conversation since October',
    type: 'event',
    claimant: 'The report',
    assignee: 'chloe',
    rationale: {
      by: 'chloe',
      text: 'The October call is on record. A shorter call in November is mentioned by one outlet only and nobody confirmed it.',
    },
    evidence: [
      {
        by: 'chloe',
        title: 'List of calls in the autumn',
        publisher: 'Archive of a public broadcaster',
        kind: 'news_outlet',
        stance: 'supports',
      },
      {
        by: 'ben',
        title: '“They spoke for some minutes in November”',
        publisher: 'A daily newspaper',
        publishedAt: '2025-11-19',
        kind: 'news_outlet',
        stance: 'refutes',
        quote: 'They spoke for some minutes in November, two officials said.',
      },
    ],
    verdicts: [
      { by: 'chloe', rating: 'mostly_true', summary: 'The only confirmed earlier call is October’s.' },
      {
        by: 'ben',
        rating: 'unproven',
        summary: 'One report of a November call is open; we cannot say “first” yet.',
      },
    ],
    comments: [
      { by: 'ben', body: 'I disagree with “mostly true”: the November report names two officials.' },
      {
        by: 'chloe',
        body: `It was denied the same evening. ${mention('ana')}, how do we settle this?`,
        answers: 0,
      },
    ],
  },
  {
    by: 'chloe',
    exact: 'a summit in Budapest was planned and later dropped as “a waste of time”',
    type: 'event',
    rationale: {
      by: 'ana',
      text: 'Announced after the October call, withdrawn within the week. The quoted words are the president’s own.',
    },
    evidence: [
      {
        by: 'ana',
        title: 'Transcript of the remarks on the cancelled summit',
        publisher: 'Official transcript service',
        publishedAt: '2025-10-22',
        kind: 'primary_document',
        stance: 'supports',
      },
    ],
    verdicts: [
      {
        by: 'ana',
        rating: 'true',
        summary: 'Announced, then withdrawn, in these words.',
        review: { by: 'chloe', decision: 'approve' },
      },
    ],
  },
  {
    by: 'ben',
    exact:
      "Officials counted two dead and at least four injured; a second agency, citing the city's emergency service, reported three dead",
    type: 'event',
    claimant: 'The report',
    tags: ['casualties'],
    assignee: 'chloe',
    comments: [
      {
        by: 'chloe',
        body: 'The sentence gives two counts without their hours. I check the pair; the first figure has its own claim.',
      },
    ],
  },
  {
    by: 'ben',
    exact: 'two dead and at least four injured',
    type: 'quantity',
    claimant: 'City officials',
    tags: ['casualties', 'figures'],
    assignee: 'ben',
    reviewer: 'ana',
    rationale: {
      by: 'ben',
      text: 'Official count at 09:00. The emergency service raised it to three at 16:40; the report gives the morning figure without the hour.',
    },
    evidence: [
      {
        by: 'ben',
        title: 'Morning bulletin, 09:00',
        publisher: 'City administration',
        publishedAt: '2025-12-27',
        kind: 'official_statement',
        stance: 'supports',
      },
      {
        by: 'chloe',
        title: 'Situation report, 16:40',
        publisher: 'Emergency service',
        publishedAt: '2025-12-27',
        kind: 'official_statement',
        stance: 'refutes',
      },
      {
        by: 'ben',
        title: 'Call with a duty doctor',
        publisher: 'Notes of the desk',
        kind: 'interview',
        stance: 'context',
        deskOnly: true,
        quote: 'Asked not to be named; confirms that the count rose in the afternoon.',
      },
    ],
    verdicts: [
      {
        by: 'ben',
        rating: 'missing_context',
        summary: 'Right at 09:00, overtaken by 16:40; the hour is missing.',
      },
    ],
    comments: [
      { by: 'chloe', body: 'Is the later count for the region or the city?' },
      { by: 'ben', body: `City only, ${mention('ana')} has the bulletin.`, answers: 0 },
      { by: 'ben', body: 'The doctor must not be named anywhere outside this desk.', deskOnly: true },
    ],
  },
  {
    by: 'chloe',
    exact: 'Air-raid sirens sounded for nearly ten hours',
    type: 'quantity',
    tags: ['figures'],
    rationale: {
      by: 'chloe',
      text: 'The alert map shows 23:14 to 09:02: nine hours and forty-eight minutes.',
    },
    evidence: [
      {
        by: 'chloe',
        title: 'Log of alerts for the capital',
        publisher: 'Public alert map',
        publishedAt: '2025-12-27',
        kind: 'dataset',
        stance: 'supports',
      },
    ],
    verdicts: [
      {
        by: 'chloe',
        rating: 'true',
        summary: '9 h 48 min.',
        review: { by: 'ben', decision: 'approve', comment: 'Checked against the log.' },
      },
    ],
    comments: [{ by: 'dara', body: 'Log attached, times match.' }],
    resolved: true,
  },
  {
    by: 'ben',
    exact: 'only military sites had been hit',
    type: 'event',
    claimant: 'The defence ministry',
    rationale: {
      by: 'chloe',
      text: 'Pictures from two districts show damaged blocks of flats; the place of each was found on the map.',
    },
    evidence: [
      {
        by: 'chloe',
        title: 'Eleven located pictures',
        publisher: 'Open-source group',
        kind: 'image_video',
        stance: 'refutes',
      },
      {
        by: 'ben',
        title: 'List of damaged addresses',
        publisher: 'City administration',
        kind: 'official_statement',
        stance: 'refutes',
      },
    ],
    verdicts: [
      {
        by: 'chloe',
        rating: 'false',
        summary: 'Homes in two districts were hit.',
        review: { by: 'ana', decision: 'approve' },
      },
    ],
  },
  {
    by: 'ana',
    exact: 'a 20-point peace framework as “90% ready”',
    type: 'quotation',
    claimant: 'President Zelenskyy',
    tags: ['framework', 'wording'],
    attribution: { by: 'ana', state: 'confirmed', note: 'Said on camera; the recording is in the evidence.' },
    rationale: {
      by: 'ben',
      text: 'He said it. Whether nine tenths are agreed is another question: the other side names four open points, among them the two largest.',
    },
    evidence: [
      {
        by: 'ben',
        title: 'Recording of the joint statement, minute 14',
        publisher: 'Broadcast pool',
        publishedAt: '2025-12-28',
        kind: 'image_video',
        stance: 'supports',
      },
      {
        by: 'ben',
        title: 'Briefing: four points still open',
        publisher: 'Delegation briefing',
        publishedAt: '2025-12-29',
        kind: 'official_statement',
        stance: 'refutes',
      },
    ],
    verdicts: [
      {
        by: 'ben',
        rating: 'misleading',
        summary: 'Truly said; the share is his own estimate and the open points weigh most.',
        review: { by: 'ana', decision: 'approve' },
      },
    ],
  },
  {
    by: 'dara',
    exact: 'No draft of the framework has been published',
    type: 'event',
    tags: ['framework'],
  },
  {
    by: 'ben',
    exact: 'a “robust” security agreement',
    type: 'quotation',
    claimant: 'President Trump',
    tags: ['wording'],
    assignee: 'ben',
  },
  {
    by: 'chloe',
    exact: 'No Russian delegation was in the room',
    type: 'event',
    rationale: {
      by: 'chloe',
      text: 'Both guest lists name the same delegations. The earlier list had a question mark.',
    },
    evidence: [
      {
        by: 'chloe',
        title: 'Guest list, as handed out',
        publisher: 'Host’s press office',
        publishedAt: '2025-12-28',
        kind: 'primary_document',
        stance: 'supports',
      },
    ],
    verdicts: [
      {
        by: 'chloe',
        rating: 'true',
        summary: 'Not on either list.',
        review: { by: 'ben', decision: 'approve' },
      },
    ],
    checkAgain: 'ana',
    comments: [
      { by: 'ana', body: 'A corrected list was sent this morning. Please look once more before we export.' },
    ],
  },
  {
    by: 'ben',
    exact: 'the process could “move very rapidly”',
    type: 'prediction',
    claimant: 'President Trump',
    dismissed: 'not_checkable',
  },
  {
    by: 'ben',
    exact: 'Mr Putin had warned the day before that Russia would reach its aims by force if diplomacy failed',
    type: 'event',
    rationale: { by: 'ben', text: 'The state agency’s text has the condition; the day is right.' },
    evidence: [
      {
        by: 'ben',
        title: 'Remarks at a command post',
        publisher: 'State news agency',
        publishedAt: '2025-12-27',
        kind: 'news_agency',
        stance: 'supports',
      },
    ],
    verdicts: [
      {
        by: 'ben',
        rating: 'true',
        summary: 'Said on the 27th, with that condition.',
        review: {
          by: 'chloe',
          decision: 'request_changes',
          comment: 'Please quote the condition; “by force” is our summary of it.',
        },
      },
    ],
  },
];

export const demoThread = {
  by: 'dara' as Who,
  exact: 'gave different accounts of what the remaining tenth contains',
  body: `Do we have both accounts in writing? ${mention('ben')}`,
  reply: { by: 'ben' as Who, body: 'One in writing, one from the briefing. I add both as evidence tonight.' },
};
