import { describe, expect, test } from 'vitest';
import type { ReadingStep } from '#core/events.ts';
import { PAGE_TOLD_EVERY_MS, READERS_AT_ONCE } from '#server/import/limits.ts';
import { readSource } from '#server/import/source.ts';
import { seldom } from '#server/import/steps.ts';
import { longPdf } from '#tests/support/long-pdf.ts';

/** Long enough to be stopped on their way, and few enough to be all read if they are not. */
const MANY_PAGES = 250;

class Reader {
  readonly steps: ReadingStep[] = [];
  readonly #stop = new AbortController();
  readonly #watchers = new Set<() => void>();
  readonly end: Promise<unknown>;

  constructor(pages: number) {
    const onStep = (at: ReadingStep): void => {
      this.steps.push(at);
      for (const look of this.#watchers) look();
    };
    const source = { bytes: longPdf(pages), name: null, declared: 'file' } as const;
    this.end = readSource(source, { onStep, signal: this.#stop.signal }).catch((error: unknown) => error);
  }

  cancel(): void {
    this.#stop.abort();
  }

  hasTold(step: ReadingStep['step']): boolean {
    return this.steps.some((at) => at.step === step);
  }

  until(step: ReadingStep['step']): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.hasTold(step)) resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }
}

describe('how far a reading is', () => {
  test('IM94 a thread tells its step and, of a PDF, the page of how many', async () => {
    const reader = new Reader(3);
    await reader.end;
    expect(reader.steps.slice(0, 2)).toEqual([{ step: 'reading' }, { step: 'page', page: 1, pages: 3 }]);
    expect(reader.steps.at(-1)).toEqual({ step: 'arranging' });
  });

  test('IM94 further pages are told only so often, new steps at once', () => {
    const told: ReadingStep[] = [];
    let time = 1_000;
    const tell = seldom(
      (at) => told.push(at),
      () => time,
    );
    const page = (number: number): ReadingStep => ({ step: 'page', page: number, pages: 9 });
    tell(page(1));
    tell(page(2));
    time += PAGE_TOLD_EVERY_MS - 1;
    tell(page(3));
    time += 1;
    tell(page(4));
    tell(page(5));
    tell({ step: 'arranging' });
    expect(told).toEqual([page(1), page(4), { step: 'arranging' }]);
  });
});

describe('readings at the same moment', () => {
  test('IM96 one too many waits for its turn, and says so', async () => {
    const first = Array.from({ length: READERS_AT_ONCE }, () => new Reader(1));
    const late = new Reader(1);
    await late.until('waiting');
    expect(late.steps).toEqual([{ step: 'waiting' }]);
    await Promise.all([...first, late].map(({ end }) => end));
    expect(first.some((reader) => reader.hasTold('waiting'))).toBe(false);
    expect(late.steps.slice(0, 2)).toEqual([{ step: 'waiting' }, { step: 'reading' }]);
  });

  test('IM95 what is cancelled ends at once and leaves its place to the next', async () => {
    const long = Array.from({ length: READERS_AT_ONCE }, () => new Reader(MANY_PAGES));
    const gaveUp = new Reader(1);
    const next = new Reader(1);
    await Promise.all(long.map((reader) => reader.until('page')));
    gaveUp.cancel();
    for (const reader of long) reader.cancel();
    await expect(next.end).resolves.toMatchObject({ kind: 'pdf' });
    for (const reader of [...long, gaveUp]) {
      await expect(reader.end).resolves.toMatchObject({ code: 'cancelled' });
      expect(reader.hasTold('arranging')).toBe(false);
    }
    expect(gaveUp.steps).toEqual([{ step: 'waiting' }]);
  });
});
