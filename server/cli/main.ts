/**
 * The command line: `npm run -s proofdesk -- COMMAND …`. Exit codes: 0 done, 1 it failed, 2 bad usage. It opens the
 * database itself, so with the embedded one it needs the server to be stopped: the folder's lock tells who holds it.
 */
import { parseArgs } from 'node:util';
import path from 'node:path';
import { openDatabase } from '#db/open.ts';
import { migrate } from '#db/migrate.ts';
import { claimCriteria } from '#core/claim-criteria.ts';
import { claimChoices } from '#core/export/options.ts';
import { formatNames } from '#server/export/report-files.ts';
import { readConfig, readEnvironment } from '#server/config.ts';
import { openLog } from '#server/log.ts';
import { openRuntime } from '#server/start.ts';
import {
  backupTo,
  exportReport,
  inspect,
  reindex,
  restoreFrom,
  tokenCreate,
  userAdd,
  verifyAll,
  type Asked,
} from './commands.ts';
import { importFiles } from './import.ts';
import { failureOf, openOutput, UsageError } from './output.ts';
import { checks, type Options } from './usage.ts';

interface Command {
  run: (asked: Asked) => Promise<void>;
  check: (words: readonly string[], options: Options) => void;
  usage: string;
}

const commands: Readonly<Record<string, Command>> = {
  'user add': {
    run: userAdd,
    check: checks.userAdd,
    usage: 'user add --email E --name N [--role R] [--password P]',
  },
  'token create': { run: tokenCreate, check: checks.tokenCreate, usage: 'token create --email E [--name N]' },
  import: {
    run: importFiles,
    check: checks.importFiles,
    usage: 'import FILE|URL… [--purpose external|draft] [--title T]',
  },
  export: {
    run: exportReport,
    check: checks.exportReport,
    usage: `export REPORT… | --all --format F -o FILE [--claims C] [--only NAME=VALUE,…] [--without threads,resolved,evidence,names]\n    F: ${formatNames.join(', ')}; C: ${claimChoices.join(', ')}; NAME: ${Object.keys(claimCriteria).join(', ')}`,
  },
  inspect: { run: inspect, check: checks.inspect, usage: 'inspect REPORT' },
  verify: { run: verifyAll, check: checks.none, usage: 'verify' },
  reindex: { run: reindex, check: checks.none, usage: 'reindex' },
  backup: { run: backupTo, check: checks.backup, usage: 'backup FILE' },
  restore: { run: restoreFrom, check: checks.restore, usage: 'restore FILE' },
};

const optionNames = [
  'email',
  'name',
  'role',
  'password',
  'format',
  'claims',
  'only',
  'without',
  'title',
  'purpose',
  'as',
] as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const { command, words, options, json, help } = parse(args);
    if (help || command === null) {
      process.stdout.write(usage());
      return help ? 0 : 2;
    }
    command.check(words, options);
    await runIn(command.run, {
      words,
      options,
      output: openOutput(json, (text) => process.stdout.write(text)),
    });
    return 0;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    process.stderr.write(`${failure.line}\n`);
    return failure.exitCode;
  }
}

function parse(args: readonly string[]) {
  const { values, positionals } = readArguments(args);
  const [first = '', second = '', ...rest] = positionals;
  const two = commands[`${first} ${second}`];
  const command = two ?? commands[first] ?? null;
  if (command === null && first !== '') throw new UsageError(`${first} is no command\n${usage()}`);
  const words = two === undefined ? positionals.slice(1) : rest;
  const { json = false, help = false, all = false, ...named } = values;
  const options: Options = all ? { ...named, all: 'yes' } : named;
  return { command, words, options, json, help };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...(Object.fromEntries(optionNames.map((name) => [name, { type: 'string' }])) as Record<
          (typeof optionNames)[number],
          { type: 'string' }
        >),
        output: { type: 'string', short: 'o' },
        all: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage()}`);
  }
}

function usage(): string {
  const lines = Object.values(commands).map((command) => `  ${command.usage}`);
  return `usage: proofdesk COMMAND [--json] [--as EMAIL]\n${lines.join('\n')}\n`;
}

async function runIn(
  run: (asked: Asked) => Promise<void>,
  asked: Pick<Asked, 'words' | 'options' | 'output'>,
): Promise<void> {
  const config = readConfig(readEnvironment(process.env, path.resolve('.env')));
  const log = openLog({
    level: 'error',
    json: false,
    destination: { write: (line) => void process.stderr.write(line) },
  });
  const database = await openDatabase({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl ?? undefined,
    log,
    describeHolder: () => ({ pid: process.pid, address: 'the command line' }),
  });
  try {
    await migrate(database);
    const { runtime, close } = openRuntime({ config, log, now: () => new Date(), database });
    try {
      // npm runs scripts in the project's folder; the caller stands where INIT_CWD says.
      await run({ ...asked, runtime, cwd: process.env['INIT_CWD'] ?? process.cwd() });
    } finally {
      await close();
    }
  } finally {
    await database.close();
  }
}
