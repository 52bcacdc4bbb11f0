import { beforeAll, describe, expect, test } from 'vitest';
import { buildProjection, type ExportProjection } from '#core/export/projection.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { formatPdf } from '#server/export/pdf/pdf.ts';
import { readSourceHere } from '#server/import/reader.ts';
import { expectGolden } from '#tests/core/export/golden.ts';
import {
  anchorOn,
  claim,
  comment,
  id,
  input,
  richProjection,
  thread,
} from '#tests/core/export/rich-report.ts';
import { complaintsOf, textOf, unpacked } from '#tests/support/pdf-programs.ts';
import { largeProjection } from './large-report.ts';
import { bare, readPdf, wordsUnder, type Annotation, type ReadPdf, type StructureNode } from './read-pdf.ts';
import { scriptCases, scriptsProjection } from './scripts.ts';

const projection = richProjection();
let bytes: Uint8Array;
let pdf: ReadPdf;

beforeAll(async () => {
  bytes = await formatPdf(projection);
  pdf = await readPdf(bytes);
}, 60_000);

const highlights = (file: ReadPdf): Annotation[] =>
  file.annotations.filter((each) => each.kind === 'Highlight');
const linesOf = (file: ReadPdf): string[][] =>
  file.pages.map(({ items }) => {
    const lines = new Map<number, string[]>();
    for (const item of items)
      lines.set(Math.round(item.baseline), [...(lines.get(Math.round(item.baseline)) ?? []), item.text]);
    return [...lines].sort(([one], [other]) => other - one).map(([, words]) => words.join(' | '));
  });

async function pdfOf(
  content: DocNode[],
  claims: readonly (readonly [start: number, end: number])[] = [],
): Promise<[ReadPdf, Uint8Array, ExportProjection]> {
  const doc: DocNode = { type: 'doc', content };
  const { text } = flattenNode(doc);
  const made = claims.map(([start, end], i) => {
    const exact = text.slice(start, end);
    return claim(60_000 + i, exact, { anchor: { start, end, exact, state: 'anchored', confidence: 1 } });
  });
  const built = buildProjection({
    ...input,
    doc,
    claims: made,
    threads: [],
    rationales: new Map(),
    verdicts: [],
  });
  const written = await formatPdf(built);
  return [await readPdf(written), written, built];
}

const paragraph = (text: string): DocNode => ({
  type: 'paragraph',
  content: text === '' ? [] : [{ type: 'text', text }],
});
const sentence = 'The minister said that the talks had gone on for longer than anybody had expected. ';

describe('the rich report', () => {
  test('EX45 reads as the file that somebody has looked at: words, annotations, bookmarks, structure', () => {
    const shown = (node: StructureNode): unknown =>
      node.children.length === 0
        ? node.alt === undefined
          ? node.role
          : `${node.role} (${node.alt})`
        : { [node.role]: node.children.map(shown) };
    const order = new Map(pdf.annotations.map((each, i) => [each.id, i]));
    const golden = {
      info: pdf.info,
      pages: linesOf(pdf),
      annotations: pdf.annotations.map((each) => ({
        kind: each.kind,
        page: each.page,
        ...(each.kind === 'Link'
          ? { to: each.address ?? each.destination }
          : {
              author: each.author,
              contents: each.contents,
              words: each.boxes.length === 0 ? null : wordsUnder(pdf, each),
              repliesTo: each.repliesTo === null ? null : order.get(each.repliesTo),
              state: each.state,
              created: each.created,
              modified: each.modified,
            }),
      })),
      outline: pdf.outline,
      structure: pdf.pages.map((page) => (page.structure === null ? null : shown(page.structure))),
    };
    expectGolden('report.pdf.json', `${JSON.stringify(golden, null, 1)}\n`);
  });

  test('EX46 is sound for qpdf, and poppler reads its words', () => {
    expect(complaintsOf(bytes)).toBe('');
    expect(bare(textOf(bytes))).toContain(
      bare('Before the guests arrived, the president spoke by telephone'),
    );
  });

  test('EX48 leads from each number in the margin to its note and from the note back', () => {
    const links = pdf.annotations.filter((each) => each.kind === 'Link' && each.destination !== null);
    for (const { destination } of links) expect(pdf.destinations.has(destination!), destination!).toBe(true);
    const wanted = projection.claims.filter((each) => each.isPlaced);
    for (const { number } of wanted) {
      const there = links.find((each) => each.destination === `claim-${number}`);
      const back = links.find((each) => each.destination === `at-${number}`);
      expect(there?.page).toBe(pdf.destinations.get(`at-${number}`));
      expect(back?.page).toBe(pdf.destinations.get(`claim-${number}`));
    }
    expect(links.some((each) => each.destination === 'talk-1')).toBe(true);
    expect(links.some((each) => each.destination === 'talk-at-1')).toBe(true);
    expect(links.some((each) => each.destination === 'talk-at-2')).toBe(false);
  });

  test('EX48 has a bookmark for each heading and each note, on the page where it is', () => {
    const [title, notes] = pdf.outline;
    expect(title?.title).toBe(projection.report.title);
    expect(title?.items.map((item) => item.title)).toEqual([
      'What the call settled',
      'The night before',
      'Other voices',
    ]);
    expect(title?.items[1]?.items.map((item) => item.title)).toEqual(['The framework']);
    expect(notes?.items).toHaveLength(projection.claims.filter((each) => each.isPlaced).length);
    expect(notes?.items[0]?.page).toBe(pdf.destinations.get('claim-1'));
  });

  test('EX49 gives comments as replies to the claim and to each other, and says what is resolved', () => {
    const byBody = (body: string) => pdf.annotations.find((each) => each.contents.startsWith(body))!;
    const about = highlights(pdf).find((each) => each.contents.startsWith('4. '))!;
    const question = byBody('Is the later count');
    const answer = byBody('City only, @Ana Reyes');
    expect([question.repliesTo, answer.repliesTo]).toEqual([about.id, question.id]);
    expect(byBody('Thanks').repliesTo).toBe(byBody('Deleted').id);
    expect([question.author, question.replyType, question.created]).toEqual([
      'Chloé Martin',
      'R',
      'D:20251228140100Z',
    ]);
    const done = pdf.annotations.filter((each) => each.state !== null);
    expect(done.map((each) => [each.state, each.repliesTo, each.author])).toEqual([
      ['Completed', about.id, 'Ana Reyes'],
    ]);
  });

  test('EX49 gives a thread on plain words as a highlight with the first comment, the others as replies', () => {
    const first = highlights(pdf).find((each) => each.contents.startsWith('Which ministry?'))!;
    expect(wordsUnder(pdf, first)).toBe('The ministry called it');
    expect(pdf.annotations.find((each) => each.contents === '=1+1')?.repliesTo).toBe(first.id);
  });

  test('EX49 names annotations by the ids of claims and comments', () => {
    const raw = unpacked(bytes).toString('latin1');
    for (const name of [id(10), id(24), id(301), id(304), id(321), id(322)])
      expect(raw).toContain(`/NM (${name})`);
  });

  test('EX55 marks every verdict that is not signed off, in the margin, the note and the annotation', () => {
    const text = textOf(bytes);
    const notes = highlights(pdf).map((each) => each.contents.split('\n')[0]);
    for (const words of [
      'Mostly true (not signed off)',
      'True (needs re-check)',
      'Half true (signed off alone)',
      'False (disputed)',
    ]) {
      expect(text.split(words).length - 1, words).toBeGreaterThanOrEqual(2);
      expect(
        notes.some((note) => note!.endsWith(words)),
        words,
      ).toBe(true);
    }
    expect(text).toContain('Nobody else is on duty tonight');
    expect(text).toContain('Against it: Unproven');
  });

  test('EX55 gives the colour of a rating to what is signed off only', () => {
    const colourOf = (number: number) =>
      highlights(pdf)
        .find((each) => each.contents.startsWith(`${number}. `))!
        .colour.join();
    expect(colourOf(1)).not.toBe(colourOf(3));
    expect(colourOf(3)).toBe(colourOf(10));
  });

  test('EX52 holds not a byte of what is desk only, in no stream either', () => {
    const raw = unpacked(bytes);
    const utf16 = Buffer.from('DESKONLY', 'utf16le').swap16();
    expect(raw.includes(Buffer.from('Ben Okafor'))).toBe(true);
    expect(raw.includes(Buffer.from('DESKONLY'))).toBe(false);
    expect(raw.includes(utf16)).toBe(false);
    expect(`${textOf(bytes)}${JSON.stringify(pdf)}`).not.toMatch(/DESKONLY/i);
  });

  test('EX52 has nothing that runs, and no link that a reader may not follow', () => {
    const raw = unpacked(bytes).toString('latin1');
    expect(raw).not.toMatch(/\/(JavaScript|JS|Launch|EmbeddedFile|OpenAction|AA|SubmitForm)\b/);
    const addresses = pdf.annotations.flatMap((each) => each.address ?? []);
    expect(addresses).toContain('https://example.org/statement?a=1&b=2');
    for (const address of addresses) expect(address).toMatch(/^https:\/\//);
  });

  test('EX53 is the same bytes for the same state', async () => {
    const again = await formatPdf(richProjection());
    expect(Buffer.from(again).equals(Buffer.from(bytes))).toBe(true);
  });

  test('EX51 is tagged, in the language of its words about words, and shows its title', () => {
    const raw = unpacked(bytes).toString('latin1');
    const roles = new Set<string>();
    const collect = (node: StructureNode): void => {
      roles.add(node.role);
      node.children.forEach(collect);
    };
    for (const page of pdf.pages) if (page.structure !== null) collect(page.structure);
    expect([...roles].sort()).toEqual(
      expect.arrayContaining(
        'Annot BlockQuote Code Document H1 H2 H3 L LBody LI Lbl Link Note P Quote Reference Sect TD TH TR Table'.split(
          ' ',
        ),
      ),
    );
    expect([pdf.isMarked, pdf.language, pdf.info['Title']]).toEqual([true, 'en', projection.report.title]);
    expect(raw).toContain('/DisplayDocTitle true');
    expect(raw).toMatch(/\/ColSpan 2/);
    expect(raw).toMatch(/\/Scope \/Column/);
  });

  test('EX51 keeps page numbers and running titles out of what is read aloud', () => {
    const stream = unpacked(bytes).toString('latin1');
    const furniture = stream.match(/\/Artifact << ?\/Type \/Pagination ?>> BDC/g) ?? [];
    expect(furniture).toHaveLength(3 * pdf.pages.length - 1);
    expect(linesOf(pdf)[0]!.at(-1)).toContain(`1 / ${pdf.pages.length}`);
  });
});

describe('scripts', () => {
  let file: ReadPdf;
  let written: Uint8Array;
  const scripts = scriptsProjection();
  beforeAll(async () => {
    written = await formatPdf(scripts);
    file = await readPdf(written);
  }, 60_000);

  test.each(scriptCases.map((each) => each.name))(
    'EX47 finds the words under every highlight: %s',
    (name) => {
      const { text, claims } = scriptCases.find((each) => each.name === name)!;
      const isMixed = /[\u0590-\u08ff]/.test(text) && /[A-Za-z0-9]/.test(text);
      // On a line of both directions the order of the pieces is for the reader to say: their letters must be there.
      const letters = (words: string): string =>
        isMixed ? Array.from(bare(words)).sort().join('') : bare(words);
      const found = highlights(file).map((each) => letters(wordsUnder(file, each)));
      for (const words of claims)
        expect(
          found.filter((each) => each === letters(words)),
          words,
        ).toHaveLength(3);
    },
  );

  test('EX47 comes back through our own reader with every quotation on its words', async () => {
    const read = await readSourceHere({
      bytes: Uint8Array.from(written),
      name: 'report.pdf',
      declared: 'file',
    });
    const found = new Map(
      read.notes.map((note) => [note.comments[0]?.originId, bare(read.text.slice(note.start, note.end))]),
    );
    // On a line of both directions a reader has to guess which one the line has.
    const mixed = scriptCases.find((each) => each.name === 'both directions')!.claims;
    const wanted = scripts.claims.filter((each) => !mixed.includes(each.quote.exact));
    expect(wanted).toHaveLength(scripts.claims.length - 3 * mixed.length);
    const missed = wanted.filter((each) => found.get(each.id) !== bare(each.quote.exact));
    expect(missed.map((each) => each.quote.exact)).toEqual([]);
  });

  test('EX50 reads for poppler what was written, script after script', () => {
    const read = bare(textOf(written).replace(/[\u202a-\u202e]/g, ''));
    for (const words of [
      'office of the chief official',
      'соглашение готово на',
      'διήρκεσε εβδομήντα πέντε',
      '双方同意再次通话',
      '電話で会談した',
      '전화로 75분 동안 회담했다',
      'प्रवक्ता ने कहा',
      'เจ็ดสิบห้านาที',
      'כי השיחה נמשכה',
      'المتحدث إن المكالمة',
    ])
      expect(read, words).toContain(bare(words));
  });

  test('EX50 embeds every font and draws no box for a missing character', () => {
    const raw = unpacked(written).toString('latin1');
    const fonts = raw.match(/\/Subtype \/CIDFontType2/g) ?? [];
    expect(raw.match(/\/FontFile2 /g)).toHaveLength(fonts.length);
    // The box of a font reads as the replacement character, and nobody wrote one.
    expect(JSON.stringify(file.pages)).not.toContain('\ufffd');
    expect(complaintsOf(written)).toBe('');
  });

  test('EX50 draws a sign for what no font has and lets it stand for the character', async () => {
    const [read, out] = await pdfOf([paragraph('Cuneiform 𒀀𒀁 and private \ue123 stay.')], [[10, 14]]);
    expect(wordsUnder(read, highlights(read)[0]!)).toBe('𒀀𒀁');
    expect(textOf(out)).toContain('private \ue123 stay');
  });
});

describe('long texts', () => {
  test('EX47 marks a claim on each page that it is on', async () => {
    const text = sentence.repeat(90).trim();
    const [read, , built] = await pdfOf([paragraph(text)], [[200, text.length - 200]]);
    const parts = highlights(read);
    expect(parts.map((each) => each.page)).toEqual([1, 2, 3]);
    expect(bare(parts.map((each) => wordsUnder(read, each)).join(''))).toBe(
      bare(built.claims[0]!.quote.exact),
    );
    expect(parts[1]!.contents).toBe('Claim 1, continued from the page before.');
    expect(read.annotations.filter((each) => each.destination === 'claim-1')).toHaveLength(1);
  });

  test('EX47 finds the words of claims that stand close together in many scripts', async () => {
    const dense = largeProjection({ words: 3_000, claims: 600, comments: 600, isMixed: true });
    const out = await formatPdf(dense);
    expect(complaintsOf(out)).toBe('');
    const read = await readPdf(out);
    const parts = new Map<string, string>();
    for (const each of highlights(read)) {
      const number = /^(?:Claim )?(\d+)/.exec(each.contents)![1]!;
      parts.set(number, `${parts.get(number) ?? ''}${wordsUnder(read, each)}`);
    }
    const letters = (words: string): string => Array.from(bare(words)).sort().join('');
    const missed = dense.claims.filter(
      (each) => letters(parts.get(String(each.number)) ?? '') !== letters(each.quote.exact),
    );
    expect(missed.map((each) => each.quote.exact)).toEqual([]);
    expect(read.annotations.filter((each) => each.destination?.startsWith('claim-'))).toHaveLength(600);
  }, 60_000);

  test('EX56 keeps a heading with its text and leaves no line of a paragraph alone', async () => {
    for (let lines = 1; lines < 46; lines += 8) {
      const filler = Array.from({ length: lines }, () => paragraph('Filler.'));
      const heading: DocNode = {
        type: 'heading',
        attrs: { level: 2 },
        content: [{ type: 'text', text: 'HEADING' }],
      };
      const [read] = await pdfOf([...filler, heading, paragraph(`FIRST ${sentence.repeat(5)}`)]);
      const pages = read.pages.map(({ items }) => items.map((item) => item.text).join(' '));
      const pageOf = (words: RegExp) => pages.findIndex((page) => words.test(page));
      expect(pageOf(/HEADING/), `${lines} lines before`).toBe(pageOf(/FIRST/));
    }
  });

  test('EX56 begins no line with a closing mark and ends none with an opening one', async () => {
    const texts = [
      '会談した。「会議は来週開かれる」と、発表した（七十五分）ッー。',
      '他说：“好。”（见第三页）、《报告》！',
      '그는 “좋다.”라고 (말)했다. ',
    ];
    const [read] = await pdfOf(texts.map((text) => paragraph(text.repeat(20))));
    const lines = new Map<string, string>();
    read.pages.forEach(({ items }, page) => {
      for (const item of items.filter((each) => each.left < 410)) {
        const key = `${page} ${Math.round(item.baseline)}`;
        lines.set(key, `${lines.get(key) ?? ''}${item.text}`);
      }
    });
    const set = [...lines.values()].map((line) => line.trim()).filter((line) => /[\u3000-\ud7ff]/.test(line));
    expect(set.length).toBeGreaterThan(25);
    for (const line of set) {
      expect(line).not.toMatch(/^[。、，！：」）》ッー”.]/);
      expect(line).not.toMatch(/[「（《“(]$/);
    }
  });

  test('EX57 breaks a table between rows and sets its header again, read once', async () => {
    const cell = (type: string, text: string): DocNode => ({
      type,
      attrs: { colspan: 1, rowspan: 1, colwidth: null },
      content: [paragraph(text)],
    });
    const row = (type: string, ...texts: string[]): DocNode => ({
      type: 'table_row',
      content: texts.map((text) => cell(type, text)),
    });
    const rows = Array.from({ length: 70 }, (_, i) => row('table_cell', `row ${i}`, sentence));
    const [read, out] = await pdfOf([
      { type: 'table', content: [row('table_header', 'NUMBER', 'WORDS'), ...rows] },
    ]);
    expect(complaintsOf(out)).toBe('');
    const withHeader = read.pages.filter(({ items }) => items.some((item) => item.text.includes('NUMBER')));
    const withRows = read.pages.filter(({ items }) => items.some((item) => /^row \d/.test(item.text)));
    expect(withRows.length).toBeGreaterThan(2);
    expect(withHeader).toHaveLength(withRows.length);
    expect(
      unpacked(out)
        .toString('latin1')
        .match(/\/S \/TH\b/g),
    ).toHaveLength(2);
  });

  test('EX57 goes on with a row that no page has room for, and with cells over several rows', async () => {
    const cell = (text: string, rowspan = 1, colspan = 1): DocNode => ({
      type: 'table_cell',
      attrs: { colspan, rowspan, colwidth: null },
      content: [paragraph(text)],
    });
    const [read, out] = await pdfOf([
      {
        type: 'table',
        content: [
          { type: 'table_row', content: [cell('SPAN', 3), cell('one')] },
          { type: 'table_row', content: [cell('two')] },
          { type: 'table_row', content: [cell('three')] },
          { type: 'table_row', content: [cell(`LONG ${sentence.repeat(120)} END`, 1, 2)] },
        ],
      },
    ]);
    expect(complaintsOf(out)).toBe('');
    const words = read.pages.map(({ items }) => items.map((item) => item.text).join(' '));
    expect(
      words.findIndex((page) => page.includes('END')) - words.findIndex((page) => page.includes('LONG')),
    ).toBeGreaterThan(0);
    for (const { items } of read.pages) for (const item of items) expect(item.baseline).toBeGreaterThan(30);
  });
});

describe('hostile and empty', () => {
  test('EX54 writes a sound file of an empty report', async () => {
    const [read, out] = await pdfOf([{ type: 'paragraph' }]);
    expect(complaintsOf(out)).toBe('');
    expect(linesOf(read).join()).toContain('0 claims');
    expect(read.annotations).toEqual([]);
  });

  test('EX54 writes a sound file of words that no typesetter likes', async () => {
    const words = [
      'x'.repeat(100_000),
      'ال'.repeat(5_000),
      '('.repeat(3_000) + 'א' + ')'.repeat(3_000),
      `a${'\u0301'.repeat(3_000)}b`,
      '\u0000\u0001\u001b[31m\u0007\u009f tab\there \\ ( ) \\) <</X>> endstream endobj',
      `half \ud800 pair \udc00 other \ufffe \uffff`,
      '\u202eoverride\u202c \u2066isolate\u2069 \u200f\u200e\u061c marks',
      '👩‍👩‍👧‍👦'.repeat(200),
      '한'.repeat(2_000),
    ];
    const [read, out] = await pdfOf(words.map(paragraph), [[0, 90_000]]);
    expect(complaintsOf(out)).toBe('');
    const text = textOf(out);
    expect(text).toContain('override');
    expect(text).toContain('half \ufffd pair \ufffd other');
    expect(
      bare(
        highlights(read)
          .map((each) => wordsUnder(read, each))
          .join(''),
      ),
    ).toBe('x'.repeat(90_000));
  }, 60_000);

  test('EX54 takes answers a thousand deep and a title of any kind', async () => {
    const comments = Array.from({ length: 1_000 }, (_, i) =>
      comment(70_000 + i, `answer ${i}`, i === 0 ? {} : { parentId: id(70_000 + i - 1) }),
    );
    const built = buildProjection({
      ...input,
      report: { ...input.report, title: `</dc:title> & "q" \ud800 ${'long '.repeat(200)}\u202e` },
      threads: [
        thread(71_000, comments, { claimId: id(10) }),
        thread(71_001, [], { anchor: anchorOn('Other voices') }),
      ],
    });
    const out = await formatPdf(built);
    expect(complaintsOf(out)).toBe('');
    const read = await readPdf(out);
    expect(read.annotations.filter((each) => each.contents.startsWith('answer '))).toHaveLength(1_000);
  }, 60_000);
});
