/**
 * Progress by verdict: a thin bar, one run a tone in the scale's order, the rest grey. Hidden words say the same;
 * "7 of 12 decided" stands beside it.
 */
import { ratingTones, type Rating, type RatingTone } from '#core/domain/rating-scale.ts';
import type { ClaimCounts } from '#core/records.ts';
import { strings } from '../_strings/en.ts';
import { toneOf } from './verdict.tsx';

/** Decided claims by tone, in the order of the bar. */
export function countsByTone(
  counts: ClaimCounts,
  scale: readonly Rating[],
): { tone: RatingTone; count: number }[] {
  const sums = new Map<RatingTone, number>();
  for (const [value, count] of Object.entries(counts.byRating)) {
    const tone = toneOf(scale, value);
    sums.set(tone, (sums.get(tone) ?? 0) + count);
  }
  return ratingTones.flatMap((tone) => {
    const count = sums.get(tone) ?? 0;
    return count > 0 ? [{ tone, count }] : [];
  });
}

export interface ProgressBarProps {
  counts: ClaimCounts;
  scale: readonly Rating[];
  className?: string | undefined;
}

export function ProgressBar({ counts, scale, className }: ProgressBarProps) {
  const parts = countsByTone(counts, scale);
  const shown = parts.reduce((sum, part) => sum + part.count, 0);
  const rest = Math.max(0, counts.total - shown);
  const words = parts.map((part) => `${part.count} ${strings.ratingTones[part.tone]}`).join(', ');
  return (
    <div title={words === '' ? undefined : words} className={className}>
      <span className="sr-only">{words}</span>
      <div aria-hidden className="flex h-1.5 gap-0.5">
        {parts.map((part) => (
          <span
            key={part.tone}
            data-tone={part.tone}
            style={{ flexGrow: part.count }}
            className="min-w-1.5 basis-0 rounded-[3px] bg-v"
          />
        ))}
        {rest > 0 || counts.total === 0 ? (
          <span
            style={{ flexGrow: Math.max(rest, 1) }}
            className="basis-0 rounded-[3px] bg-line-strong opacity-60"
          />
        ) : null}
      </div>
    </div>
  );
}
