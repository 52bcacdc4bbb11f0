import { expect, it } from 'vitest';
import { openLog } from '#server/log.ts';

function linesOf(json: boolean, level = 'info'): { lines: string[]; log: ReturnType<typeof openLog> } {
  const lines: string[] = [];
  return { lines, log: openLog({ level, json, destination: { write: (line) => void lines.push(line) } }) };
}

it('writes a JSON line for machines, with what went wrong and without secrets', () => {
  const { lines, log } = linesOf(true);
  log.warn({ err: new Error('away'), token: 'secret', report: 'r' }, 'a commit failed');
  expect(lines).toHaveLength(1);
  const line: unknown = JSON.parse(lines[0] ?? '');
  expect(line).toMatchObject({
    level: 'warn',
    msg: 'a commit failed',
    report: 'r',
    token: '[Redacted]',
    err: { message: 'away' },
  });
  expect(Number.isNaN(Date.parse((line as { time: string }).time))).toBe(false);
});

it('writes a readable line for people', () => {
  const { lines, log } = linesOf(false);
  log.info({ port: 3000 }, 'listening');
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d info {2}listening {2}\{"port":3000\}\n$/);
});

it('leaves out what is below its level', () => {
  const { lines, log } = linesOf(true, 'warn');
  log.info('unseen');
  expect(lines).toEqual([]);
});
