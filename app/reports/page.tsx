import type { Metadata } from 'next';
import { homeData } from '../_server/home.ts';
import { requirePrincipal } from '../_server/session.ts';
import { SignedIn } from '../_server/signed-in.tsx';
import { homeStrings } from '../_strings/en-home.ts';
import { Home } from './_home/home.tsx';

export const metadata: Metadata = { title: homeStrings.title };

export default async function ReportsPage() {
  const { reports, forMe } = await homeData(await requirePrincipal('/reports'));
  return (
    <SignedIn returnTo="/reports">
      <Home initialReports={reports} initialForMe={forMe} />
    </SignedIn>
  );
}
