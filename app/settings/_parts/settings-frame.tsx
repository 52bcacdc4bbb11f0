/** Every page of the settings: the bar, the sections at the side (on top when narrow), one section. */
import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { homeData } from '../../_server/home.ts';
import { requirePrincipal } from '../../_server/session.ts';
import { SignedIn } from '../../_server/signed-in.tsx';
import { Header } from '../../_session/header.tsx';
import { settingsStrings as words } from '../../_strings/en-settings.ts';

const sections = ['people', 'tokens', 'appearance'] as const;
export type Section = (typeof sections)[number];

export async function SettingsFrame({
  section,
  lead,
  children,
}: {
  section: Section;
  lead: string;
  children: ReactNode;
}) {
  const address = `/settings/${section}`;
  const { forMe } = await homeData(await requirePrincipal(address));
  return (
    <SignedIn returnTo={address}>
      <Header unread={forMe.unread} />
      <div className="mx-auto grid max-w-[1120px] gap-x-12 gap-y-5 px-4 pt-6 pb-16 sm:px-6 sm:pt-10 md:grid-cols-[176px_minmax(0,1fr)]">
        <nav aria-label={words.title} className="md:pt-1">
          <p className="mb-2 px-2 text-2xs font-semibold text-ink-3 max-md:hidden">{words.title}</p>
          <ul className="flex gap-1 overflow-x-auto md:flex-col md:gap-0.5">
            {sections.map((one) => (
              <li key={one}>
                <Link
                  href={`/settings/${one}`}
                  aria-current={one === section ? 'page' : undefined}
                  className={clsx(
                    'block rounded-1 px-2 py-1.5 whitespace-nowrap no-underline hover:bg-hover max-md:px-3',
                    one === section ? 'bg-selected font-[550] text-ink' : 'text-ink-2',
                  )}
                >
                  {words.sections[one]}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <main id="page" tabIndex={-1} className="min-w-0 max-w-[760px] outline-none">
          <h1 className="text-2xl font-[640] tracking-[-0.012em]">{words.sections[section]}</h1>
          <p className="mt-1 mb-6 text-ink-2">{lead}</p>
          {children}
        </main>
      </div>
    </SignedIn>
  );
}
