/**
 * `node scripts/screenshots.mjs`: the pictures of the README, of the built program with its demo. Ben and Chloé are in the
 * report too, in browsers of their own, so that the pictures show company. Writes docs/images/*.png.
 */
import './node-version.mjs';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stopOnSignals } from './child.mjs';
import { ensureBuilt, main, root, toStdout } from './ensure.mjs';

const IMAGES = join(root, 'docs/images');
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** The claim whose card is open: it has evidence, a thread, and a verdict that Ana can sign off. */
const SHOWN = 'two dead and at least four injured';

async function enter(browser, server, as, options) {
  const context = await browser.newContext({
    baseURL: server.url,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  });
  const response = await context.request.post('/api/v1/demo/sign-in', {
    data: { as },
    headers: { Origin: server.url },
  });
  if (!response.ok()) throw new Error(`demo sign-in: ${response.status()} ${await response.text()}`);
  return context;
}

async function findShown(context) {
  const get = async (path) => (await context.request.get(`/api/v1${path}`)).json();
  const { items: reports } = await get('/reports');
  const [report] = reports;
  if (report === undefined) throw new Error('The demo has no report');
  const { items: claims } = await get(`/reports/${report.id}/claims?limit=100`);
  const claim = claims.find(({ quote }) => quote.exact === SHOWN) ?? claims[0];
  return { reportPath: `/reports/${report.id}`, claimPath: `/reports/${report.id}?claim=${claim.id}` };
}

/** Opens the page and waits until nothing on it changes any more. */
async function settle(page, path) {
  await page.goto(path);
  if (path.startsWith('/reports/')) await page.locator('.text-host .ProseMirror').waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

async function take(page, name) {
  const path = join(IMAGES, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  toStdout(`${name}.png  ${Math.round(statSync(path).size / 1024)} KB`);
}

/** Somebody else who reads along, with a word selected. */
async function companion(browser, server, as, reportPath, word) {
  const context = await enter(browser, server, as, { viewport: DESK });
  const page = await context.newPage();
  await settle(page, reportPath);
  await page.locator('.text-host .ProseMirror p').nth(word.paragraph).dblclick({ position: word });
}

async function takeAll(browser, server) {
  const first = await enter(browser, server, 'ana', { viewport: DESK });
  const { reportPath, claimPath } = await findShown(first);
  await companion(browser, server, 'ben', reportPath, { paragraph: 0, x: 200, y: 45 });
  await companion(browser, server, 'chloe', reportPath, { paragraph: 2, x: 260, y: 16 });
  for (const colorScheme of ['light', 'dark']) {
    const context = await enter(browser, server, 'ana', { viewport: DESK, colorScheme });
    const page = await context.newPage();
    await settle(page, '/reports');
    await take(page, `home-${colorScheme}`);
    await settle(page, claimPath);
    await take(page, `report-${colorScheme}`);
  }
  const phone = await enter(browser, server, 'ana', {
    viewport: PHONE,
    isMobile: true,
    hasTouch: true,
    colorScheme: 'light',
  });
  const page = await phone.newPage();
  await settle(page, claimPath);
  await take(page, 'report-mobile');
}

stopOnSignals();
await main(async () => {
  await ensureBuilt(toStdout);
  // Packages: only there after the install.
  const [{ openBrowser }, { startServer }] = await Promise.all([
    import('../bench/browser.mjs'),
    import('../bench/server.mjs'),
  ]);
  mkdirSync(IMAGES, { recursive: true });
  const server = await startServer({ demo: true, withOwner: false });
  const browser = await openBrowser();
  try {
    await takeAll(browser, server);
  } finally {
    await browser.close();
    await server.stop();
  }
});
