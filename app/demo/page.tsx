import type { Metadata } from 'next';
import { siteInfo } from '../_server/home.ts';
import { demoPeople } from '../_session/demo.ts';
import { EntryFrame } from '../_session/entry-frame.tsx';
import { safeReturnTo } from '../_session/return-to.ts';
import { entryStrings } from '../_strings/en-entry.ts';
import { ButtonLink } from '../_ui/button.tsx';
import { DemoDoor } from './demo-door.tsx';

const words = entryStrings.demo;

export const metadata: Metadata = { title: words.title };

function Refused({ title, hint }: { title: string; hint?: string }) {
  return (
    <EntryFrame title={title} lead={hint}>
      <ButtonLink href="/sign-in" size="lg" className="mt-6">
        {entryStrings.setup.toSignIn}
      </ButtonLink>
    </EntryFrame>
  );
}

/** A second person of the demo, on a host of their own: `ben.localhost/demo?as=ben&to=/reports/…`. */
export default async function DemoPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { as, to } = await searchParams;
  const { demo } = await siteInfo();
  if (!demo) return <Refused title={words.off} hint={words.offHint} />;
  const person = demoPeople.find((one) => one.as === as);
  if (person === undefined) return <Refused title={words.unknown} />;
  return (
    <EntryFrame title={words.wait(person.name)}>
      <DemoDoor person={person} to={to === undefined ? null : safeReturnTo(to)} />
    </EntryFrame>
  );
}
