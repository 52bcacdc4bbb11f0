/**
 * How far the reading of a source is, on its way from the reader to who waits for it. A reader tells every page that it
 * comes to; people see a few a second, so the rest need not leave the thread.
 */
import type { ReadingStep } from '#core/events.ts';
import { PAGE_TOLD_EVERY_MS } from './limits.ts';

export type TellStep = (at: ReadingStep) => void;

/** Passes each new step on at once, and a further page of the same step only when the last is old enough. */
export function seldom(tell: TellStep, now: () => number): TellStep {
  let last: ReadingStep['step'] | null = null;
  let toldAt = 0;
  return (at) => {
    const time = now();
    if (at.step === last && time - toldAt < PAGE_TOLD_EVERY_MS) return;
    last = at.step;
    toldAt = time;
    tell(at);
  };
}
