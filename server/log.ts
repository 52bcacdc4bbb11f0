/** The log: JSON lines on stdout in production, readable lines otherwise. Everybody is handed one; nobody makes one. */
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

export interface LogOptions {
  level: string;
  /** JSON lines for machines, instead of lines for people. */
  json: boolean;
  /** Where lines go; stdout when left out. */
  destination?: DestinationStream;
}

export function openLog({ level, json, destination }: LogOptions): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: ['authorization', 'cookie', 'password', 'secret', 'token'],
  };
  const out = destination ?? { write: (line: string) => void process.stdout.write(line) };
  return pino(options, json ? out : { write: (line: string) => void out.write(readable(line)) });
}

/** `12:30:01 warn  the message  {"more":1}` */
function readable(line: string): string {
  const { time, level, msg, ...more }: Record<string, unknown> = JSON.parse(line);
  const rest = Object.keys(more).length === 0 ? '' : `  ${JSON.stringify(more)}`;
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${typeof msg === 'string' ? msg : ''}${rest}\n`;
}
