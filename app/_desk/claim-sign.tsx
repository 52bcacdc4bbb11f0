/** A claim's sign in lists: the highlighter's dot while it is open, the verdict's sign from then on. */
import { clsx } from 'clsx';
import type { RatingTone } from '#core/domain/rating-scale.ts';
import type { ClaimMarkState } from '../_editor/marks.ts';
import { signOf } from '../_editor/signs.ts';
import { SignPicture } from '../_editor/static-text.tsx';

export function ClaimSign({
  state,
  tone,
  size = 14,
}: {
  state: ClaimMarkState;
  tone: RatingTone | null;
  size?: number;
}) {
  const sign = signOf(state, tone);
  if (sign !== null) {
    return (
      <span data-tone={tone ?? 'other'} aria-hidden className="inline-flex shrink-0 text-v">
        <SignPicture sign={sign} size={size} />
      </span>
    );
  }
  return (
    <span
      aria-hidden
      className={clsx(
        'm-px inline-block size-3 shrink-0 rounded-[4px]',
        state === 'open' && 'bg-marker shadow-[inset_0_0_0_1px_rgb(0_0_0/0.18)]',
        state === 'suggested' &&
          'border border-dashed border-ink-3 bg-[color-mix(in_oklab,var(--marker)_30%,transparent)]',
        state === 'dismissed' && 'border border-line-strong',
      )}
    />
  );
}
