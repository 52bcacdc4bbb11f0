import { clsx } from 'clsx';
import { Highlighter } from 'lucide-react';

/** The highlighter is the brand. */
export function Logo({ size = 30, className }: { size?: number; className?: string | undefined }) {
  return (
    <span
      aria-hidden
      style={{ width: size, height: size, borderRadius: size * 0.27 }}
      className={clsx('inline-grid shrink-0 place-items-center bg-marker text-on-marker', className)}
    >
      <Highlighter size={size * 0.55} strokeWidth={2} />
    </span>
  );
}
