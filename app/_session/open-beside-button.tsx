'use client';
import { Columns2 } from 'lucide-react';
import { strings } from '../_strings/en.ts';
import type { ButtonSize, ButtonVariant } from '../_ui/button-class.ts';
import { Button } from '../_ui/button.tsx';
import { companionOf, openBeside } from './demo.ts';
import { useSession } from './session.tsx';

/** "Open Ben beside me": a second person in the same browser, on this same page. Nothing outside the demo. */
export function OpenBesideButton({
  size,
  variant,
  className,
}: {
  size?: ButtonSize;
  variant?: ButtonVariant;
  className?: string;
}) {
  const session = useSession();
  if (!session.workspace.isDemo) return null;
  const other = companionOf(session.name);
  return (
    <Button
      size={size}
      variant={variant}
      className={className}
      icon={<Columns2 size={15} aria-hidden />}
      onClick={() => openBeside(other, window.location.pathname + window.location.search)}
    >
      {strings.beside(other.name)}
    </Button>
  );
}
