/**
 * Everything but the browser stories (playwright.config.ts). Each file runs in its own process: the runtime
 * hangs on globalThis (DESIGN: one runtime), and a file must not see what another left there.
 */
import { defineConfig } from 'vitest/config';
import { wasmFlags } from './tests/support/wasm-flags.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'tests/fixtures/**', 'tests/golden/**'],
    setupFiles: ['tests/support/seed.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    pool: 'forks',
    execArgv: wasmFlags,
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 15_000,
    allowOnly: false,
    passWithNoTests: false,
    retry: 0,
  },
});
