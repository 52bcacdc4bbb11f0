import { describe, expect, test } from 'vitest';
import { withPending } from '../../../app/_data/optimism.ts';
import { settle } from '../../../app/_data/settle.ts';
import { at, ben, claim, comment, desk, evidence, given, marked, me, thread, verdict } from './records.ts';

describe('what is on its way', () => {
  test('is shown at once and gone when it is taken out', () => {
    const state = desk();
    const add = given({ kind: 'add_claim', claimId: 'c1', words: marked, suggested: false });
    const shown = withPending(state, [add], me);
    expect(shown.claims.get('c1')).toMatchObject({
      status: 'open',
      createdBy: me,
      anchor: { start: 3, end: 8 },
    });
    expect(withPending(state, [], me)).toBe(state);
  });

  test('IM70 a suggestion that is decided looks so at once, and not when the server refuses it', () => {
    const suggested = (id: string, by: typeof ben) =>
      thread(id, { suggestion: { kind: 'delete', text: '', state: 'pending', by, decidedBy: null } });
    const state = desk([], [suggested('t1', ben), suggested('t2', me)]);
    const decide = (threadId: string, decision: 'accept' | 'reject') =>
      given({ kind: 'decide_suggestion', threadId, decision });
    const stateOf = (shown: typeof state, id: string) => shown.threads.get(id)?.suggestion?.state;
    const accept = decide('t1', 'accept');
    const shown = withPending(state, [accept, decide('t2', 'reject')], me);
    expect([stateOf(shown, 't1'), stateOf(shown, 't2')]).toEqual(['accepted', 'withdrawn']);
    expect(shown.threads.get('t1')).toMatchObject({ state: 'resolved', resolvedBy: me });
    expect(stateOf(withPending(state, [decide('t1', 'reject')], me), 't1')).toBe('rejected');
    expect(stateOf(withPending(state, [], me), 't1')).toBe('pending');
    expect(stateOf(settle(state, accept, { id: 't1' }, me), 't1')).toBe('accepted');
  });

  test('of another report is not shown here', () => {
    const add = given(
      { kind: 'add_claim', claimId: 'c1', words: marked, suggested: false },
      { reportId: 'r2' },
    );
    expect(withPending(desk(), [add], me).claims.size).toBe(0);
  });

  test('builds on what was given before it', () => {
    const shown = withPending(
      desk(),
      [
        given({ kind: 'add_claim', claimId: 'c1', words: marked, suggested: false }),
        given({ kind: 'change_claim', claimId: 'c1', changes: { claimant: 'The mayor' } }),
        given({
          kind: 'propose_verdict',
          claimId: 'c1',
          rating: 'true',
          label: 'True',
          summary: 'Yes',
          basis: null,
        }),
      ],
      me,
    );
    expect(shown.claims.get('c1')).toMatchObject({
      claimant: 'The mayor',
      status: 'in_review',
      verdict: { label: 'True', proposedBy: me },
    });
  });

  test('decides a claim when it signs off the verdict that was read, and no other', () => {
    const state = desk([claim('c1', { status: 'in_review', verdict: verdict() })]);
    const signOff = (verdictId: string) =>
      given({ kind: 'review', claimId: 'c1', reviewId: 'w1', verdictId, decision: 'approve', comment: null });
    expect(withPending(state, [signOff('v1')], me).claims.get('c1')).toMatchObject({
      status: 'decided',
      verdict: { state: 'final' },
    });
    expect(withPending(state, [signOff('v0')], me).claims.get('c1')).toMatchObject({ status: 'in_review' });
  });

  test('opens a thread on a claim that has none, and joins the one it has', () => {
    const say = given({
      kind: 'add_comment',
      claimId: 'c1',
      threadId: null,
      commentId: 'm2',
      parentId: null,
      body: 'Why?',
      deskOnly: false,
    });
    expect([...withPending(desk([claim('c1')]), [say], me).threads.values()]).toMatchObject([
      { claimId: 'c1', comments: [{ id: 'm2' }] },
    ]);
    const known = desk([claim('c1')], [thread('t1', { comments: [comment('m1')] })]);
    expect(
      withPending(known, [say], me)
        .threads.get('t1')
        ?.comments.map((one) => one.id),
    ).toEqual(['m1', 'm2']);
  });

  test('keeps what the desk says alone apart', () => {
    const say = given({
      kind: 'add_comment',
      claimId: 'c1',
      threadId: null,
      commentId: 'm2',
      parentId: null,
      body: 'A name',
      deskOnly: true,
    });
    const shown = withPending(desk([claim('c1')], [thread('t1')]), [say], me);
    expect(shown.threads.get('t1')?.comments).toEqual([]);
    expect([...shown.threads.values()].filter((one) => one.deskOnly)).toHaveLength(1);
  });

  test('takes a reaction once, however often it is given', () => {
    const like = (on: boolean) =>
      given({ kind: 'react', threadId: 't1', commentId: 'm1', name: 'heart', on });
    const state = desk([], [thread('t1', { comments: [comment('m1')] })]);
    const reactions = (...on: boolean[]) =>
      withPending(state, on.map(like), me).threads.get('t1')?.comments[0]?.reactions;
    expect(reactions(true, true)).toEqual([{ name: 'heart', by: [me] }]);
    expect(reactions(true, false)).toEqual([]);
  });
});

describe('an answer', () => {
  test('becomes the record', () => {
    const add = given({
      kind: 'add_evidence',
      claimId: 'c1',
      evidenceId: 'e1',
      fields: { title: 'Bulletin', stance: 'supports' },
    });
    const settled = settle(desk([claim('c1')]), add, evidence('e1', { title: 'Bulletin' }), me);
    expect(settled.claims.get('c1')?.evidence).toMatchObject([{ id: 'e1', addedBy: ben }]);
  });

  test('that is older than what an event brought is left out', () => {
    const newer = claim('c1', { claimant: 'B', updatedAt: '2026-12-28T15:00:00.000Z' });
    const change = given({ kind: 'change_claim', claimId: 'c1', changes: { claimant: 'A' } });
    expect(settle(desk([newer]), change, claim('c1', { claimant: 'A' }), me).claims.get('c1')?.claimant).toBe(
      'B',
    );
  });

  test('of a verdict that stands against another keeps both', () => {
    const propose = given({
      kind: 'propose_verdict',
      claimId: 'c1',
      rating: 'false',
      label: 'False',
      summary: '',
      basis: null,
    });
    const [yours, theirs] = [
      verdict({ id: 'v2', label: 'False', proposedBy: me, proposedAt: at }),
      verdict(),
    ];
    const settled = settle(
      desk([claim('c1', { verdict: theirs })]),
      propose,
      { code: 'verdict_conflict', yours, theirs: [theirs] },
      me,
    );
    expect(settled.claims.get('c1')).toMatchObject({ verdict: { id: 'v2' }, disputes: [{ id: 'v1' }] });
  });

  test('of nothing means that it happened', () => {
    const remove = given({ kind: 'remove_claim', claimId: 'c1' });
    expect(settle(desk([claim('c1')]), remove, null, me).claims.size).toBe(0);
  });

  test('to a first comment makes its thread', () => {
    const say = given({
      kind: 'add_comment',
      claimId: 'c1',
      threadId: null,
      commentId: 'm1',
      parentId: null,
      body: 'Why?',
      deskOnly: false,
    });
    expect(settle(desk([claim('c1')]), say, comment('m1'), me).threads.get('t1')?.comments).toHaveLength(1);
  });
});
