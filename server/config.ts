/**
 * The settings, read and checked once at start. A bad one is a `SettingError`: one line that names the variable,
 * what it got and what it accepts (main.ts ends with exit code 2). An empty value counts as none. Secrets and
 * passwords are never repeated in a message.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '#core/limits.ts';

export const parts = ['web', 'sync', 'events', 'jobs'] as const;
export type Part = (typeof parts)[number];

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export interface OwnerSettings {
  email: string;
  password: string;
  token: string | null;
}

export interface Config {
  /** 0: any free port. */
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | null;
  redisUrl: string | null;
  /** The origin that people type, without a slash at its end; null: localhost and its kin. */
  publicUrl: string | null;
  /** Null: made once and kept in the data folder. */
  authSecret: string | null;
  owner: OwnerSettings | null;
  demo: boolean;
  roles: ReadonlySet<Part>;
  logLevel: (typeof logLevels)[number];
  smtpUrl: string | null;
  isProduction: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** `message` is the whole line for people. Recognised by `code`. */
export class SettingError extends Error {
  readonly code = 'bad_setting';
}

export function isSettingError(error: unknown): error is SettingError {
  return error instanceof Error && 'code' in error && error.code === 'bad_setting';
}

/** The environment, with `file` (an .env) filling in what it lacks. */
export function readEnvironment(env: Environment, file: string): Environment {
  if (!existsSync(file)) return env;
  return { ...parseEnv(readFileSync(file, 'utf8')), ...env };
}

const isUrl = (protocols: readonly string[]) => (value: string) =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol);
const isBareOrigin = (value: string): boolean => {
  const { pathname, search, hash, username } = new URL(value);
  return pathname === '/' && search === '' && hash === '' && username === '';
};
const word = /^\S+$/;

/** Each variable: what it takes, in words and as a schema; `hidden` ones are not repeated in messages. */
const settings = {
  PORT: {
    takes: 'a whole number from 0 to 65535',
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.number().max(65_535)),
  },
  HOST: { takes: 'an address or a host name to listen on', schema: z.string().regex(/^[\w.:%-]+$/) },
  DATA_DIR: { takes: 'the path of a folder', schema: z.string().refine((value) => !value.includes('\0')) },
  DATABASE_URL: {
    takes: 'postgres://user:password@host:5432/name',
    schema: z.string().refine(isUrl(['postgres:', 'postgresql:'])),
  },
  REDIS_URL: {
    takes: 'redis://host:6379 or rediss://…',
    schema: z.string().refine(isUrl(['redis:', 'rediss:'])),
  },
  PUBLIC_URL: {
    takes: 'http(s)://host[:port] without a path',
    schema: z
      .string()
      .refine((value) => isUrl(['http:', 'https:'])(value) && isBareOrigin(value))
      .transform((value) => new URL(value).origin),
  },
  AUTH_SECRET: { takes: '32 characters or more', schema: z.string().min(32), hidden: true },
  PROOFDESK_OWNER_EMAIL: {
    takes: 'an e-mail address',
    schema: z
      .email()
      .max(254)
      .transform((value) => value.toLowerCase()),
  },
  PROOFDESK_OWNER_PASSWORD: {
    takes: `${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters`,
    schema: z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH),
    hidden: true,
  },
  PROOFDESK_OWNER_TOKEN: {
    takes: '32 to 200 characters without spaces',
    schema: z.string().min(32).max(200).regex(word),
    hidden: true,
  },
  PROOFDESK_DEMO: { takes: 'on or off', schema: z.enum(['on', 'off']) },
  PROOFDESK_ROLES: {
    takes: `some of ${parts.join(',')}`,
    schema: z
      .string()
      .transform((value) => value.split(',').map((part) => part.trim()))
      .pipe(z.array(z.enum(parts)).min(1)),
  },
  LOG_LEVEL: { takes: logLevels.join(', '), schema: z.enum(logLevels) },
  SMTP_URL: {
    takes: 'smtp://user:password@host:587 or smtps://…',
    schema: z.string().refine(isUrl(['smtp:', 'smtps:'])),
  },
} as const;

type Settings = typeof settings;
type Name = keyof Settings;
type Value<N extends Name> = z.output<Settings[N]['schema']>;

function read<N extends Name>(env: Environment, name: N): Value<N> | null {
  const given = env[name];
  if (given === undefined || given === '') return null;
  const parsed = settings[name].schema.safeParse(given);
  // The schema is the one of this name; its output cannot be told apart per name by the compiler.
  if (parsed.success) return parsed.data as Value<N>;
  throw new SettingError(`${name} is ${shown(name, given)}; it takes ${settings[name].takes}`);
}

function shown(name: Name, given: string): string {
  if ('hidden' in settings[name]) return `a value of ${given.length} characters`;
  return JSON.stringify(given.replace(/(:\/\/[^:@/]*:)[^@]*@/, '$1***@'));
}

export function readConfig(env: Environment): Config {
  const host = read(env, 'HOST') ?? '127.0.0.1';
  const databaseUrl = read(env, 'DATABASE_URL');
  const publicUrl = read(env, 'PUBLIC_URL');
  const authSecret = read(env, 'AUTH_SECRET');
  if (databaseUrl !== null && authSecret === null) {
    throw new SettingError(
      `AUTH_SECRET is not set; with DATABASE_URL it is needed and takes ${settings.AUTH_SECRET.takes}`,
    );
  }
  const demoFits =
    databaseUrl === null &&
    isLoopback(host) &&
    (publicUrl === null || isLoopback(new URL(publicUrl).hostname));
  const demo = read(env, 'PROOFDESK_DEMO');
  return {
    port: read(env, 'PORT') ?? 3000,
    host,
    dataDir: read(env, 'DATA_DIR') ?? '.data',
    databaseUrl,
    redisUrl: read(env, 'REDIS_URL'),
    publicUrl,
    authSecret,
    owner: readOwner(env),
    demo: demo === null ? demoFits : demo === 'on',
    roles: new Set(read(env, 'PROOFDESK_ROLES') ?? parts),
    logLevel: read(env, 'LOG_LEVEL') ?? 'info',
    smtpUrl: read(env, 'SMTP_URL'),
    isProduction: env['NODE_ENV'] === 'production',
  };
}

function readOwner(env: Environment): OwnerSettings | null {
  const email = read(env, 'PROOFDESK_OWNER_EMAIL');
  const password = read(env, 'PROOFDESK_OWNER_PASSWORD');
  const token = read(env, 'PROOFDESK_OWNER_TOKEN');
  if (email !== null && password !== null) return { email, password, token };
  if (email === null && password === null && token === null) return null;
  const missing = email === null ? 'PROOFDESK_OWNER_EMAIL' : 'PROOFDESK_OWNER_PASSWORD';
  throw new SettingError(
    `${missing} is not set; with the other PROOFDESK_OWNER_… it is needed and takes ${settings[missing].takes}`,
  );
}

/** Whether a host is this machine: localhost and names under it, 127.0.0.0/8, ::1. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
  );
}
