import { describe, expect, it } from 'vitest';
import { SignInFailures } from '#server/auth/failures.ts';

function failuresAt(clock: { now: number }): SignInFailures {
  return new SignInFailures(() => clock.now);
}

function fail(
  failures: SignInFailures,
  times: number,
  account = 'ana@example.org',
  address = '192.0.2.1',
): number {
  return Array.from({ length: times }, () => failures.begin(account, address)).filter(
    (attempt) => attempt.allowed,
  ).length;
}

describe('counting failed sign-ins', () => {
  it('AU2: lets ten fail and then makes the pair of account and address wait', () => {
    const failures = failuresAt({ now: 0 });
    expect(fail(failures, 12)).toBe(10);
    expect(failures.begin('ANA@example.org ', '192.0.2.1')).toEqual({ allowed: false, retryAfter: 900 });
  });

  it('AU3: lets the account in from another address, and the address into another account', () => {
    const failures = failuresAt({ now: 0 });
    fail(failures, 12);
    expect(failures.begin('ana@example.org', '192.0.2.2').allowed).toBe(true);
    expect(failures.begin('ben@example.org', '192.0.2.1').allowed).toBe(true);
  });

  it('forgets failures after a success, and counts nothing for it', () => {
    const failures = failuresAt({ now: 0 });
    fail(failures, 9);
    const attempt = failures.begin('ana@example.org', '192.0.2.1');
    if (attempt.allowed) attempt.succeeded();
    expect(fail(failures, 12)).toBe(10);
  });

  it('opens again when the window has passed', () => {
    const clock = { now: 0 };
    const failures = failuresAt(clock);
    fail(failures, 12);
    clock.now = 15 * 60 * 1000;
    expect(fail(failures, 12)).toBe(10);
  });

  it('stops one address that tries many accounts', () => {
    const failures = failuresAt({ now: 0 });
    const allowed = Array.from({ length: 300 }, (_, i) =>
      failures.begin(`person${i}@example.org`, '192.0.2.1'),
    ).filter((attempt) => attempt.allowed);
    expect(allowed).toHaveLength(200);
  });
});
