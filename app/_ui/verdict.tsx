/**
 * A verdict is told by icon and word first, by hue second. The icon depends on the rating's tone, so a workspace
 * with its own scale keeps the six signs. Whatever carries `data-tone` has --v and --v-ink (tokens.css).
 */
import type { Rating, RatingTone } from '#core/domain/rating-scale.ts';
import { draftOutcomes } from '#core/domain/rating-scale.ts';
import { clsx } from 'clsx';
import {
  CircleAlert,
  CircleCheck,
  CircleCheckBig,
  CircleSlash,
  CircleX,
  Contrast,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Chip } from './chip.tsx';

const icons: Record<RatingTone, LucideIcon> = {
  true: CircleCheck,
  'mostly-true': CircleCheckBig,
  half: Contrast,
  'mostly-false': CircleSlash,
  false: CircleX,
  other: CircleAlert,
};

/** The rating of a value on the workspace's scale or among a draft's outcomes; null for one that is gone. */
export function ratingOf(scale: readonly Rating[], value: string): Rating | null {
  return scale.find((one) => one.value === value) ?? draftOutcomes.find((one) => one.value === value) ?? null;
}

export function toneOf(scale: readonly Rating[], value: string): RatingTone {
  return ratingOf(scale, value)?.tone ?? 'other';
}

export interface VerdictIconProps {
  tone: RatingTone;
  size?: number | undefined;
  className?: string | undefined;
  /** Only when no word stands beside it. */
  label?: string | undefined;
}

export function VerdictIcon({ tone, size = 14, className, label }: VerdictIconProps) {
  const Icon = icons[tone];
  return (
    <span
      data-tone={tone}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      className={clsx('inline-flex shrink-0 text-v', className)}
    >
      <Icon size={size} strokeWidth={2.1} aria-hidden />
    </span>
  );
}

export interface VerdictChipProps {
  tone: RatingTone;
  label: string;
  /** "proposed by Ben, 15:02": quieter, after the word. */
  note?: ReactNode;
  /** Stale or replaced: struck through. */
  struck?: boolean | undefined;
  className?: string | undefined;
}

export function VerdictChip({ tone, label, note, struck = false, className }: VerdictChipProps) {
  return (
    <span data-tone={tone} className="inline-flex max-w-full">
      <Chip look="verdict" icon={<VerdictIcon tone={tone} />} className={className}>
        <span className={clsx('max-w-full shrink-0 truncate', struck && 'line-through')}>{label}</span>
        {note === undefined ? null : <span className="truncate font-[450] text-ink-3">{note}</span>}
      </Chip>
    </span>
  );
}
