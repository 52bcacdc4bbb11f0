/**
 * The programs of other people that `npm test` needs: a browser, a Redis, a PostgreSQL, two readers of PDF, and an
 * office that opens what we write. On Debian as root the missing ones are installed from the distribution; elsewhere
 * they are named, with the way to get them.
 */
import { accessSync, constants, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './child.mjs';

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return places.find(isExecutable) ?? null;
}

/** Folders in which Debian and Homebrew keep PostgreSQL's server, newest first. */
function postgresFolders() {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const debian = versions.sort((a, b) => Number(b) - Number(a)).map((v) => `/usr/lib/postgresql/${v}/bin`);
  const brew = ['18', '17', '16', '15'].flatMap((v) => [
    `/opt/homebrew/opt/postgresql@${v}/bin`,
    `/usr/local/opt/postgresql@${v}/bin`,
  ]);
  return [...debian, ...brew];
}

const MAC_BROWSERS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser's path ($CHROMIUM, then the usual places), or null. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) return isExecutable(named) ? named : null;
  return onPath('chromium', 'chromium-browser', 'google-chrome') ?? MAC_BROWSERS.find(isExecutable) ?? null;
}

/** The path of redis-server (or valkey-server, which speaks the same), or null. */
export function findRedis() {
  return onPath('redis-server', 'valkey-server');
}

/** The paths of two programs of other people that read our PDFs, or null. */
export function findQpdf() {
  return onPath('qpdf');
}
export function findPdfToText() {
  return onPath('pdftotext');
}

const MAC_OFFICE = '/Applications/LibreOffice.app/Contents/MacOS/soffice';

/** The path of LibreOffice, which must have both its word processor and its spreadsheet, or null. */
export function findLibreOffice() {
  return onPath('soffice', 'libreoffice') ?? (isExecutable(MAC_OFFICE) ? MAC_OFFICE : null);
}

/** The folder with `initdb` and `postgres`, or null. */
export function findPostgres() {
  const places = [...postgresFolders(), ...(process.env.PATH ?? '').split(delimiter)];
  return places.find((folder) => isExecutable(join(folder, 'postgres'))) ?? null;
}

const PROGRAMS = [
  {
    name: 'Chromium',
    find: findChromium,
    debian: ['chromium', 'fonts-liberation'],
    brew: 'brew install --cask chromium, or set CHROMIUM to the path of a Chrome',
  },
  { name: 'Redis', find: findRedis, debian: ['redis-server'], brew: 'brew install redis' },
  { name: 'qpdf', find: findQpdf, debian: ['qpdf'], brew: 'brew install qpdf' },
  { name: 'pdftotext', find: findPdfToText, debian: ['poppler-utils'], brew: 'brew install poppler' },
  {
    name: 'LibreOffice',
    find: findLibreOffice,
    debian: ['libreoffice-writer-nogui', 'libreoffice-calc-nogui'],
    brew: 'brew install --cask libreoffice',
  },
  { name: 'PostgreSQL', find: findPostgres, debian: ['postgresql'], brew: 'brew install postgresql@17' },
];

/** What is missing, as sentences that say how to get it. */
export function missingPrograms(programs = PROGRAMS) {
  return programs
    .filter(({ find }) => find() === null)
    .map(({ name, debian, brew }) => {
      const how = process.platform === 'darwin' ? brew : `sudo apt-get install ${debian.join(' ')}`;
      return `${name} is missing. Get it with: ${how}`;
    });
}

const apt = (...args) =>
  run('apt-get', ['-y', '-q', '-o', 'Dpkg::Use-Pty=0', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    timeoutMs: 10 * 60_000,
  });

/**
 * Packages of servers start them. The tests run their own, so a policy that says no stands while we install
 * (unless the machine has a policy already).
 */
async function withoutStartingServices(work) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return work();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await work();
  } finally {
    rmSync(policy, { force: true });
  }
}

/** PostgreSQL's package makes a cluster of its own unless it was told not to before. */
async function preparePostgres() {
  const settings = '/etc/postgresql-common/createcluster.conf';
  const result = await apt('install', '--no-install-recommends', 'postgresql-common');
  if (result.code === 0) writeFileSync(settings, 'create_main_cluster = false\n');
  return result;
}

async function installPackages(packages) {
  const steps = [
    () => apt('update'),
    ...(packages.includes('postgresql') ? [preparePostgres] : []),
    () => apt('install', '--no-install-recommends', ...packages),
  ];
  for (const step of steps) {
    const { code, output } = await step();
    if (code !== 0) return output;
  }
  return null;
}

const isDebianRoot = () => existsSync('/etc/debian_version') && process.getuid?.() === 0;

/** Makes the programs be there. Answers null, or the text that says what is missing and why. */
export async function ensurePrograms(log) {
  const missing = PROGRAMS.filter(({ find }) => find() === null);
  if (missing.length === 0) return null;
  if (!isDebianRoot()) return missingPrograms(missing).join('\n');
  const packages = missing.flatMap(({ debian }) => debian);
  const started = performance.now();
  log(`Installing ${packages.join(', ')} …`);
  const problem = await withoutStartingServices(() => installPackages(packages));
  if (problem !== null) return `apt-get could not install ${packages.join(', ')}:\n${problem}`;
  const still = missingPrograms(missing);
  if (still.length > 0) return still.join('\n');
  log(`Installing ${packages.join(', ')}: done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return null;
}
