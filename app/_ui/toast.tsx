'use client';
/** Toasts: only for what the eye could miss, with undo where it makes sense. */
import { Toaster as Sonner, toast } from 'sonner';
import { strings } from '../_strings/en.ts';

export function Toaster() {
  return (
    <Sonner
      position="bottom-center"
      gap={8}
      visibleToasts={3}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-2 bg-ink px-3.5 py-2.5 text-base text-paper shadow-lifted font-ui sm:w-[360px]',
          title: 'font-[500]',
          description: 'text-sm opacity-80',
          content: 'flex-1 min-w-0',
          actionButton:
            'ml-auto h-7 shrink-0 rounded-1 px-2.5 font-[600] underline underline-offset-3 hover:no-underline focus-visible:outline-paper',
        },
      }}
    />
  );
}

export function notify(
  message: string,
  options: { detail?: string; undo?: () => void; durationMs?: number } = {},
): void {
  toast(message, {
    ...(options.detail === undefined ? {} : { description: options.detail }),
    ...(options.durationMs === undefined ? {} : { duration: options.durationMs }),
    ...(options.undo === undefined ? {} : { action: { label: strings.ui.undo, onClick: options.undo } }),
  });
}

/** Something was refused or failed: stays longer, read out at once. */
export function notifyProblem(message: string, detail?: string): void {
  toast.error(message, { duration: 8000, ...(detail === undefined ? {} : { description: detail }) });
}
