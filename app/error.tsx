'use client';
/** Part of every screen's script, so it is made of little: plain elements, and a way out that loads the page anew. */
import { strings } from './_strings/en.ts';
import { buttonClass } from './_ui/button-class.ts';
import { Logo } from './_ui/logo.tsx';
import { WayOut } from './_ui/way-out.tsx';

const words = strings.errors;

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="grid min-h-dvh place-items-center px-6 py-12 text-center">
      <div role="alert">
        <Logo size={40} className="mb-6" />
        <h1 className="font-text text-[26px] leading-8 font-[620]">{words.broken}</h1>
        <p className="mx-auto mt-2 max-w-[46ch] text-ink-2 text-pretty">{words.brokenHint}</p>
        <div className="mt-6 flex justify-center gap-2">
          <button type="button" className={buttonClass('primary', 'lg')} onClick={reset}>
            {strings.ui.retry}
          </button>
          <WayOut to="/reports" size="lg">
            {words.toReports}
          </WayOut>
        </div>
        {error.digest === undefined ? null : (
          <p className="mt-5 text-xs text-ink-3">{words.reference(error.digest)}</p>
        )}
      </div>
    </main>
  );
}
