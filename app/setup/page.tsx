import type { Metadata } from 'next';
import { siteInfo } from '../_server/home.ts';
import { EntryFrame } from '../_session/entry-frame.tsx';
import { entryStrings } from '../_strings/en-entry.ts';
import { ButtonLink } from '../_ui/button.tsx';
import { SetupForm } from './setup-form.tsx';

const words = entryStrings.setup;

export const metadata: Metadata = { title: words.title, referrer: 'no-referrer' };

export default async function SetupPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { token } = await searchParams;
  const { needsSetup } = await siteInfo();
  if (!needsSetup || typeof token !== 'string' || token === '') {
    return (
      <EntryFrame title={words.title} lead={needsSetup ? words.noToken : words.done}>
        <ButtonLink href="/sign-in" size="lg" className="mt-6">
          {words.toSignIn}
        </ButtonLink>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={words.title} lead={words.lead}>
      <SetupForm token={token} />
    </EntryFrame>
  );
}
