/**
 * The browser stories, against the production build. Each spec starts its own server with its own data folder
 * (tests/support), so stories run side by side and share nothing.
 */
import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/programs.mjs';

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/support/run-folder.ts',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/browser',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    screenshot: 'only-on-failure',
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    launchOptions: {
      executablePath: findChromium() ?? '/usr/bin/chromium',
      // Chromium's sandbox refuses root, and a small /dev/shm (as in containers) crashes its pages.
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
    },
  },
});
