import { beforeAll, describe, expect, test } from 'vitest';
import type { ClaimRecord } from '#core/records.ts';
import { claimsOfReport } from '#db/queries/claims.ts';
import { listReports } from '#db/queries/reports.ts';
import { threadsOfReport } from '#db/queries/threads.ts';
import { demoClaims } from '#server/demo/claims.ts';
import { demoPeople, type Who } from '#server/demo/content.ts';
import { seedDemoReport } from '#server/demo/report.ts';
import type { Principal } from '#server/principal.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { openDesk, type TestDesk } from '#tests/support/desk.ts';

describeOnEveryDatabase('the demo report', (open) => {
  let desk: TestDesk;
  let claims: ClaimRecord[];
  let reportId: string;

  beforeAll(async () => {
    desk = await openDesk(await open());
    const cast: [Who, Principal][] = [];
    for (const person of demoPeople) cast.push([person.key, await desk.join(person.name, person.role)]);
    await seedDemoReport(desk.runtime, Object.fromEntries(cast) as Record<Who, Principal>);
    const [report] = await listReports(desk.runtime.database.db, desk.workspaceId, { limit: 10 });
    reportId = report?.id ?? '';
    claims = await claimsOfReport(desk.runtime.database.db, desk.workspaceId, reportId);
  }, 120_000);

  const claim = (exact: string): ClaimRecord | undefined => claims.find((one) => one.quote.exact === exact);

  test('DM1: holds a dozen claims and more, each on its words', () => {
    expect(claims).toHaveLength(demoClaims.length);
    expect(claims.filter((one) => one.anchor.state !== 'anchored')).toEqual([]);
  });

  test('DM2: shows every state of a claim', () => {
    const states = new Set(claims.map((one) => one.status));
    expect([...states].sort()).toEqual([
      'decided',
      'dismissed',
      'in_progress',
      'in_review',
      'needs_recheck',
      'open',
      'suggested',
    ]);
    expect(claim('first direct conversation since October')?.disputes).toHaveLength(1);
  });

  test('DM3: nobody in it signed off their own verdict or rationale', () => {
    for (const one of claims) {
      for (const review of one.verdict?.reviews ?? [])
        expect(review.reviewer.id).not.toBe(one.verdict?.proposedBy.id);
    }
  });

  test('DM4: has a thread on plain words, replies, mentions and a desk-only remark', async () => {
    const threads = await threadsOfReport(desk.runtime.database.db, desk.workspaceId, reportId);
    expect(threads.some((thread) => thread.claimId === null && thread.comments.length === 2)).toBe(true);
    expect(threads.some((thread) => thread.deskOnly)).toBe(true);
    const bodies = threads.flatMap((thread) => thread.comments.map((comment) => comment.body));
    expect(bodies.some((body) => /@\[Ana\]\(member:/.test(body))).toBe(true);
    expect(bodies.some((body) => body.includes('{{'))).toBe(false);
  });

  test('DM5: everything in it happened in the past', () => {
    for (const event of desk.announced)
      expect(Date.parse(event.payload.at)).toBeLessThanOrEqual(desk.runtime.now().getTime());
  });
});

describe('the people of the demo', () => {
  test('DM1: each has a role to try', () => {
    expect(demoPeople.map((person) => person.role)).toEqual(['owner', 'editor', 'editor', 'commenter']);
  });
});
