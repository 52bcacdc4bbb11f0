/**
 * The screen that people work in, production build, real Chromium, empty cache: a report of 10,000 words and 300
 * claims. Interactive: the editor has taken the text's place and the main thread answers. The script of the first load is
 * counted as it travels, and only what was asked for until then.
 */
import { makeReport } from '../content.mjs';
import { figure, median } from '../measure.mjs';
import { openBrowser, signIn } from '../browser.mjs';
import { startServer } from '../server.mjs';

const RUNS = 5;
const VIEWPORT = { width: 1440, height: 900 };

export async function run() {
  const server = await startServer();
  const browser = await openBrowser();
  try {
    const { id } = await makeReport(server, { words: 10_000, claims: 300 });
    const cookies = await signIn(server);
    const visits = [];
    for (let i = 0; i <= RUNS; i++) visits.push(await visit(browser, cookies, `${server.url}/reports/${id}`));
    // The first one also loads the server's own code.
    const [cold, ...warm] = visits;
    const of = (name) => median(warm.map((each) => each[name]));
    return [
      figure('words shown', of('painted'), 'ms', { runs: RUNS }),
      figure('interactive', of('interactive'), 'ms', { goal: 1_500, runs: RUNS }),
      figure('interactive, first visitor after a start', cold.interactive, 'ms', { runs: 1 }),
      figure('longest task of the main thread', of('longestTask'), 'ms', { runs: RUNS }),
      figure('script of the first load', of('scriptKb'), 'KB', {
        goal: 300,
        runs: RUNS,
        note: `${cold.scripts.length} files, as they travel: Brotli`,
      }),
      figure('the same by gzip', await gzipKb(cold.scripts), 'KB', {
        goal: 300,
        note: 'where there is no https',
      }),
      figure('page', of('pageKb'), 'KB', { runs: RUNS, note: 'compressed' }),
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function visit(browser, cookies, address) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    await context.addCookies(cookies);
    const page = await context.newPage();
    await page.addInitScript(watchForEditor);
    const sizes = await countBytes(page);
    await page.goto(address, { waitUntil: 'commit' });
    const times = await page.evaluate(() => globalThis.benchInteractive);
    return { ...times, ...sizes() };
  } finally {
    await context.close();
  }
}

/** Runs in the page: resolves once the editor stands and the thread has drawn it and is free. */
function watchForEditor() {
  let longestTask = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longestTask = Math.max(longestTask, entry.duration);
  }).observe({ type: 'longtask', buffered: true });
  globalThis.benchInteractive = new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('.text-host .ProseMirror') === null) return requestAnimationFrame(look);
      requestAnimationFrame(() =>
        setTimeout(() => {
          const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
          resolve({ painted, interactive: performance.now(), longestTask });
        }),
      );
    };
    look();
  });
}

/** Bytes as they came over the wire, by what they were for. */
async function countBytes(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const kinds = new Map();
  const bytes = { Script: 0, Document: 0 };
  const files = new Set();
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    // A script that is loaded early, by a hint in the page, has the type of a fetch.
    const isScript = type === 'Script' || /\.js(\?|$)/.test(response.url);
    kinds.set(requestId, isScript ? 'Script' : type);
    if (isScript) files.add(response.url);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind in bytes) bytes[kind] += encodedDataLength;
  });
  return () => ({ scriptKb: bytes.Script / 1024, pageKb: bytes.Document / 1024, scripts: [...files] });
}

/** What the files take for a browser that knows gzip only, as it does without https. */
async function gzipKb(addresses) {
  const sizes = addresses.map(async (address) => {
    const response = await fetch(address, { headers: { 'Accept-Encoding': 'gzip' } });
    await response.arrayBuffer();
    return Number(response.headers.get('content-length'));
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1024;
}
