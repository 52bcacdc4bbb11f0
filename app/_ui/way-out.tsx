import type { ReactNode } from 'react';
import { buttonClass, type ButtonSize, type ButtonVariant } from './button-class.ts';

export interface WayOutProps {
  to: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  className?: string;
  children: ReactNode;
}

/** The way on from a page that is none. It loads anew: next/link would be in every screen's script twice. */
export function WayOut({ to, variant, size, className = '', children }: WayOutProps) {
  return (
    <a href={to} className={buttonClass(variant, size, `no-underline ${className}`)}>
      {children}
    </a>
  );
}
