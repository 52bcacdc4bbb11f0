/**
 * Writes the demo report by the same commands that people use, one person after another over the last day, so that
 * everything in it (authors, times, history, notifications, audit) is what the product itself makes.
 */
import * as Y from 'yjs';
import { prosemirrorJSONToYXmlFragment } from 'y-prosemirror';
import { mentionOf } from '#core/mentions.ts';
import { findEntry, rationaleFromText } from '#core/text/claim-entry.ts';
import { rationaleSchema } from '#core/text/schema.ts';
import { assign } from '#server/commands/assignments.ts';
import { addClaim, changeClaim, setAttribution } from '#server/commands/claims.ts';
import { runCommand } from '#server/commands/command.ts';
import { addEvidence } from '#server/commands/evidence.ts';
import { importReport } from '#server/commands/reports.ts';
import { commentOnClaim, commentOnThread } from '#server/commands/comments.ts';
import { openThread, setClaimThreadState } from '#server/commands/threads.ts';
import { proposeVerdict, reviewVerdict } from '#server/commands/verdicts.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demoClaims, demoThread } from './claims.ts';
import { demoText, demoTitle, type Who } from './content.ts';
import type { DemoClaim } from './story.ts';

export type DemoCast = Record<Who, Principal>;

const HOUR = 3_600_000;
/** The story begins the day before and ends some minutes ago. */
const STORY_BEGAN_AGO = 22 * HOUR;
const STEP = 16 * 60_000;
const NEWEST_AGO = 6 * 60_000;

export async function seedDemoReport(live: Runtime, cast: DemoCast): Promise<void> {
  const began = live.now().getTime() - STORY_BEGAN_AGO;
  const latest = live.now().getTime() - NEWEST_AGO;
  let at = began;
  const runtime: Runtime = { ...live, now: () => new Date(Math.min((at += STEP), latest)) };
  const report = await importReport(runtime, cast.ana, {
    bytes: new TextEncoder().encode(demoText),
    name: 'agency-wire.md',
    declared: 'markdown',
    title: demoTitle,
    purpose: 'external',
    genre: 'news_report',
  });
  for (const claim of demoClaims) await tellClaim(runtime, cast, report.id, claim);
  const thread = await openThread(runtime, cast[demoThread.by], report.id, {
    selector: { type: 'TextQuoteSelector', exact: demoThread.exact },
    body: withMentions(demoThread.body, cast),
  });
  await commentOnThread(runtime, cast[demoThread.reply.by], thread.id, {
    body: withMentions(demoThread.reply.body, cast),
    parentId: thread.comments[0]?.id ?? null,
  });
}

async function tellClaim(
  runtime: Runtime,
  cast: DemoCast,
  reportId: string,
  story: DemoClaim,
): Promise<void> {
  const author = cast[story.by];
  const { id } = await addClaim(runtime, author, reportId, {
    selector: { type: 'TextQuoteSelector', exact: story.exact },
    type: story.type,
    ...(story.claimant === undefined ? {} : { claimant: story.claimant }),
    ...(story.tags === undefined ? {} : { tags: story.tags }),
  });
  if (story.assignee !== undefined)
    await assign(runtime, author, id, { memberId: cast[story.assignee].memberId, role: 'checker' });
  if (story.rationale !== undefined)
    await writeRationale(runtime, cast[story.rationale.by], reportId, id, story.rationale.text);
  if (story.attribution !== undefined) {
    const { by, ...attribution } = story.attribution;
    await setAttribution(runtime, cast[by], id, attribution);
  }
  for (const { by, ...evidence } of story.evidence ?? []) await addEvidence(runtime, cast[by], id, evidence);
  await judge(runtime, cast, id, story);
  await discuss(runtime, cast, id, story);
  if (story.dismissed !== undefined)
    await changeClaim(runtime, author, id, { status: 'dismissed', dismissReason: story.dismissed });
  if (story.checkAgain !== undefined)
    await changeClaim(runtime, cast[story.checkAgain], id, { status: 'needs_recheck' });
}

async function judge(runtime: Runtime, cast: DemoCast, claimId: string, story: DemoClaim): Promise<void> {
  if (story.reviewer !== undefined) {
    await assign(runtime, cast[story.by], claimId, {
      memberId: cast[story.reviewer].memberId,
      role: 'reviewer',
    });
  }
  for (const { by, rating, summary, review } of story.verdicts ?? []) {
    const { verdict } = await proposeVerdict(runtime, cast[by], claimId, { rating, summary });
    if (review === undefined) continue;
    await reviewVerdict(runtime, cast[review.by], claimId, {
      verdictId: verdict.id,
      decision: review.decision,
      ...(review.comment === undefined ? {} : { comment: review.comment }),
    });
  }
}

async function discuss(runtime: Runtime, cast: DemoCast, claimId: string, story: DemoClaim): Promise<void> {
  const made: string[] = [];
  for (const { by, body, answers, deskOnly } of story.comments ?? []) {
    const { id } = await commentOnClaim(runtime, cast[by], claimId, {
      body: withMentions(body, cast),
      ...(answers === undefined ? {} : { parentId: made[answers] ?? null }),
      ...(deskOnly === undefined ? {} : { deskOnly }),
    });
    made.push(id);
  }
  if (story.resolved === true) await setClaimThreadState(runtime, cast[story.by], claimId, 'resolved');
}

/** As if this person had typed it: their client id, their characters. */
export async function writeRationale(
  runtime: Runtime,
  author: Principal,
  reportId: string,
  claimId: string,
  text: string,
): Promise<void> {
  const ref = { workspaceId: author.workspaceId, reportId };
  const copy = await runtime.rooms.fork(ref);
  const known = Y.encodeStateVector(copy);
  copy.transact(() => {
    const entry = findEntry(copy, claimId);
    if (entry === null) throw new Error(`the claim ${claimId} has no entry`);
    entry.rationale.delete(0, entry.rationale.length);
    prosemirrorJSONToYXmlFragment(rationaleSchema, rationaleFromText(text), entry.rationale);
  });
  const update = Y.encodeStateAsUpdate(copy, known);
  await runCommand(runtime, author, (change) => change.edit(ref, update, author.memberId));
}

function withMentions(body: string, cast: DemoCast): string {
  return body.replaceAll(/\{\{(\w+)\}\}/g, (whole, key: string) => {
    const member = Object.entries(cast).find(([who]) => who === key)?.[1];
    return member === undefined
      ? whole
      : mentionOf({ id: member.memberId, name: member.name.split(' ')[0] ?? member.name });
  });
}
