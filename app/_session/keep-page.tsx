'use client';
/**
 * Has this device keep the page that is open (public/service-worker.js), so that a report can be loaded again without
 * a network. The worker sees whole page loads by itself; of a page that one came to by a link, or that brought the
 * worker, it is told.
 */
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';

/** After what the page itself needs. */
const QUIET_MS = 2_000;

export function KeepPage() {
  const path = usePathname();
  useEffect(() => {
    // In development the pages change under it; without a secure address browsers have none.
    if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return;
    const timer = setTimeout(() => {
      navigator.serviceWorker
        .register('/service-worker.js')
        .then(() => navigator.serviceWorker.ready)
        .then(({ active }) =>
          active?.postMessage({ page: path, files: filesOfThisPage(), images: imagesOfThisPage() }),
        )
        // A private window may refuse; the page works as it did before.
        .catch(() => undefined);
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [path]);
  return null;
}

function filesOfThisPage(): string[] {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${location.origin}/_next/static/`));
}

/** All of a report's, also those that nobody has scrolled to yet. */
function imagesOfThisPage(): string[] {
  return [...document.querySelectorAll<HTMLImageElement>('[data-image] img')]
    .map(({ src }) => src)
    .filter((address) => address.startsWith(`${location.origin}/api/v1/images/`));
}
