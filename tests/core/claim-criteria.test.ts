import { describe, expect, test } from 'vitest';
import { meets, readCriteria, type ClaimCriteria } from '#core/claim-criteria.ts';
import { ana, at, claim, id, verdict } from './export/rich-report.ts';

const MEMBER = '00000000-0000-4000-8000-00000000abcd';

const judged = claim(7, 'The call lasted 75 minutes', {
  status: 'decided',
  type: 'quantity',
  tags: ['war room', 'call'],
  verdict: verdict(7, 'true'),
  disputes: [verdict(8, 'half_true')],
  assignments: [
    {
      id: id(1),
      claimId: id(7),
      reportId: id(2),
      member: { id: MEMBER, name: 'Ana' },
      role: 'checker',
      status: 'assigned',
      dueAt: null,
      assignedBy: ana,
      at: at(1),
    },
  ],
});

describe('EX110: a claim meets criteria', () => {
  test.each<[ClaimCriteria, boolean]>([
    [{}, true],
    [{ status: 'decided', type: 'quantity', tag: 'war room', rating: 'true', assignee: MEMBER }, true],
    [{ rating: 'half_true' }, true],
    [{ rating: 'false' }, false],
    [{ status: 'open' }, false],
    [{ type: 'event' }, false],
    [{ tag: 'war' }, false],
    [{ assignee: MEMBER.toUpperCase() }, true],
    [{ assignee: id(7) }, false],
    [{ rating: 'true', tag: 'none' }, false],
  ])('%j: %s', (criteria, isMet) => {
    expect(meets(judged, criteria)).toBe(isMet);
  });

  test('of a rating only with a verdict', () => {
    expect(meets({ ...judged, verdict: null, disputes: [] }, { rating: 'true' })).toBe(false);
  });

  test('that are of the fixed words', () => {
    expect(() => readCriteria({ status: 'lost' })).toThrow(/status/);
    expect(() => readCriteria({ mood: 'good' })).toThrow(/mood/);
  });
});
