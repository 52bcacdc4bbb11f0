/** People are discs with initials in their own colour, the same in carets and threads. */
import { clsx } from 'clsx';
import type { CSSProperties } from 'react';
import { strings } from '../_strings/en.ts';

/** "Ana Ruiz" → "AR", "Chloé" → "C", "李雷" → "李". */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return [first, last]
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

const sizes = {
  xs: 'size-[18px] text-[8px]',
  sm: 'size-[22px] text-[9px]',
  md: 'size-6 text-[9.5px]',
  lg: 'size-[26px] text-[9.5px]',
  xl: 'size-10 text-[14px]',
};
export type AvatarSize = keyof typeof sizes;

export interface AvatarProps {
  name: string;
  color: string;
  size?: AvatarSize | undefined;
  /** An outline in the person's colour: is being followed, or is writing. */
  ring?: boolean | undefined;
  /** Beside a written name the disc says nothing new. */
  decorative?: boolean | undefined;
  className?: string | undefined;
}

export function Avatar({
  name,
  color,
  size = 'md',
  ring = false,
  decorative = false,
  className,
}: AvatarProps) {
  const style: CSSProperties = { backgroundColor: color, outlineColor: color };
  return (
    <span
      {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name, title: name })}
      style={style}
      // Drawn, not written: initials are no part of the name of a button that they stand in.
      data-initials={initialsOf(name)}
      className={clsx(
        'inline-grid shrink-0 place-items-center rounded-full font-[650] tracking-[0.02em] text-white select-none before:content-[attr(data-initials)]',
        sizes[size],
        ring && 'outline-2 outline-offset-2 outline-solid',
        className,
      )}
    />
  );
}

export interface StackedPerson {
  id: string;
  name: string;
  color: string;
}

/** Several people, overlapping; more than `max` become a number. `surface` is the plane they lie on. */
export function AvatarStack({
  people,
  max = 4,
  size = 'lg',
  surface = 'var(--card)',
  className,
}: {
  people: readonly StackedPerson[];
  max?: number;
  size?: AvatarSize;
  surface?: string;
  className?: string;
}) {
  if (people.length === 0) return null;
  const shown = people.slice(0, people.length > max ? max - 1 : max);
  const rest = people.length - shown.length;
  const ring: CSSProperties = { boxShadow: `0 0 0 2px ${surface}`, borderRadius: '50%' };
  return (
    <ul className={clsx('flex pl-1', className)}>
      {shown.map((person) => (
        <li key={person.id} className="-ml-1 flex" style={ring}>
          <Avatar name={person.name} color={person.color} size={size} />
        </li>
      ))}
      {rest > 0 ? (
        <li
          style={ring}
          title={people
            .slice(shown.length)
            .map((person) => person.name)
            .join(', ')}
          className={clsx(
            '-ml-1 inline-grid place-items-center bg-line-strong font-[650] text-ink',
            sizes[size],
          )}
        >
          <span aria-hidden>+{rest}</span>
          <span className="sr-only">{strings.ui.others(rest)}</span>
        </li>
      ) : null}
    </ul>
  );
}
