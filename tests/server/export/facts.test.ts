/** EX71: what is known of a claim, in every format. */
import { describe, expect, test } from 'vitest';
import { factsOf } from '#core/export/facts.ts';
import { buildProjection } from '#core/export/projection.ts';
import { exportFormats, type ExportFormatName } from '#server/export/formats.ts';
import { claim, evidence, input } from '#tests/core/export/rich-report.ts';
import { partsOf } from '#tests/support/office-parts.ts';
import { readPdf } from './pdf/read-pdf.ts';

const projection = buildProjection({
  ...input,
  claims: [
    claim(10, 'The call lasted 75 minutes', {
      type: 'quotation',
      claimant: 'Kremlin aide',
      claimantRole: 'spokesman',
      claimDate: '2025-12-27',
      place: 'Florida',
      priority: 'urgent',
      attribution: { state: 'altered', note: 'He said almost' },
      tags: ['call', 'time'],
      evidence: [
        evidence(130, 10, { publisher: 'Press service', publishedAt: '2025-12-26', kind: 'court_record' }),
      ],
    }),
  ],
  threads: [],
  verdicts: [],
});
const [only] = projection.claims;

/** Words without markup, and all white space as one space. */
async function wordsOf(format: ExportFormatName): Promise<string> {
  const made = await exportFormats[format].format(projection);
  const text =
    typeof made === 'string'
      ? made
      : format === 'pdf'
        ? (await readPdf(made)).annotations.map(({ contents }) => contents).join('\n')
        : [...partsOf(made).values()].join('\n');
  return text
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('\\n', ' ')
    .replace(/\s+/g, ' ');
}

describe('what is known of a claim', () => {
  test('EX71 is told once: who said it, when, where, whether, of which type, how urgent, under which tags', () => {
    expect(only === undefined ? [] : factsOf(only)).toEqual([
      { label: 'Said by', value: 'Kremlin aide, spokesman' },
      { label: 'Said on', value: '27 Dec 2025' },
      { label: 'Said at', value: 'Florida' },
      { label: 'Was it said?', value: 'Said differently: He said almost' },
      { label: 'Type', value: 'Quotation' },
      { label: 'Priority', value: 'urgent' },
      { label: 'Tags', value: 'call, time' },
      { label: 'Marked by', value: 'Ben Okafor' },
    ]);
  });

  test.each(['html', 'md', 'docx', 'pdf', 'webannotation'] as const)(
    'EX71 is in %s in these words',
    async (format) => {
      const words = await wordsOf(format);
      for (const { label, value } of only === undefined ? [] : factsOf(only)) {
        // The model of web annotations has terms of its own for these.
        const isTerm = format === 'webannotation' && (label === 'Tags' || label === 'Marked by');
        if (!isTerm) expect(words).toContain(label);
        for (const part of isTerm ? value.split(', ') : [value]) expect(words).toContain(part);
      }
      expect(words).toMatch(/Press service\s?, 26 Dec 2025\s?, court record/);
    },
  );
});
