'use client';
/** A key as it stands on the keyboard. `Mod` becomes ⌘ on Apple and Ctrl elsewhere (after hydration). */
import { clsx } from 'clsx';
import { useSyncExternalStore, type ReactNode } from 'react';

const never = () => () => undefined;
const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);

export function useModKey(): '⌘' | 'Ctrl ' {
  return useSyncExternalStore(never, isApple, () => false) ? '⌘' : 'Ctrl ';
}

export function Kbd({ children, className }: { children: ReactNode; className?: string | undefined }) {
  const mod = useModKey();
  const text = typeof children === 'string' ? children.replace('Mod', mod) : children;
  return (
    <kbd
      className={clsx(
        'inline-block min-w-[18px] rounded-[4px] border border-line-strong px-[5px] text-center font-ui text-[11px] leading-[18px] font-medium whitespace-nowrap text-ink-3 pointer-coarse:hidden',
        className,
      )}
    >
      {text}
    </kbd>
  );
}
