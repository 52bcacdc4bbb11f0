/** A small sheet in the middle of the desk: for the one form of setup, invitation and the demo's door. */
import type { ReactNode } from 'react';
import { Logo } from '../_ui/logo.tsx';

export function EntryFrame({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <main className="grid min-h-dvh place-items-center px-5 py-10">
      <div className="w-full max-w-[400px] rounded-[14px] border border-line bg-paper p-6 shadow-float sm:p-8">
        <Logo size={36} />
        <h1 className="mt-5 font-text text-[25px] leading-8 font-[620] tracking-[-0.012em] text-balance">
          {title}
        </h1>
        {lead === undefined ? null : <p className="mt-1.5 text-md text-ink-2 text-pretty">{lead}</p>}
        {children}
      </div>
    </main>
  );
}
