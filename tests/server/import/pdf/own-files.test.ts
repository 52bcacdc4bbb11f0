/** PDFs that went out from here, read again: the report's own words with what was said about them, nothing else. */
import { describe, expect, test } from 'vitest';
import { buildProjection, type ExportProjection } from '#core/export/projection.ts';
import type { ExportComment } from '#core/export/thread.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { formatPdf } from '#server/export/pdf/pdf.ts';
import type { ReadNote } from '#server/import/notes.ts';
import type { ImportedText } from '#server/import/reader.ts';
import { claim, comment, id, input, richProjection, thread } from '#tests/core/export/rich-report.ts';
import { readPdfBytes } from './read.ts';

const taken = async (projection: ExportProjection): Promise<ImportedText> =>
  readPdfBytes(await formatPdf(projection));

const paragraph = (text: string): DocNode => ({ type: 'paragraph', content: [{ type: 'text', text }] });

/** A report of these paragraphs with a claim on each of these words. */
function reportOf(paragraphs: readonly string[], claimed: readonly string[]): ExportProjection {
  const doc: DocNode = { type: 'doc', content: paragraphs.map(paragraph) };
  const { text } = flattenNode(doc);
  const claims = claimed.map((words, i) => {
    const start = text.indexOf(words);
    const anchor = {
      start,
      end: start + words.length,
      exact: words,
      state: 'anchored',
      confidence: 1,
    } as const;
    return claim(500 + i, words, { anchor });
  });
  return buildProjection({ ...structuredClone(input), doc, claims, threads: [], verdicts: [] });
}

/** The words of each note, by the record that it was. */
function wordsById({ notes, text }: ImportedText): Map<string, string> {
  return new Map(
    notes.map(({ comments, start, end }) => [comments[0]?.originId ?? '', text.slice(start, end)]),
  );
}

describe('a PDF that went out from here', () => {
  test('IM152 gives the report’s own words, without what was written around them', async () => {
    const projection = richProjection();
    const { title, text, meta, unreadable } = await taken(projection);
    expect(title).toBe(projection.report.title);
    expect(text.startsWith('What the call settled\nBefore the guests arrived')).toBe(true);
    expect(text.endsWith('right to left')).toBe(true);
    expect(text).not.toMatch(/Checked by|Signed off|in the text, page|Exported from/);
    expect(unreadable).toContain('What Proofdesk wrote around the text was left out.');
    expect(meta).toMatchObject({ byline: null, publishedAt: null });
  });

  test('IM153 has every claim and thread that has a place once, on the very words, with answers, authors and times', async () => {
    const projection = richProjection();
    const again = await taken(projection);
    const placed = [
      ...projection.claims
        .filter(({ isPlaced }) => isPlaced)
        .map(({ id: name, anchor, createdBy, createdAt, thread: talk }) => ({
          name,
          words: anchor.exact,
          isResolved: talk?.state === 'resolved',
          said: [{ name, author: createdBy, at: createdAt }, ...(talk?.comments ?? []).map(signed)],
        })),
      ...projection.threads
        .filter(({ anchor }) => anchor?.start != null)
        .map(({ anchor, state, comments }) => ({
          name: comments[0]?.id,
          words: anchor?.exact,
          isResolved: state === 'resolved',
          said: comments.map(signed),
        })),
    ];
    expect(placed.length).toBeGreaterThan(10);
    const found = again.notes.map(({ start, end, isResolved, comments }) => ({
      name: comments[0]?.originId,
      words: again.text.slice(start, end),
      isResolved,
      said: comments.map(({ originId, author, at }) => ({ name: originId, author, at: sameForm(at) })),
    }));
    const byName = (one: { name?: string | null | undefined }, other: typeof one): number =>
      String(one.name).localeCompare(String(other.name));
    expect(found.toSorted(byName)).toEqual(placed.toSorted(byName));
  });

  test('IM153 finds the quotations again in each script', async () => {
    const scripts = {
      latin: ['The “deal” is 90% ready, they said.', '“deal” is 90% ready'],
      cyrillic: ['Постоянный представитель заявил, что соглашение готово.', 'заявил, что соглашение'],
      greek: ['Ο εκπρόσωπος δήλωσε ότι η συμφωνία είναι έτοιμη.', 'δήλωσε ότι η συμφωνία'],
      arabic: ['وقال المتحدث إن المكالمة استمرت 75 دقيقة وكانت مثمرة.', 'المكالمة استمرت 75 دقيقة'],
      hebrew: ['הדובר אמר שההסכם מוכן ב-90 אחוזים.', 'שההסכם מוכן ב-90 אחוזים'],
      chinese: ['发言人表示，双方同意再次通话。', '双方同意再次通话'],
      japanese: ['報道官は、協定は九割方できていると述べた。', '協定は九割方できている'],
      korean: ['대변인은 합의가 90퍼센트 준비되었다고 말했다.', '합의가 90퍼센트 준비되었다고'],
      devanagari: ['प्रवक्ता ने कहा कि बातचीत अंतिम चरण में है।', 'बातचीत अंतिम चरण में'],
      accented: ['Příliš žluťoučký kůň úpěl ďábelské ódy; naïve façade.', 'žluťoučký kůň úpěl'],
    };
    const all = Object.values(scripts);
    const claimed = all.map(([, words = '']) => words);
    const again = await taken(
      reportOf(
        all.map(([text = '']) => text),
        claimed,
      ),
    );
    expect(again.text.split('\n')).toEqual(all.map(([text]) => text));
    const words = wordsById(again);
    expect(claimed.map((_, i) => words.get(id(500 + i)))).toEqual(claimed);
  });

  test('IM153 joins what goes over pages, claims and threads', async () => {
    const paragraphs = Array.from(
      { length: 60 },
      (_, i) =>
        `In paragraph ${i + 1} the officials said once more that everything was as it had been before, or nearly.`,
    );
    const [first = '', last = ''] = [paragraphs[2], paragraphs[57]];
    const projection = reportOf(paragraphs, [
      `${first}\n${paragraphs.slice(3, 57).join('\n')}\n${last}`,
      'paragraph 5 the',
    ]);
    const { start, end, exact } = { start: 0, end: projection.text.length, exact: projection.text };
    const anchor = { start, end, exact, state: 'anchored', confidence: 1 } as const;
    const talk = thread(700, [comment(800, 'All of it?')], { anchor });
    const again = await taken(
      buildProjection({
        ...structuredClone(input),
        doc: projection.doc,
        claims: [],
        threads: [talk],
        verdicts: [],
      }),
    );
    expect(wordsOf(again.notes, again.text)).toEqual([projection.text]);
    const claims = await taken(projection);
    expect(claims.notes).toHaveLength(2);
    expect(wordsById(claims).get(id(500))).toBe(projection.claims[0]?.anchor.exact);
  });
});

function wordsOf(notes: readonly ReadNote[], text: string): string[] {
  return notes.map(({ start, end }) => text.slice(start, end));
}

function signed({ id: name, author, at }: ExportComment): { name: string; author: string; at: string } {
  return { name, author, at };
}

const sameForm = (at: string | null): string | null => (at === null ? null : new Date(at).toISOString());
