/** Files that went out from here, read again: the report's own words with what was said about them, nothing else. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { buildProjection } from '#core/export/projection.ts';
import type { ExportComment } from '#core/export/thread.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { formatDocx } from '#server/export/docx/docx.ts';
import type { ReadNote } from '#server/import/notes.ts';
import { readSourceHere, type ImportedText } from '#server/import/reader.ts';
import { input, richProjection } from '#tests/core/export/rich-report.ts';
import { chart } from '#tests/support/images.ts';

const projection = richProjection();
const images = { [chart.sha256]: { mediaType: chart.mediaType, bytes: chart.bytes } };
const file = formatDocx({ ...projection, images });

const read = (bytes: Uint8Array): Promise<ImportedText> =>
  readSourceHere({ bytes, name: 'a.docx', declared: 'file' });

/** The file with its main part written otherwise. */
function rewritten(bytes: Uint8Array, write: (xml: string) => string): Uint8Array {
  const parts = unzipSync(bytes);
  const before = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
  const after = write(before);
  if (after === before) throw new Error('nothing was changed');
  return zipSync({ ...parts, 'word/document.xml': strToU8(after) });
}

const bookmarkStart = /<w:bookmarkStart w:id="(\d+)" w:name="proofdesk_text"\/>/;
const bookmarkEnd = (xml: string): string => `<w:bookmarkEnd w:id="${bookmarkStart.exec(xml)?.[1]}"/>`;

describe('a Word file that went out from here', () => {
  test('IM150 gives the report’s own text, block for block, without what was written around it', async () => {
    const again = await read(file);
    expect(again.text).toBe(projection.text);
    const withBytes = (node: DocNode): boolean =>
      node.type !== 'figure' || node.attrs?.['image'] === chart.sha256;
    expect(plain(again.doc)).toEqual(
      plain({ ...projection.doc, content: projection.doc.content?.filter(withBytes) ?? [] }),
    );
    expect(again.title).toBe(projection.report.title);
    expect(again.images).toEqual([{ sha256: chart.sha256, mediaType: chart.mediaType, bytes: chart.bytes }]);
    expect(again.unreadable).toEqual(
      expect.arrayContaining([
        'What Proofdesk wrote around the text was left out.',
        'One picture was left out: “[Image: A map that was not kept <b>]”.',
      ]),
    );
  });

  test('IM150 keeps a first heading that is not the title, code marks, and rules in a row', async () => {
    const doc: DocNode = {
      type: 'doc',
      content: [
        { type: 'heading', attrs: { level: 1 }, content: [{ type: 'text', text: 'Part one' }] },
        { type: 'code_block', content: [{ type: 'text', text: '    first\n\n\tsecond' }] },
        { type: 'horizontal_rule' },
        { type: 'horizontal_rule' },
        { type: 'paragraph', content: [{ type: 'text', text: 'ls -l', marks: [{ type: 'code' }] }] },
      ],
    };
    const made = buildProjection({ ...structuredClone(input), doc, claims: [], threads: [], verdicts: [] });
    const again = await read(formatDocx(made));
    expect(plain(again.doc)).toEqual(plain(doc));
    expect(again.title).toBe(projection.report.title);
  });

  test('IM150 also when a program moved the ends of the bookmark into paragraphs', async () => {
    const moved = rewritten(file, (xml) => {
      const [start, end] = [bookmarkStart.exec(xml)?.[0] ?? '', bookmarkEnd(xml)];
      const [before = '', from = ''] = xml.split(start);
      const [text = '', after = ''] = from.split(end);
      const inNext = (part: string, mark: string): string => part.replace('</w:pPr>', `</w:pPr>${mark}`);
      return before + inNext(text, start) + inNext(after, end);
    });
    expect((await read(moved)).text).toBe(projection.text);
  });

  test('IM150 without the bookmark everything in it is text', async () => {
    const bare = rewritten(file, (xml) => xml.replace(bookmarkEnd(xml), '').replace(bookmarkStart, ''));
    const again = await read(bare);
    expect(again.text).toContain(projection.text);
    expect(again.text).toContain('Claims and verdicts');
  });

  test('IM151 has every claim and thread on the very same words, with authors, times and what is resolved', async () => {
    const { notes, text } = await read(file);
    const summary = notes.map((note) => ({
      ...wordsOf(note, text),
      isResolved: note.isResolved,
      authors: note.comments.map(({ author }) => author),
      times: note.comments.map(({ at }) => at),
      parents: note.comments.map(({ parent }) => parent),
      said: note.comments.slice(isClaim(note) ? 1 : 0).map(({ body }) => body),
    }));
    const expected = [
      ...projection.claims.map(({ anchor, isPlaced, thread, verdict, createdBy, createdAt }) => {
        const answers = thread?.comments ?? [];
        return {
          ...place(isPlaced, anchor),
          isResolved: thread?.state === 'resolved',
          authors: [verdict?.proposedBy ?? createdBy, ...answers.map(({ author }) => author)],
          times: [verdict?.proposedAt ?? createdAt, ...answers.map(({ at }) => at)],
          parents: [null, ...answers.map(() => 0)],
          said: answers.map(saying),
        };
      }),
      ...projection.threads.map(({ anchor, state, comments: all }) => {
        return {
          ...place(anchor !== null, anchor),
          isResolved: state === 'resolved',
          authors: all.map(({ author }) => author),
          times: all.map(({ at }) => at),
          parents: all.map((_, i) => (i === 0 ? null : 0)),
          said: all.map(saying),
        };
      }),
    ];
    expect(notes).toHaveLength(expected.length);
    expect(new Set(summary.map((each) => JSON.stringify(each)))).toEqual(
      new Set(expected.map((each) => JSON.stringify(each))),
    );
  });
});

function isClaim({ comments }: ReadNote): boolean {
  return comments[0]?.body.startsWith('Claim ') === true;
}

function wordsOf({ isAboutAll, start, end }: ReadNote, text: string) {
  return isAboutAll === true ? { start: null, words: null } : { start, words: text.slice(start, end) };
}

function place(isPlaced: boolean, anchor: { start: number | null; exact: string | null } | null) {
  return isPlaced ? { start: anchor?.start, words: anchor?.exact } : { start: null, words: null };
}

function saying({ deleted, body }: ExportComment): string {
  return deleted ? '[deleted]' : body;
}

/** A document without what the schema gives by itself, and without links that nobody may follow. */
function plain(node: DocNode): unknown {
  const { type, text, attrs, content, marks } = node;
  const kept = (marks ?? []).filter(
    (mark) => mark.type !== 'link' || String(mark.attrs?.['href']).startsWith('https:'),
  );
  const said = Object.entries(attrs ?? {}).filter(([, value]) => value !== null);
  const joined = (content ?? []).map(plain).reduce<unknown[]>(withText, []);
  return {
    type,
    text,
    attrs: Object.fromEntries(said),
    marks: kept.map((mark) => mark.type),
    content: joined,
  };
}

/** Neighbours of the same look are one. */
function withText(before: unknown[], node: unknown): unknown[] {
  const last = before.at(-1);
  if (!isText(last) || !isText(node) || JSON.stringify(last.marks) !== JSON.stringify(node.marks))
    return [...before, node];
  return [...before.slice(0, -1), { ...last, text: last.text + node.text }];
}

function isText(node: unknown): node is { text: string; marks: unknown } {
  return typeof node === 'object' && node !== null && 'text' in node && typeof node.text === 'string';
}
