import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { siteInfo } from '../_server/home.ts';
import { getPrincipal } from '../_server/session.ts';
import { safeReturnTo } from '../_session/return-to.ts';
import { entryStrings } from '../_strings/en-entry.ts';
import { strings } from '../_strings/en.ts';
import { Logo } from '../_ui/logo.tsx';
import { DemoPeople } from './demo-people.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { Specimen } from './specimen.tsx';

const words = entryStrings.signIn;

export const metadata: Metadata = { title: words.title };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const returnTo = safeReturnTo((await searchParams)['next']);
  if ((await getPrincipal()) !== null) redirect(returnTo);
  const { demo, needsSetup } = await siteInfo();
  return (
    <main className="grid min-h-dvh place-items-center px-5 py-8 sm:px-8 sm:py-12">
      <div className="grid w-full max-w-[1040px] gap-x-20 gap-y-9 max-lg:max-w-[520px] lg:grid-cols-[minmax(0,1fr)_392px] lg:grid-rows-[1fr_auto_auto_1fr]">
        <section className="lg:row-start-2">
          <p className="flex items-center gap-2.5 text-[15px] font-[640] tracking-[-0.01em]">
            <Logo size={34} />
            {strings.product}
          </p>
          <h1 className="mt-7 font-text text-[30px] leading-[1.12] font-[620] tracking-[-0.018em] text-balance sm:text-[42px] lg:mt-9">
            {words.heading}
          </h1>
          <p className="mt-4 max-w-[52ch] text-[15px] leading-6 text-ink-2 text-pretty">{words.lead}</p>
        </section>
        <section className="self-center lg:col-start-2 lg:row-span-4 lg:row-start-1">
          <div className="rounded-[14px] border border-line bg-paper p-5 shadow-float sm:p-6">
            {demo ? <DemoPeople /> : null}
            <SignInForm returnTo={returnTo} heading={demo ? words.or : words.title} divided={demo} />
          </div>
          <p className="mt-4 px-1 text-center text-sm text-balance text-ink-3">
            {needsSetup ? words.needsSetup : words.noAccount}
          </p>
        </section>
        <Specimen className="lg:col-start-1 lg:row-start-3" />
      </div>
    </main>
  );
}
