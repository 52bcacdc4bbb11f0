'use client';
/**
 * One clock for the page. It starts at the server's moment, so what the server wrote and the first render in the
 * browser agree, and then ticks every 20 s. The reader's time zone is known after hydration; until then UTC.
 */
import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import { strings } from '../_strings/en.ts';

const ServerNow = createContext(0);
const listeners = new Set<() => void>();
const tickMs = 20_000;
let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(tick, tickMs);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function clientNow(): number {
  if (now === 0 || timer === undefined) now = Date.now();
  return now;
}

export function ClockProvider({ serverNow, children }: { serverNow: number; children: ReactNode }) {
  return <ServerNow value={serverNow}>{children}</ServerNow>;
}

/** Milliseconds since 1970, a tick old at most. */
export function useNow(): number {
  const atServer = useContext(ServerNow);
  return useSyncExternalStore(subscribe, clientNow, () => atServer);
}

const never = () => () => undefined;

/** 'UTC' while the server's page is taken over, then undefined: the reader's own zone. */
export function useTimeZone(): 'UTC' | undefined {
  return useSyncExternalStore(
    never,
    () => undefined,
    () => 'UTC' as const,
  );
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function part(at: number, options: Intl.DateTimeFormatOptions, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat('en-GB', {
    ...options,
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
}

/** "3 min ago", "yesterday", "22 Dec", "22 Dec 2025". A time ahead of us counts as now: clocks differ. */
export function relativeTime(at: number, from: number, timeZone?: string): string {
  const age = from - at;
  if (age < minute) return strings.time.justNow;
  if (age < hour) return strings.time.minutes(Math.floor(age / minute));
  const onDay = (moment: number) => part(moment, { dateStyle: 'short' }, timeZone);
  if (age < day && onDay(at) === onDay(from)) return strings.time.hours(Math.floor(age / hour));
  if (onDay(at) === onDay(from - day)) return strings.time.yesterday;
  const sameYear = part(at, { year: 'numeric' }, timeZone) === part(from, { year: 'numeric' }, timeZone);
  return part(at, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }, timeZone);
}

/** "28 Dec 2026, 14:20" in the reader's zone. */
export function exactTime(at: number, timeZone?: string): string {
  return part(
    at,
    { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    timeZone,
  );
}

/** A moment in words, exact on hover. `at` is ISO 8601. */
export function RelativeTime({ at, className }: { at: string; className?: string | undefined }) {
  const current = useNow();
  const timeZone = useTimeZone();
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={exactTime(moment, timeZone)} className={className}>
      {relativeTime(moment, current, timeZone)}
    </time>
  );
}

/** The day alone: "28 Dec". */
export function DayOf({ at, className }: { at: string; className?: string | undefined }) {
  const current = useNow();
  const timeZone = useTimeZone();
  const moment = Date.parse(at);
  const sameYear =
    part(moment, { year: 'numeric' }, timeZone) === part(current, { year: 'numeric' }, timeZone);
  return (
    <time dateTime={at} title={exactTime(moment, timeZone)} className={className}>
      {part(moment, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }, timeZone)}
    </time>
  );
}
