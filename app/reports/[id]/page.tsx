import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { deskData } from '../../_server/desk.ts';
import { getPrincipal, requirePrincipal } from '../../_server/session.ts';
import { SignedIn } from '../../_server/signed-in.tsx';
import { Desk } from '../../_desk/desk.tsx';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const principal = await getPrincipal();
  const desk = principal !== null && uuid.test(id) ? await deskData(principal, id) : null;
  return desk === null ? {} : { title: desk.report.title };
}

export default async function ReportPage({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const claimId = one(query['claim']);
  const address = `/reports/${id}${claimId === null ? '' : `?claim=${encodeURIComponent(claimId)}`}`;
  const principal = await requirePrincipal(address);
  const desk = uuid.test(id) ? await deskData(principal, id) : null;
  if (desk === null) notFound();
  const { report, claims, threads, members, version, epoch, role, ratings, doc } = desk;
  return (
    <SignedIn returnTo={address}>
      <Desk
        key={report.id}
        start={JSON.stringify({ report, claims, threads, members, version })}
        role={role}
        ratings={ratings}
        epoch={epoch}
        doc={JSON.stringify(doc)}
        claimId={claimId}
        filter={one(query['show'])}
      />
    </SignedIn>
  );
}

function one(value: string | string[] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
