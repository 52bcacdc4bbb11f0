import { describe, expect, test } from 'vitest';
import { sum, tallyPlaywright, tallyVitest } from '../../scripts/results.mjs';

const ok = { code: 0, timedOut: false };
const failed = { code: 1, timedOut: false };

function vitestReport(files: Record<string, string[]>, broken: string[] = []): string {
  const testResults = Object.entries(files).map(([name, statuses]) => ({
    name: `/home/me/proofdesk/tests/${name}`,
    status: broken.includes(name) || statuses.includes('failed') ? 'failed' : 'passed',
    message: broken.includes(name) ? 'SyntaxError' : '',
    assertionResults: statuses.map((status, index) => ({ status, fullName: `test ${index}` })),
  }));
  return JSON.stringify({ testResults });
}

const playwrightReport = (stats: Record<string, number>, errors: { message: string }[] = []): string =>
  JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors });

describe('the count of vitest', () => {
  test('is of tests that passed and failed', () => {
    const report = vitestReport({ 'core/a.test.ts': ['passed', 'passed'], 'db/b.test.ts': ['failed'] });
    expect(tallyVitest(report, failed)).toEqual({ passed: 2, failed: 1, problems: [] });
  });

  test('takes a skipped test for a failed one, and names it', () => {
    const report = vitestReport({ 'core/a.test.ts': ['passed', 'skipped', 'todo'] });
    const { passed, failed: count, problems } = tallyVitest(report, ok);
    expect([passed, count]).toEqual([1, 2]);
    expect(problems[0]).toBe('skipped: tests/core/a.test.ts: test 1');
  });

  test('takes a file that could not be loaded for a failure', () => {
    const report = vitestReport({ 'core/a.test.ts': ['passed'], 'core/b.test.ts': [] }, ['core/b.test.ts']);
    expect(tallyVitest(report, failed)).toMatchObject({ passed: 1, failed: 1 });
  });

  test('takes a suite in which nothing ran for a failure', () => {
    const report = vitestReport({ 'core/a.test.ts': ['passed'], 'architecture.test.ts': ['passed'] });
    const tally = tallyVitest(report, ok, ['core', 'architecture', 'fuzz']);
    expect(tally).toEqual({ passed: 2, failed: 1, problems: ['no test ran in tests/fuzz'] });
  });

  test('takes a runner that crashed, hung or failed beside its tests for a failure', () => {
    expect(tallyVitest(null, failed).failed).toBe(1);
    expect(tallyVitest('{"test', failed).failed).toBe(1);
    const report = vitestReport({ 'core/a.test.ts': ['passed'] });
    expect(tallyVitest(report, failed).failed).toBe(1);
    expect(tallyVitest(report, { code: 1, timedOut: true }).failed).toBe(1);
  });
});

describe('the count of playwright', () => {
  test('is of stories that passed and failed; one that needed luck or did not run has failed', () => {
    const tally = tallyPlaywright(
      playwrightReport({ expected: 5, unexpected: 1, flaky: 1, skipped: 2 }),
      failed,
    );
    expect([tally.passed, tally.failed]).toEqual([5, 4]);
  });

  test('takes no stories, and an error outside of them, for a failure', () => {
    expect(tallyPlaywright(playwrightReport({}), ok).failed).toBe(1);
    const tally = tallyPlaywright(playwrightReport({ expected: 1 }, [{ message: 'no browser' }]), failed);
    expect(tally).toMatchObject({ passed: 1, failed: 1 });
    expect(tally.problems).toContain('playwright: no browser');
  });
});

test('tallies add up', () => {
  const one = { passed: 2, failed: 0, problems: [] };
  const two = { passed: 1, failed: 3, problems: ['x'] };
  expect(sum([one, two])).toEqual({ passed: 3, failed: 3, problems: ['x'] });
});
