/** EX62: answers to answers, deeper than any stack. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildProjection } from '#core/export/projection.ts';
import { toBundle, type BundleComment } from '#core/export/bundle.ts';
import { exportFormats as lightFormats } from '#core/export/formats.ts';
import { MAX_REPLY_DEPTH } from '#core/limits.ts';
import { exportFormats, isExportFormat } from '#server/export/formats.ts';
import { comment, id, input, thread } from '#tests/core/export/rich-report.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';

/** As many as a thread of a bundle can have. */
const DEPTH = 5_000;
const [FIRST, LAST] = [20_000, 20_000 + DEPTH - 1];

const comments = Array.from({ length: DEPTH }, (_, i) =>
  comment(FIRST + i, `No. ${i}`, {
    at: new Date(Date.UTC(2025, 11, 28, 14, 0, i)).toISOString(),
    parentId: i === 0 ? null : id(FIRST + i - 1),
  }),
);
const deep = buildProjection({ ...input, threads: [thread(400, comments, { claimId: id(10) })] });
const formats = Object.keys(exportFormats).filter(isExportFormat);

describe('a thread in which each comment answers the one before', () => {
  test('EX62 is in the projection with the depth of each', () => {
    const said = deep.claims.find((claim) => claim.thread !== null)?.thread?.comments ?? [];
    expect(said.map(({ depth }) => depth)).toEqual(comments.map((_, i) => i));
    expect(said.at(-1)).toMatchObject({ id: id(LAST), parentId: id(LAST - 1) });
  });

  test.each(formats)(
    'EX62 exports as %s',
    async (format) => {
      const made = await exportFormats[format].format(deep);
      expect(made.length).toBeGreaterThan(1_000);
      if (['html', 'md', 'json', 'webannotation'].includes(format))
        expect(Buffer.from(made).toString()).toContain(`No. ${DEPTH - 1}`);
    },
    120_000,
  );
});

describe('the size of a file with it', () => {
  const sizeOf = (format: 'md' | 'html', depth: number): number => {
    const some = thread(400, comments.slice(0, depth), { claimId: id(10) });
    return lightFormats[format].format(buildProjection({ ...input, threads: [some] })).length;
  };

  test.each(['md', 'html'] as const)(
    'EX63 of %s grows with what was said and not with its square',
    (format) => {
      const without = sizeOf(format, 0);
      const grown = sizeOf(format, 4_000) - without;
      expect(grown).toBeLessThan(2.1 * (sizeOf(format, 2_000) - without));
    },
  );
});

describe('a bundle with it', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  }, 60_000);
  afterAll(() => server.stop());

  test('EX62 comes in with all that was said, no deeper than answers go here, and leaves again', async () => {
    const answer = await server.api('/reports', { method: 'POST', json: toBundle(deep) });
    expect(answer.status, answer.text).toBe(201);
    const { text } = await server.api(`/reports/${String(answer.body?.id)}/export?format=json`);
    const said: BundleComment[] = JSON.parse(text).claims.flatMap(
      (claim: { thread: { comments: BundleComment[] } | null }) => claim.thread?.comments ?? [],
    );
    expect(said.map(({ body }) => body).sort()).toEqual(comments.map(({ body }) => body).sort());
    const depths = new Map<string | null, number>([[null, -1]]);
    for (const each of said) depths.set(each.id, (depths.get(each.parentId) ?? 0) + 1);
    expect(Math.max(...depths.values())).toBe(MAX_REPLY_DEPTH);
  });
});
