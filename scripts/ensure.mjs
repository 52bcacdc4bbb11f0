/**
 * A checkout becomes one that can run: dependencies installed, program built, each only when missing or stale.
 * A stamp (the hash of what the result came from) is removed before the work and written after it, so that
 * whatever was cut off half-way is done again. Only what Node ships is used here: it runs before the install.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './child.mjs';
import { fingerprint, isInstalled, readOrNull } from './fingerprint.mjs';
import { withLock } from './lock.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What the built program is made of; a change in any of it makes the build stale. */
const SOURCES = [
  'app',
  'core',
  'db',
  'public',
  'server',
  'next.config.ts',
  'postcss.config.mjs',
  'package.json',
  'package-lock.json',
  'scripts/bundle.mjs',
  'scripts/compress.mjs',
];

const INSTALL_STAMP = join(root, 'node_modules/.proofdesk-stamp');
const BUILD_STAMP = join(root, 'dist/.proofdesk-stamp');

/** A step that did not work: its output is for people, and the script ends with exit code 1. */
export class StepFailed extends Error {
  code = 'step_failed';
  constructor(step, output) {
    super(`${step} failed.\n${output.trimEnd()}`);
  }
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function step(name, log, command, args, env = {}) {
  const started = performance.now();
  log(`${name} …`);
  const { code, output } = await run(command, args, { cwd: root, env: { ...process.env, ...env } });
  if (code !== 0) throw new StepFailed(name, output);
  log(`${name}: done in ${seconds(started)}`);
}

/** The npm that runs us, if one does; else the one on the PATH. */
function npm() {
  const path = process.env.npm_execpath;
  return path?.endsWith('npm-cli.js') && existsSync(path) ? [process.execPath, [path]] : ['npm', []];
}

/** The lock file's fingerprint if node_modules agrees with it, else null. */
function freshInstall() {
  const wanted = fingerprint(root, ['package-lock.json']);
  if (readOrNull(INSTALL_STAMP) === wanted) return wanted;
  if (!isInstalled(root)) return null;
  writeFileSync(INSTALL_STAMP, wanted);
  return wanted;
}

async function install(log) {
  const why = existsSync(join(root, 'node_modules')) ? 'package-lock.json changed' : 'first start';
  rmSync(INSTALL_STAMP, { force: true });
  const [command, prefix] = npm();
  // Development packages are part of it, also under NODE_ENV=production: the build needs some of them.
  const args = [...prefix, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  await step(`Installing dependencies (${why})`, log, command, args);
  writeFileSync(INSTALL_STAMP, fingerprint(root, ['package-lock.json']));
}

const buildIsFresh = () => readOrNull(BUILD_STAMP) === fingerprint(root, SOURCES);

async function build(log) {
  // Taken before the build reads them: what is edited meanwhile makes the build stale, not silently old.
  const sources = fingerprint(root, SOURCES);
  rmSync(BUILD_STAMP, { force: true });
  const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const next = join(root, 'node_modules/next/dist/bin/next');
  await step('Building the pages', log, process.execPath, [next, 'build'], env);
  await step('Compressing the pages', log, process.execPath, [join(root, 'scripts/compress.mjs')], env);
  await step('Building the server', log, process.execPath, [join(root, 'scripts/bundle.mjs')], env);
  mkdirSync(dirname(BUILD_STAMP), { recursive: true });
  writeFileSync(BUILD_STAMP, sources);
}

const waiting = (log) => () => log('Waiting for another process that prepares this folder …');

/** Installs the dependencies if they are missing or not those of package-lock.json. */
export async function ensureInstalled(log) {
  if (freshInstall() !== null) return;
  await withLock(root, waiting(log), async () => {
    if (freshInstall() === null) await install(log);
  });
}

/** Installs if needed, and builds if the build is missing or older than the sources; `force` builds anyway. */
export async function ensureBuilt(log, { force = false } = {}) {
  await ensureInstalled(log);
  if (!force && buildIsFresh()) return;
  await withLock(root, waiting(log), async () => {
    if (force || !buildIsFresh()) await build(log);
  });
}

/** Runs a script's body: a failed step is told in its own words and ends the process with exit code 1. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    if (error.code !== 'step_failed') throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

export const toStdout = (line) => process.stdout.write(`${line}\n`);
export const toStderr = (line) => process.stderr.write(`${line}\n`);
