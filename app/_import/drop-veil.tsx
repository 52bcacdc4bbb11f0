/** Over the whole window while a file hangs over it: what letting go would do. */
import { FileDown } from 'lucide-react';

export function DropVeil({ title, hint }: { title: string; hint: string }) {
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-[color-mix(in_oklab,var(--bg)_82%,transparent)] p-4"
    >
      <div className="grid size-full place-items-center rounded-[16px] border-2 border-dashed border-ink-3">
        <p className="text-center">
          <FileDown size={32} strokeWidth={1.5} className="mx-auto mb-3 text-ink-2" />
          <span className="block font-text text-[24px] leading-8 font-semibold">{title}</span>
          <span className="text-ink-2">{hint}</span>
        </p>
      </div>
    </div>
  );
}
