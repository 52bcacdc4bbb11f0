'use client';
import { entryStrings } from './_strings/en-entry.ts';
import { strings } from './_strings/en.ts';
import { Button, ButtonLink } from './_ui/button.tsx';
import { Logo } from './_ui/logo.tsx';

const words = entryStrings.errors;

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
          <Button variant="primary" size="lg" onClick={reset}>
            {strings.ui.retry}
          </Button>
          <ButtonLink href="/reports" size="lg">
            {words.toReports}
          </ButtonLink>
        </div>
        {error.digest === undefined ? null : (
          <p className="mt-5 text-xs text-ink-3">{words.reference(error.digest)}</p>
        )}
      </div>
    </main>
  );
}
