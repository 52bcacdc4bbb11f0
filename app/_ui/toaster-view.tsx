'use client';
import { useEffect } from 'react';
import { Toaster as Sonner, toast } from 'sonner';
import { strings } from '../_strings/en.ts';
import { takeNotices, type Notice } from './toast.tsx';

function showNow({ message, detail, undo, durationMs, isProblem }: Notice): void {
  const options = {
    ...(detail === undefined ? {} : { description: detail }),
    ...(durationMs === undefined ? {} : { duration: durationMs }),
    ...(undo === undefined ? {} : { action: { label: strings.ui.undo, onClick: undo } }),
  };
  if (isProblem) toast.error(message, options);
  else toast(message, options);
}

/** Loaded after the page (toast.tsx). */
export function ToasterView() {
  useEffect(() => takeNotices(showNow), []);
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
