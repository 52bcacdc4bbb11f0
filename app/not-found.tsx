import { strings } from './_strings/en.ts';
import { Logo } from './_ui/logo.tsx';
import { WayOut } from './_ui/way-out.tsx';

const words = strings.errors;

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center px-6 py-12 text-center">
      <div>
        <Logo size={40} className="mb-6" />
        <h1 className="font-text text-[26px] leading-8 font-[620]">{words.notFound}</h1>
        <p className="mx-auto mt-2 max-w-[44ch] text-ink-2 text-pretty">{words.notFoundHint}</p>
        <WayOut to="/reports" size="lg" className="mt-6">
          {words.toReports}
        </WayOut>
      </div>
    </main>
  );
}
