import { describe, expect, test } from 'vitest';
import type { RecordEvent } from '#core/events.ts';
import { applyEvent } from '../../../app/_data/desk-state.ts';
import { assignment, at, ben, claim, comment, desk, evidence, report, thread } from './records.ts';

const envelope = { version: 7, at, actor: ben, reportId: 'r1' };

function put(state = desk([claim('c1')], [thread('t1')])) {
  return {
    state,
    hear: (...events: RecordEvent[]) => events.reduce(applyEvent, state),
  };
}

describe('an event', () => {
  test('puts the record in place of the old one', () => {
    const { hear } = put();
    const changed = claim('c1', { claimant: 'The mayor' });
    expect(
      hear({ name: 'claim.changed', payload: { ...envelope, claim: changed } }).claims.get('c1'),
    ).toEqual(changed);
  });

  test('that comes twice changes nothing the second time', () => {
    const { hear } = put();
    const events: RecordEvent[] = [
      { name: 'evidence.added', payload: { ...envelope, evidence: evidence('e1') } },
      { name: 'comment.added', payload: { ...envelope, comment: comment('m1') } },
      { name: 'assignment.added', payload: { ...envelope, assignment: assignment('a1') } },
    ];
    expect(hear(...events, ...events)).toEqual(hear(...events));
  });

  test('of another report changes nothing', () => {
    const { state, hear } = put();
    const other = { ...envelope, reportId: 'r2' };
    expect(hear({ name: 'claim.removed', payload: { ...other, claimId: 'c1' } })).toBe(state);
  });

  test('of the workspace reaches every report', () => {
    const member = {
      id: 'm9',
      name: 'Eve',
      email: 'e@example.org',
      role: 'editor',
      color: '#111111',
      joinedAt: at,
      invited: false,
    } as const;
    const { hear } = put();
    const joined: RecordEvent = { name: 'member.joined', payload: { ...envelope, reportId: null, member } };
    expect(hear(joined).members.get('m9')?.name).toBe('Eve');
  });

  test('about something inside a claim that is not known is left out', () => {
    const { state, hear } = put();
    const lost = evidence('e1', { claimId: 'c9' });
    expect(hear({ name: 'evidence.added', payload: { ...envelope, evidence: lost } }).claims).toEqual(
      state.claims,
    );
  });

  test('takes evidence, assignments and claims away', () => {
    const { hear } = put(
      desk([claim('c1', { evidence: [evidence('e1')], assignments: [assignment('a1')] })]),
    );
    const without = hear(
      { name: 'evidence.removed', payload: { ...envelope, claimId: 'c1', evidenceId: 'e1' } },
      { name: 'assignment.removed', payload: { ...envelope, claimId: 'c1', assignmentId: 'a1' } },
    );
    expect(without.claims.get('c1')).toMatchObject({ evidence: [], assignments: [] });
    expect(hear({ name: 'claim.removed', payload: { ...envelope, claimId: 'c1' } }).claims.size).toBe(0);
  });

  test('keeps the order of comments when one is edited', () => {
    const { hear } = put(desk([], [thread('t1', { comments: [comment('m1'), comment('m2')] })]));
    const edited = hear({
      name: 'comment.edited',
      payload: { ...envelope, comment: comment('m1', { body: 'new' }) },
    });
    expect(edited.threads.get('t1')?.comments.map((one) => one.body)).toEqual(['new', 'm2']);
  });

  test('renames, locks and removes the report', () => {
    const { hear } = put();
    const renamed = hear({
      name: 'report.changed',
      payload: { ...envelope, report: report({ title: 'New', locked: false }) },
    });
    expect(renamed.report).toMatchObject({ title: 'New', locked: false });
    expect(hear({ name: 'report.removed', payload: { ...envelope, reportId: 'r1' } }).removed).toBe(true);
  });
});
