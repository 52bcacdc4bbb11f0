/** What an import would bring, told before it is kept. */
import { z } from 'zod';
import { sourceKinds } from '#core/domain/words.ts';
import { countWords } from '#core/text/count-words.ts';
import { sourceMeta } from '#core/source-meta.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { planNotes, type PlannedNote } from './plan-notes.ts';
import type { ImportedText, TitledText } from './reader.ts';

/** Enough to see that it is the right text, and rightly read. */
const EXCERPT_LENGTH = 1_500;

/** How many notes come along, by what becomes of them. */
export const noteCounts = z.object({ threads: z.int(), claims: z.int(), suggestions: z.int() });

export const importPreview = z.object({
  kind: z.enum(sourceKinds),
  title: z.string(),
  wordCount: z.int(),
  /** The text's beginning, a line a block. */
  excerpt: z.string(),
  figures: z.int(),
  meta: sourceMeta.nullable(),
  notes: noteCounts,
  /** What would be left out, in sentences. */
  unreadable: z.array(z.string()),
});

export function previewOf(read: TitledText): z.input<typeof importPreview> {
  const { kind, title, text, meta } = read;
  const plan = planNotes(text, read.notes);
  return {
    kind,
    title,
    wordCount: countWords(text),
    excerpt: Array.from(text.slice(0, 2 * EXCERPT_LENGTH))
      .slice(0, EXCERPT_LENGTH)
      .join(''),
    figures: countFigures(read.doc),
    meta,
    notes: countBrought(read, plan.notes),
    unreadable: [...read.unreadable, ...plan.unreadable],
  };
}

export type NoteCounts = z.output<typeof noteCounts>;

/** How many of each stand beside the text: of notes as planned, of a bundle as they are in it. */
export function countBrought({ bundle }: ImportedText, notes: readonly PlannedNote[]): NoteCounts {
  if (bundle === undefined) return countNotes(notes);
  const threads = [...bundle.threads, ...bundle.claims.flatMap(({ thread }) => thread ?? [])];
  const suggestions = threads.filter(({ suggestion }) => suggestion !== undefined).length;
  return { threads: threads.length - suggestions, claims: bundle.claims.length, suggestions };
}

function countNotes(notes: readonly PlannedNote[]): NoteCounts {
  const count = (kind: PlannedNote['kind']): number => notes.filter((note) => note.kind === kind).length;
  return { threads: count('thread'), claims: count('claim'), suggestions: count('suggestion') };
}

function countFigures(node: DocNode): number {
  const inside = (node.content ?? []).reduce((sum, child) => sum + countFigures(child), 0);
  return inside + (node.type === 'figure' ? 1 : 0);
}
