/** How much there is to write: tells whether a file is made at once or in a thread. */
import type { ExportProjection, ExportVerdict } from '#core/export/projection.ts';
import type { ExportThread } from '#core/export/thread.ts';

/** What a record costs beside its words, in characters: its names, times, labels and marks. */
const RECORD = 500;

/**
 * Measured: the slowest of the formats of core takes some 20 ms for so much (150,000 characters with 300 claims and
 * 600 comments), and everybody's keystrokes wait for it. A thread takes longer to start, so smaller ones are made at once.
 */
const LARGE = 750_000;

export function isLarge(projection: ExportProjection): boolean {
  return sizeOf(projection) > LARGE;
}

function sizeOf({ text, images, claims, threads }: ExportProjection): number {
  let size = text.length;
  for (const { bytes } of Object.values(images)) size += bytes.length;
  for (const claim of claims) {
    size += RECORD + claim.quote.exact.length + claim.rationale.text.length;
    for (const verdict of [claim.verdict, ...claim.disputes, ...claim.earlierVerdicts])
      if (verdict !== null) size += verdictSize(verdict);
    for (const { quote } of claim.evidence) size += RECORD + (quote?.length ?? 0);
    if (claim.thread !== null) size += threadSize(claim.thread);
  }
  for (const thread of threads) size += threadSize(thread);
  return size;
}

function verdictSize({ summary, rationale, words, reviews }: ExportVerdict): number {
  return RECORD * (1 + reviews.length) + summary.length + rationale.length + words.length;
}

function threadSize({ comments }: ExportThread): number {
  return comments.reduce((size, { body }) => size + RECORD + body.length, RECORD);
}
