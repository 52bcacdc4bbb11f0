import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { disarmed, formatCsv } from '#core/export/csv.ts';
import { formatWebAnnotation } from '#core/export/webannotation.ts';
import { buildProjection } from '#core/export/projection.ts';
import { readAnnotations } from '#server/import/annotations/read.ts';
import { ana, anchorOn, claim, comment, id, input, richProjection, text, thread } from './rich-report.ts';
import { webAnnotationSchema } from './web-annotation-schema.ts';

const on = (exact: string) => ({ anchor: anchorOn(exact), quote: { exact, prefix: '', suffix: '' } });

describe('CSV', () => {
  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\n=1',
    ' =1',
    '\u200b=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '−1',
  ])('EX13 %j is disarmed', (cell) => {
    expect(disarmed(cell).startsWith("'")).toBe(true);
  });

  test.each(['a=b', '1', 'x-y', '“=”', ''])('EX13 %j stays as it is', (cell) => {
    expect(disarmed(cell)).toBe(cell);
  });

  test('EX13 has a mark for UTF-8, a line of titles and a row for each claim', () => {
    const rows = parse(formatCsv(richProjection()));
    expect(formatCsv(richProjection()).charCodeAt(0)).toBe(0xfeff);
    expect(rows).toHaveLength(1 + input.claims.length);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(rows[1]?.slice(0, 2)).toEqual(['1', 'The call lasted 75 minutes']);
  });

  test('EX13 no cell of any column begins like a formula', () => {
    const evil = '=HYPERLINK("http://x")';
    const claims = [
      claim(10, 'The call lasted 75 minutes', {
        claimant: evil,
        place: evil,
        tags: [evil],
        attribution: { state: 'altered', note: evil },
        createdBy: { id: null, name: evil },
      }),
    ];
    const rows = parse(
      formatCsv(
        buildProjection({
          ...input,
          report: { ...input.report, title: evil },
          claims,
          threads: [],
          verdicts: [],
        }),
      ),
    );
    expect(rows.flat().filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
    expect(rows.flat().filter((cell) => cell.startsWith("'="))).toHaveLength(6);
  });
});

interface Annotation {
  readonly id: string;
  readonly type: string;
  readonly motivation: string | string[];
  readonly creator: { readonly name: string };
  readonly body?: { readonly purpose: string; readonly value?: string; readonly source?: string }[];
  readonly target:
    | string
    | {
        readonly source: string;
        readonly selector: {
          readonly type: string;
          readonly exact?: string;
          readonly start?: number;
          readonly end?: number;
          readonly prefix?: string;
        }[];
      };
}

describe('Web annotations', () => {
  const collection = JSON.parse(formatWebAnnotation(richProjection()));
  const items: Annotation[] = collection.first.items;

  test('EX14 are a collection with its page inside', () => {
    expect(collection).toMatchObject({
      '@context': ['http://www.w3.org/ns/anno.jsonld', { proofdesk: expect.stringMatching(/^https:/) }],
      type: 'AnnotationCollection',
      total: items.length,
      first: { type: 'AnnotationPage', startIndex: 0 },
    });
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
    expect(
      items.every((item) => /^urn:uuid:[0-9a-f-]{36}$/.test(item.id) && item.type === 'Annotation'),
    ).toBe(true);
  });

  test('EX14 positions count in the plain text and quote what stands there', () => {
    const selectors = items.flatMap((item) =>
      typeof item.target === 'string' ? [] : [item.target.selector],
    );
    const placed = selectors.filter((selector) => selector.length === 2);
    expect(placed.length).toBeGreaterThan(10);
    for (const [quote, position] of placed) {
      expect(text.slice(position?.start, position?.end)).toBe(quote?.exact);
      expect(text.slice(0, position?.start).endsWith(quote?.prefix ?? '?')).toBe(true);
    }
  });

  test('EX72 say what a claim is and how it stands in terms of our own, and in words', () => {
    const [first] = items;
    expect(first).toMatchObject({
      'proofdesk:number': 1,
      'proofdesk:claimType': 'quantity',
      'proofdesk:claimant': 'Kremlin aide',
      'proofdesk:claimantRole': 'spokesman',
      'proofdesk:claimDate': '2025-12-28',
      'proofdesk:place': 'Florida',
      'proofdesk:rating': 'true',
      'proofdesk:standing': 'signed_off',
    });
    const said = first?.body?.map(({ value }) => value ?? '').join('\n') ?? '';
    expect(said).toContain('Said by: Kremlin aide, spokesman\nSaid on: 28 Dec 2025\nSaid at: Florida');
    expect(said).toContain('Earlier verdicts:\nHalf true, replaced: Ben Okafor');
    const quoted = items.find((item) => item.id === `urn:uuid:${id(18)}`);
    expect(quoted).toMatchObject({
      'proofdesk:attribution': 'altered',
      'proofdesk:attributionNote': 'He said “almost 90”.',
      'proofdesk:standing': 'disputed',
    });
    expect(items.flatMap((item) => Object.values(item))).not.toContain(null);
  });

  test('EX72 say which threads are resolved and by whom, on claims and on plain words', () => {
    const resolved = thread(410, [comment(411, 'Done')], {
      ...on('Other voices'),
      state: 'resolved',
      resolvedBy: ana,
    });
    const made: Annotation[] = JSON.parse(
      formatWebAnnotation(buildProjection({ ...input, threads: [...input.threads, resolved] })),
    ).first.items;
    const find = (number: number) => made.find((item) => item.id === `urn:uuid:${id(number)}`);
    const byAna = {
      'proofdesk:threadState': 'resolved',
      'proofdesk:resolvedBy': { type: 'Person', name: 'Ana Reyes' },
    };
    expect(find(13)).toMatchObject(byAna);
    expect(find(411)).toMatchObject(byAna);
    expect(find(321)).toMatchObject({ 'proofdesk:threadState': 'open' });
  });

  test('EX14 a claim without a sure place has its quotation only', () => {
    const lost = items.find(
      (item) =>
        typeof item.target !== 'string' && item.target.selector[0]?.exact === 'the words that were cut',
    );
    expect(
      typeof lost?.target === 'string' ? [] : lost?.target.selector.map((selector) => selector.type),
    ).toEqual(['TextQuoteSelector']);
  });

  const suggested = buildProjection({
    ...structuredClone(input),
    threads: [
      thread(400, [comment(401, '', { threadId: id(400) }), comment(402, 'Why?', { threadId: id(400) })], {
        ...on('The call lasted 75 minutes'),
        suggestion: { kind: 'insert', text: ' or so', state: 'pending', by: ana, decidedBy: null },
      }),
      thread(410, [comment(411, 'As the log has it', { threadId: id(410) })], {
        ...on('Other voices'),
        suggestion: { kind: 'delete', text: '', state: 'rejected', by: ana, decidedBy: ana },
      }),
      thread(420, [comment(421, 'Well done', { threadId: id(420) })]),
    ],
  });

  test.each([
    ['a rich report', richProjection()],
    ['suggestions and a note on the whole', suggested],
    ['nothing', buildProjection({ ...structuredClone(input), claims: [], threads: [], verdicts: [] })],
  ])('EX20 meet the MUSTs of the model: %s', (_, projection) => {
    const out = formatWebAnnotation(projection);
    const check = new Ajv().compile(webAnnotationSchema);
    check(JSON.parse(out));
    expect(check.errors).toBeNull();
    expect(readAnnotations(out).unreadable).toEqual([]);
  });

  test('EX20 a suggestion that waits is an edit of its words; one that was decided is talk', () => {
    const { items: made } = JSON.parse(formatWebAnnotation(suggested)).first;
    const find = (number: number) => made.find((item: Annotation) => item.id === `urn:uuid:${id(number)}`);
    expect(find(401)).toMatchObject({
      motivation: 'editing',
      body: [{ purpose: 'editing', value: 'The call lasted 75 minutes or so' }],
    });
    expect(find(401).body).toHaveLength(1);
    expect(find(402)).toMatchObject({ motivation: 'replying', target: `urn:uuid:${id(401)}` });
    expect(find(411)).toMatchObject({
      motivation: 'commenting',
      body: [{ value: 'Suggests to delete “Other voices” (rejected by Ana Reyes).\nAs the log has it' }],
    });
    expect(find(421).target).toBe(`urn:uuid:${input.report.id}`);
  });

  test('EX14 answers reply to the annotation that they answer', () => {
    const replies = items.filter((item) => item.motivation === 'replying');
    const ids = new Set(items.map((item) => item.id));
    expect(replies.length).toBeGreaterThan(2);
    expect(replies.every((item) => typeof item.target === 'string' && ids.has(item.target))).toBe(true);
  });
});

/** A reader of CSV as RFC 4180 has it. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|$)/gy;
  pattern.lastIndex = csv.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let match = pattern.exec(csv); match !== null && match[0] !== ''; match = pattern.exec(csv)) {
    rows.at(-1)?.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}
