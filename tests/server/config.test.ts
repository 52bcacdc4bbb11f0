import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSettingError, readConfig, readEnvironment, type Environment } from '#server/config.ts';

const owner = { PROOFDESK_OWNER_EMAIL: 'Ana@Example.org', PROOFDESK_OWNER_PASSWORD: 'long enough' };
const postgres = { DATABASE_URL: 'postgres://me:secret@db:5432/desk', AUTH_SECRET: 'x'.repeat(32) };

function lineOf(env: Environment): string {
  try {
    readConfig(env);
  } catch (error) {
    if (isSettingError(error)) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('settings', () => {
  it('ST1: stand at their documented defaults when nothing is set', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: '.data',
      databaseUrl: null,
      redisUrl: null,
      publicUrl: null,
      authSecret: null,
      owner: null,
      demo: true,
      roles: new Set(['web', 'sync', 'events', 'jobs']),
      logLevel: 'info',
      smtpUrl: null,
      isProduction: false,
    });
  });

  it.each<[Environment, string]>([
    [{ PORT: 'http' }, 'PORT is "http"; it takes a whole number from 0 to 65535'],
    [{ PORT: '65536' }, 'PORT is "65536"; it takes a whole number from 0 to 65535'],
    [{ PORT: '-1' }, 'PORT is "-1"; it takes a whole number from 0 to 65535'],
    [{ PORT: '3000.5' }, 'PORT is "3000.5"; it takes a whole number from 0 to 65535'],
    [{ HOST: 'a b' }, 'HOST is "a b"; it takes an address or a host name to listen on'],
    [
      { DATABASE_URL: 'mysql://u:p@h/d' },
      'DATABASE_URL is "mysql://u:***@h/d"; it takes postgres://user:password@host:5432/name',
    ],
    [
      { REDIS_URL: 'localhost:6379' },
      'REDIS_URL is "localhost:6379"; it takes redis://host:6379 or rediss://…',
    ],
    [
      { PUBLIC_URL: 'desk.example.org' },
      'PUBLIC_URL is "desk.example.org"; it takes http(s)://host[:port] without a path',
    ],
    [
      { PUBLIC_URL: 'https://example.org/desk' },
      'PUBLIC_URL is "https://example.org/desk"; it takes http(s)://host[:port] without a path',
    ],
    [{ AUTH_SECRET: 'short' }, 'AUTH_SECRET is a value of 5 characters; it takes 32 characters or more'],
    [
      { DATABASE_URL: postgres.DATABASE_URL },
      'AUTH_SECRET is not set; with DATABASE_URL it is needed and takes 32 characters or more',
    ],
    [
      { ...owner, PROOFDESK_OWNER_EMAIL: 'ana' },
      'PROOFDESK_OWNER_EMAIL is "ana"; it takes an e-mail address',
    ],
    [
      { ...owner, PROOFDESK_OWNER_PASSWORD: 'short' },
      'PROOFDESK_OWNER_PASSWORD is a value of 5 characters; it takes 8 to 200 characters',
    ],
    [
      { ...owner, PROOFDESK_OWNER_TOKEN: 'short' },
      'PROOFDESK_OWNER_TOKEN is a value of 5 characters; it takes 32 to 200 characters without spaces',
    ],
    [
      { PROOFDESK_OWNER_TOKEN: 'x'.repeat(32) },
      'PROOFDESK_OWNER_EMAIL is not set; with the other PROOFDESK_OWNER_… it is needed and takes an e-mail address',
    ],
    [{ PROOFDESK_DEMO: 'yes' }, 'PROOFDESK_DEMO is "yes"; it takes on or off'],
    [{ PROOFDESK_ROLES: 'web,mail' }, 'PROOFDESK_ROLES is "web,mail"; it takes some of web,sync,events,jobs'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"; it takes trace, debug, info, warn, error, fatal, silent'],
    [
      { SMTP_URL: 'mail.example.org' },
      'SMTP_URL is "mail.example.org"; it takes smtp://user:password@host:587 or smtps://…',
    ],
  ])('ST2: refuses %j in one line that says what it takes', (env, line) => {
    expect(lineOf(env)).toBe(line);
  });

  it('ST3: counts an empty value as none', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', PUBLIC_URL: '', PROOFDESK_DEMO: '' })).toEqual(
      readConfig({}),
    );
  });

  it('reads what it is given', () => {
    const config = readConfig({
      ...owner,
      ...postgres,
      PORT: '0',
      PUBLIC_URL: 'HTTPS://Desk.Example.org/',
      PROOFDESK_ROLES: 'web, jobs',
    });
    expect(config).toMatchObject({
      port: 0,
      publicUrl: 'https://desk.example.org',
      databaseUrl: postgres.DATABASE_URL,
    });
    expect(config.owner).toEqual({ email: 'ana@example.org', password: 'long enough', token: null });
    expect([...config.roles]).toEqual(['web', 'jobs']);
  });

  it.each<[Environment, boolean]>([
    [{}, true],
    [{ HOST: '::1' }, true],
    [{ HOST: 'localhost' }, true],
    [{ HOST: '0.0.0.0' }, false],
    [{ PUBLIC_URL: 'http://localhost:3000' }, true],
    [{ PUBLIC_URL: 'https://desk.example.org' }, false],
    [postgres, false],
    [{ ...postgres, PROOFDESK_DEMO: 'on' }, true],
    [{ PROOFDESK_DEMO: 'off' }, false],
  ])('ST4: has the demo with %j: %s', (env, demo) => {
    expect(readConfig(env).demo).toBe(demo);
  });

  it('ST5: fills in from .env what the environment does not say', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'proofdesk-env-'));
    try {
      const file = path.join(folder, '.env');
      writeFileSync(file, '# ours\nPORT=4000\nHOST="::1"\nLOG_LEVEL=warn\n');
      expect(readConfig(readEnvironment({ PORT: '5000', LOG_LEVEL: '' }, file))).toMatchObject({
        port: 5000,
        host: '::1',
        logLevel: 'info',
      });
      expect(readConfig(readEnvironment({ PORT: '5000' }, path.join(folder, 'none')))).toMatchObject({
        port: 5000,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
