/**
 * The program's life: reads the settings, starts, says where and how to sign in, and stops on a signal. Exit codes:
 * 0 stopped, 1 could not start or broke, 2 a bad setting.
 */
import path from 'node:path';
import { isSettingError, readConfig, readEnvironment, type Config } from './config.ts';
import { openLog, type Log } from './log.ts';
import { start, type RunningServer } from './start.ts';

/** A stop that hangs is cut off within the ten seconds that it has. */
const STOP_MILLISECONDS = 9_500;
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

export async function runProgram({ pages }: { pages: boolean }): Promise<void> {
  const config = readSettings();
  const log = openLog({ level: config.logLevel, json: config.isProduction });
  const stopper = listenToSignals(log);
  process.on('unhandledRejection', (error) =>
    log.error({ err: error }, 'a promise failed and nobody listened'),
  );
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an error was not caught; stopping');
    stopper.stop(1);
  });
  try {
    const running = await start({ config, log, pages });
    welcome(running);
    stopper.started(running);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

function readSettings(): Config {
  try {
    return readConfig(readEnvironment(process.env, path.resolve('.env')));
  } catch (error) {
    if (!isSettingError(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

/** One line for what an operator can mend; everything for what is our mistake. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.message : (error.stack ?? error.message);
}

/** A signal before the server is up counts as soon as it is. The same signal again changes nothing. */
function listenToSignals(logger: Log): {
  started(running: RunningServer): void;
  stop(exitCode: number): void;
} {
  let server: RunningServer | null = null;
  let asked: number | null = null;
  const go = (running: RunningServer, exitCode: number): void => {
    running.stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        logger.error({ err: error }, 'could not stop in order');
        process.exit(1);
      },
    );
  };
  const stop = (exitCode: number): void => {
    if (asked !== null) return;
    asked = exitCode;
    setTimeout(() => process.exit(exitCode), STOP_MILLISECONDS).unref();
    if (server !== null) go(server, exitCode);
  };
  for (const signal of SIGNALS) process.on(signal, () => stop(0));
  return {
    started(running) {
      server = running;
      if (asked !== null) go(running, asked);
    },
    stop,
  };
}

/** To people, or to whoever collects the lines of a production log. */
function welcome({ url, setupUrl, runtime }: RunningServer): void {
  const lines = [`Proofdesk serves on ${url}`, ...howToSignIn(url, setupUrl, runtime.config)];
  for (const line of lines) {
    const isForMachines = runtime.config.isProduction && !process.stdout.isTTY;
    const text = isForMachines
      ? JSON.stringify({ level: 'info', time: new Date().toISOString(), msg: line })
      : line;
    process.stdout.write(`${text}\n`);
  }
}

function howToSignIn(url: string, setupUrl: string | null, { demo, owner }: Config): string[] {
  const lines: string[] = [];
  if (demo) lines.push(`Try the demo: open ${url} and choose “Ana Reyes” under “Try the demo”`);
  if (setupUrl !== null) lines.push(`Make the owner’s account by this one-time link: ${setupUrl}`);
  else
    lines.push(owner === null ? `Sign in at ${url}/sign-in` : `Sign in at ${url}/sign-in as ${owner.email}`);
  return lines;
}
