'use client';
/** What draws dialogs; fetched when the first one opens (dialog.tsx). */
import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog as Base } from '@base-ui/react/dialog';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import { strings } from '../_strings/en.ts';
import { Button, IconButton } from './button.tsx';
import type { ConfirmDialogProps, DialogProps } from './dialog-props.ts';

const backdrop =
  'fixed inset-0 z-40 min-h-dvh bg-scrim transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0';
const popup =
  'fixed z-40 flex flex-col border border-line bg-card text-ink shadow-lifted transition-[opacity,translate,scale] duration-150 ease-out outline-none ' +
  'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-[16px] data-starting-style:translate-y-4 data-starting-style:opacity-0 data-ending-style:translate-y-4 data-ending-style:opacity-0 ' +
  'sm:inset-x-auto sm:bottom-auto sm:left-1/2 sm:top-[9vh] sm:max-h-[82vh] sm:w-[calc(100vw-48px)] sm:-translate-x-1/2 sm:rounded-[12px] sm:data-starting-style:translate-y-1 sm:data-ending-style:translate-y-1';

const widths = {
  sm: 'sm:max-w-[420px]',
  md: 'sm:max-w-[560px]',
  lg: 'sm:max-w-[760px]',
  xl: 'h-[92dvh] sm:h-[82vh] sm:max-w-[1080px]',
};

export function DialogPopup({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  size = 'md',
  initialFocus,
  className,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Popup
          className={clsx(popup, widths[size], className)}
          {...(initialFocus === undefined ? {} : { initialFocus })}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-[15px] leading-6 font-[640] tracking-[-0.006em]">
                {title}
              </Base.Title>
              {description === undefined ? null : (
                <Base.Description className="mt-0.5 text-ink-2">{description}</Base.Description>
              )}
            </div>
            <Base.Close
              render={
                <IconButton label={strings.ui.close} size="sm" className="-mr-1.5">
                  <X size={16} aria-hidden />
                </IconButton>
              }
            />
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer === undefined ? null : (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3 pb-[max(12px,env(safe-area-inset-bottom))]">
              {footer}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export function ConfirmPopup({
  open,
  onOpenChange,
  title,
  body,
  confirm,
  danger = false,
  onConfirm,
}: ConfirmDialogProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const change = (next: boolean) => {
    setProblem(null);
    onOpenChange(next);
  };
  const run = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : strings.ui.unknownError);
    } finally {
      setBusy(false);
    }
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={change}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdrop} />
        <AlertDialog.Popup className={clsx(popup, widths.sm)} initialFocus={cancel}>
          <div className="px-5 pt-5 pb-4">
            <AlertDialog.Title className="text-[15px] leading-6 font-[640]">{title}</AlertDialog.Title>
            <AlertDialog.Description className="mt-1 text-ink-2">{body}</AlertDialog.Description>
            <p role="alert" className="mt-2 text-danger empty:hidden">
              {problem}
            </p>
          </div>
          <footer className="flex justify-end gap-2 px-5 pb-5">
            <Button ref={cancel} onClick={() => change(false)}>
              {strings.ui.cancel}
            </Button>
            <Button
              variant="primary"
              busy={busy}
              className={danger ? 'border-danger bg-danger text-card' : undefined}
              onClick={() => void run()}
            >
              {confirm}
            </Button>
          </footer>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
