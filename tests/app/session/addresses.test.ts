import { describe, expect, it } from 'vitest';
import { besideUrl, companionOf, demoPeople } from '../../../app/_session/demo.ts';
import { problemFrom } from '../../../app/_session/request.ts';
import { safeReturnTo } from '../../../app/_session/return-to.ts';

describe('the way back after signing in', () => {
  it.each(['/reports/1?claim=2#x', '/settings/people'])('stays on this site: %s', (address) => {
    expect(safeReturnTo(address)).toBe(address);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    undefined,
    ['/a', '/b'],
    '/\t/evil.example',
  ])('never leads elsewhere: %j', (address) => {
    expect(safeReturnTo(address)).toMatch(/^\/(?![/\\])/);
    expect(new URL(safeReturnTo(address), 'http://here').host).toBe('here');
  });
});

describe('the second person of the demo', () => {
  const [ana, ben] = demoPeople;

  it('is Ben, and Ana for Ben', () => {
    expect(companionOf('Ana Reyes')).toBe(ben);
    expect(companionOf('Ben Okafor')).toBe(ana);
  });

  it('has a host of their own, on the same port', () => {
    const url = besideUrl({ protocol: 'http:', port: '3000' }, companionOf('Ana'), '/reports/1?claim=2');
    expect(url).toBe('http://ben.localhost:3000/demo?as=ben&to=%2Freports%2F1%3Fclaim%3D2');
  });
});

describe('a refusal', () => {
  it('has the problem’s code and sentence', () => {
    const problem = problemFrom(409, { code: 'report_locked', title: 'T', detail: 'The text is locked' });
    expect([problem.code, problem.status, problem.message]).toEqual([
      'report_locked',
      409,
      'The text is locked',
    ]);
  });

  it('is still one when the answer is no problem document', () => {
    expect(problemFrom(502, null).code).toBe('internal');
    expect(problemFrom(429, null, '840').retryAfter).toBe(840);
    expect(problemFrom(429, null, 'Wed, 21 Oct 2026').retryAfter).toBeNull();
  });
});
