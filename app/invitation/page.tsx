import type { Metadata } from 'next';
import { EntryFrame } from '../_session/entry-frame.tsx';
import { entryStrings } from '../_strings/en-entry.ts';
import { ButtonLink } from '../_ui/button.tsx';
import { InvitationForm } from './invitation-form.tsx';

const words = entryStrings.invitation;

export const metadata: Metadata = { title: words.title, referrer: 'no-referrer' };

export default async function InvitationPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { token } = await searchParams;
  if (typeof token !== 'string' || token === '') {
    return (
      <EntryFrame title={words.title} lead={words.noToken}>
        <ButtonLink href="/sign-in" size="lg" className="mt-6">
          {entryStrings.setup.toSignIn}
        </ButtonLink>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={words.title} lead={words.lead}>
      <InvitationForm token={token} />
    </EntryFrame>
  );
}
