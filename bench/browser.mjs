/** A real Chromium, and a person signed in by the session cookie that the API gives. */
import { chromium } from '@playwright/test';
import { findChromium } from '../scripts/programs.mjs';
import { OWNER } from './server.mjs';

export async function openBrowser() {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('Chromium is missing; set CHROMIUM to the path of one');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
  });
}

/** The owner's cookies, for a new context of the browser. */
export async function signIn(server) {
  const response = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: server.url },
    body: JSON.stringify({ email: OWNER.PROOFDESK_OWNER_EMAIL, password: OWNER.PROOFDESK_OWNER_PASSWORD }),
  });
  if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
  return response.headers.getSetCookie().map((header) => {
    const [pair] = header.split(';');
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: server.url };
  });
}
