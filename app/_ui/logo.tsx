import { clsx } from 'clsx';

/** The highlighter is the brand. Its lines are those of app/icon.svg. */
export function Logo({ size = 30, className }: { size?: number; className?: string | undefined }) {
  return (
    <span
      aria-hidden
      style={{ width: size, height: size, borderRadius: size * 0.27 }}
      className={clsx('inline-grid shrink-0 place-items-center bg-marker text-on-marker', className)}
    >
      <svg
        width={size * 0.55}
        height={size * 0.55}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={2}
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="m9 11-6 6v3h9l3-3" />
        <path d="m22 12-4.6 4.6a2 2 0 0 1-2.8 0l-5.2-5.2a2 2 0 0 1 0-2.8L14 4" />
      </svg>
    </span>
  );
}
