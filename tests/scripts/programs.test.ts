import { afterEach, expect, test, vi } from 'vitest';
import { findChromium, missingPrograms } from '../../scripts/programs.mjs';

afterEach(() => vi.unstubAllEnvs());

test('takes the browser that CHROMIUM names, and no other', () => {
  vi.stubEnv('CHROMIUM', process.execPath);
  expect(findChromium()).toBe(process.execPath);
  vi.stubEnv('CHROMIUM', '/no/such/browser');
  expect(findChromium()).toBeNull();
});

test('names each missing program and how to get it', () => {
  vi.stubEnv('CHROMIUM', '/no/such/browser');
  vi.stubEnv('PATH', '');
  const missing = missingPrograms();
  expect(missing.join('\n')).toMatch(
    /^Chromium is missing\. Get it with: (sudo apt-get install|brew install)/m,
  );
  expect(missing.join('\n')).toMatch(/^Redis is missing\. Get it with: .*redis/m);
});
