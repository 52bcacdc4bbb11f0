/**
 * Lets a report that was open on this device be opened again without a network: its page as the server last gave it,
 * and the scripts, styles and fonts that it needs. The text is in IndexedDB and what was said waits in the outbox; the
 * page only has to come up for them. With a network the server's page is always the one that is shown.
 *
 * What is kept is one person's: it goes with every sign-in and sign-out, and when a session has ended.
 */
const PAGES = 'pages-1';
const FILES = 'files-1';
/** Whoever comes this way may be somebody else than before. */
const WAYS_IN_AND_OUT =
  /^\/(sign-in|setup|invitation|demo|api\/auth\/sign-|api\/v1\/(demo|setup|invitations))/;
/** Older ones go first. A build has about a hundred files, a person has some dozens of reports under way. */
const MOST_FILES = 400;
const MOST_PAGES = 50;
/** A page that came just now is not asked for again. */
const FRESH_MS = 20_000;
/** A network that takes longer to answer is as good as none: the page that is here comes, and catches up by itself. */
const PATIENCE_MS = 6_000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (WAYS_IN_AND_OUT.test(url.pathname)) {
    event.waitUntil(caches.delete(PAGES));
  } else if (request.method === 'GET' && url.pathname.startsWith('/_next/static/')) {
    event.respondWith(file(request));
  } else if (request.mode === 'navigate' && isKept(url)) {
    event.respondWith(page(event, url));
  }
});

/** A page tells where it is and what it loaded: what came before the worker, or by a link, has not gone through it. */
self.addEventListener('message', (event) => {
  const { page: path, files: names } = event.data;
  event.waitUntil(Promise.all([keepPage(new URL(path, self.location.origin)), keepFiles(names)]));
});

async function keepPage(url) {
  if (!isKept(url)) return;
  const pages = await caches.open(PAGES);
  const address = url.origin + url.pathname;
  const kept = await pages.match(address);
  if (kept !== undefined && Date.now() - Date.parse(kept.headers.get('date') ?? '') < FRESH_MS) return;
  const answer = await fetch(address, { credentials: 'same-origin', headers: { accept: 'text/html' } });
  if (answer.ok && !answer.redirected) await keep(pages, address, answer, MOST_PAGES);
}

async function keepFiles(names) {
  const files = await caches.open(FILES);
  for (const name of names) if ((await files.match(name)) === undefined) await file(new Request(name));
}

/** Caches of other versions go; pages that are open already are served from now on. */
async function takeOver() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name !== PAGES && name !== FILES).map((name) => caches.delete(name)),
  );
  await self.clients.claim();
}

const isKept = ({ pathname }) => pathname === '/reports' || /^\/reports\/[0-9a-f-]{36}$/.test(pathname);

/** A file's name changes with its content, so what is here is right. */
async function file(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request);
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.ok) await keep(files, request, answer.clone(), MOST_FILES);
  return answer;
}

/** The server's page; without an answer, the one that it last gave for this address, whatever is selected in it. */
async function page(event, url) {
  const pages = await caches.open(PAGES);
  const address = url.origin + url.pathname;
  const kept = await pages.match(address);
  try {
    const answer = await within(fetch(event.request), kept === undefined ? null : PATIENCE_MS);
    if (answer.ok) event.waitUntil(keep(pages, address, answer.clone(), MOST_PAGES));
    // A navigation's redirect is the browser's to follow: to the sign-in, for a session has ended.
    else if (answer.type === 'opaqueredirect') event.waitUntil(caches.delete(PAGES));
    return answer;
  } catch {
    return (
      kept ??
      new Response(offlinePage, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } })
    );
  }
}

async function keep(cache, key, answer, most) {
  await cache.delete(key);
  await cache.put(key, answer);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((old) => cache.delete(old)));
}

/** The answer, or a failure when it takes too long; null waits for ever. */
function within(answer, milliseconds) {
  if (milliseconds === null) return answer;
  return Promise.race([
    answer,
    new Promise((_resolve, reject) => setTimeout(() => reject(new Error('too slow')), milliseconds)),
  ]);
}

const offlinePage = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Offline · Proofdesk</title>
<style>:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1.5rem}a{color:inherit}</style>
<h1>You are offline</h1><p>This page has not been opened on this device since you signed in, so it cannot be shown without a
network. Reports that you had open are still here.</p><p><a href="">Try again</a> · <a href="/reports">Reports</a></p>`;
