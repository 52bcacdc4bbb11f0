/**
 * Lets a report that was open on this device be opened again without a network: its page as the server last gave it,
 * and the scripts, styles and fonts that it needs. The text is in IndexedDB and what was said waits in the outbox; the
 * page only has to come up for them. With a network the server's page is the one that is shown, unless it takes very long.
 *
 * What is kept is one person's: it goes with every sign-in and sign-out, and when a session has ended.
 */
const PAGES = 'pages-1';
const FILES = 'files-1';
const IMAGES = 'images-1';
/** Whoever comes this way may be somebody else than before. */
const WAYS_IN_AND_OUT =
  /^\/(sign-in|setup|invitation|demo|api\/auth\/sign-|api\/v1\/(demo|setup|invitations))/;
/** Older ones go first. A build has about a hundred files, a person has some dozens of reports under way. */
const MOST_FILES = 400;
const MOST_PAGES = 50;
/** As many as a report may have; of 40 KB each, as most are, that is 12 MB. */
const MOST_IMAGES = 300;
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
    event.waitUntil(forgetAll());
  } else if (request.method === 'GET' && url.pathname.startsWith('/_next/static/')) {
    event.respondWith(file(event, request));
  } else if (request.method === 'GET' && url.pathname.startsWith('/api/v1/images/')) {
    event.respondWith(image(event, request));
  } else if (request.mode === 'navigate' && isKept(url)) {
    event.respondWith(page(event, url));
  }
});

/** A page tells where it is and what it loaded: what came before the worker, or by a link, has not gone through it. */
self.addEventListener('message', (event) => {
  const { page: path, files: names, images = [] } = event.data;
  event.waitUntil(
    Promise.all([
      keepPage(new URL(path, self.location.origin)),
      keepFiles(event, names),
      keepImages(event, images),
    ]),
  );
});

async function keepPage(url) {
  if (!isKept(url)) return;
  const address = url.origin + url.pathname;
  const kept = await caches.match(address, { cacheName: PAGES }).catch(() => undefined);
  if (kept !== undefined && Date.now() - Date.parse(kept.headers.get('date') ?? '') < FRESH_MS) return;
  const answer = await fetch(address, { credentials: 'same-origin', headers: { accept: 'text/html' } });
  if (answer.redirected) await forgetAll();
  else if (answer.ok) await keep(PAGES, address, answer, MOST_PAGES);
}

async function keepFiles(event, names) {
  for (const name of names)
    if ((await caches.match(name, { cacheName: FILES })) === undefined) await file(event, new Request(name));
}

async function keepImages(event, names) {
  for (const name of names.slice(0, MOST_IMAGES))
    if ((await caches.match(name, { cacheName: IMAGES, ignoreVary: true })) === undefined)
      // One that does not come now is not worth more than the others.
      await image(event, new Request(name, { credentials: 'same-origin' })).catch(() => undefined);
}

/** Caches of other versions go; pages that are open already are served from now on. */
async function takeOver() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => ![PAGES, FILES, IMAGES].includes(name)).map((name) => caches.delete(name)),
  );
  await self.clients.claim();
}

const isKept = ({ pathname }) => pathname === '/reports' || /^\/reports\/[0-9a-f-]{36}$/.test(pathname);

/** A file's name changes with its content, so what is here is right. */
async function file(event, request) {
  const kept = await caches.match(request, { cacheName: FILES }).catch(() => undefined);
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.ok) event.waitUntil(keep(FILES, request, answer.clone(), MOST_FILES));
  return answer;
}

/** The server's, as long as this person may see it (the browser has it from before, for it never changes); else ours. */
async function image(event, request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) event.waitUntil(keep(IMAGES, request.url, answer.clone(), MOST_IMAGES));
    else if (answer.status === 401 || answer.status === 404)
      event.waitUntil(caches.open(IMAGES).then((cache) => cache.delete(request.url)));
    return answer;
  } catch (error) {
    const kept = await caches
      .match(request.url, { cacheName: IMAGES, ignoreVary: true })
      .catch(() => undefined);
    if (kept === undefined) throw error;
    return kept;
  }
}

/** The server's page; without an answer, the one that it last gave for this address, whatever is selected in it. */
async function page(event, url) {
  const address = url.origin + url.pathname;
  const kept = await caches.match(address, { cacheName: PAGES }).catch(() => undefined);
  try {
    const answer = await within(fetch(event.request), kept === undefined ? null : PATIENCE_MS);
    if (answer.ok) event.waitUntil(keep(PAGES, address, answer.clone(), MOST_PAGES));
    // Deleted, or not for this person any more.
    else if (answer.status === 403 || answer.status === 404) event.waitUntil(forget(address));
    // A navigation's redirect is the browser's to follow: to the sign-in, for a session has ended.
    else if (answer.type === 'opaqueredirect') event.waitUntil(forgetAll());
    return answer;
  } catch {
    return (
      kept ??
      new Response(offlinePage, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } })
    );
  }
}

/** A device without room keeps nothing; the page works all the same. */
async function keep(name, key, answer, most) {
  try {
    const cache = await caches.open(name);
    await cache.delete(key);
    await cache.put(key, answer);
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((old) => cache.delete(old)));
  } catch (error) {
    console.warn('This page could not be kept for use without a network', error);
  }
}

/** What is one person's: pages with their words, and images. */
async function forgetAll() {
  await Promise.all([caches.delete(PAGES), caches.delete(IMAGES)]);
}

async function forget(address) {
  const pages = await caches.open(PAGES);
  await pages.delete(address);
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
