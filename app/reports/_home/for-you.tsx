'use client';
/** What waits for me. Each number opens the list of exactly what it counts. */
import type { ForMe } from '../../_server/home.ts';
import type { ClaimView, NotificationRecord } from '#core/records.ts';
import { AtSign, BadgeCheck, RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState, type ReactNode } from 'react';
import { ask } from '../../_session/request.ts';
import { useSession } from '../../_session/session.tsx';
import { homeStrings } from '../../_strings/en-home.ts';
import { Popover } from '../../_ui/popover.tsx';
import { Skeleton } from '../../_ui/states.tsx';

const words = homeStrings.forYou;

interface Waiting {
  key: string;
  address: string;
  quote: string;
  note: string;
}

type Kind = 'review' | 'mention' | 'recheck';

function claimLine(claim: ClaimView): Waiting {
  const { verdict } = claim;
  return {
    key: claim.id,
    address: `/reports/${claim.reportId}?claim=${claim.id}`,
    quote: claim.quote.exact,
    note: verdict === null ? '' : `${verdict.label}, ${verdict.proposedBy.name}`,
  };
}

/** As the number counts: a proposal stands that somebody else made. */
function awaits(claim: ClaimView, memberId: string): boolean {
  const standing = claim.verdict === null ? claim.disputes : [claim.verdict, ...claim.disputes];
  return standing.some((verdict) => verdict.state === 'proposed' && verdict.proposedBy.id !== memberId);
}

async function load(kind: Kind, memberId: string, signal: AbortSignal): Promise<Waiting[]> {
  if (kind === 'mention') {
    const { items } = await ask.get<{ items: NotificationRecord[] }>(
      '/api/v1/notifications?limit=100',
      signal,
    );
    return items
      .filter((item) => item.kind === 'mention' && item.readAt === null && item.reportId !== null)
      .map((item) => ({
        key: item.id,
        address: `/reports/${item.reportId ?? ''}${item.claimId === null ? '' : `?claim=${item.claimId}`}`,
        quote: item.excerpt,
        note: item.actor?.name ?? '',
      }));
  }
  const status = kind === 'review' ? 'in_review' : 'needs_recheck';
  const { items } = await ask.get<{ items: ClaimView[] }>(
    `/api/v1/claims?status=${status}&limit=100`,
    signal,
  );
  return items.filter((claim) => kind === 'recheck' || awaits(claim, memberId)).map(claimLine);
}

function WaitingList({ kind }: { kind: Kind }) {
  const { memberId } = useSession();
  const [state, setState] = useState<Waiting[] | 'loading' | 'failed'>('loading');
  useEffect(() => {
    const stop = new AbortController();
    const run = async () => {
      try {
        setState(await load(kind, memberId, stop.signal));
      } catch {
        if (!stop.signal.aborted) setState('failed');
      }
    };
    void run();
    return () => stop.abort();
  }, [kind, memberId]);
  if (state === 'loading') {
    return (
      <div aria-busy className="grid gap-2 p-2">
        <Skeleton className="h-8" />
        <Skeleton className="h-8" />
      </div>
    );
  }
  if (state === 'failed' || state.length === 0) {
    return <p className="p-3 text-ink-2">{state === 'failed' ? words.failed : words.none}</p>;
  }
  return (
    <ul className="max-h-[min(360px,60dvh)] overflow-y-auto">
      {state.map((one) => (
        <li key={one.key}>
          <Link
            href={one.address}
            className="block rounded-1 px-2.5 py-2 text-ink no-underline hover:bg-hover"
          >
            <span className="line-clamp-2 font-text text-[14px] leading-5" dir="auto">
              {one.quote}
            </span>
            <span className="block text-xs text-ink-3">{one.note}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Item({ kind, icon, label }: { kind: Kind; icon: ReactNode; label: string }) {
  return (
    <Popover
      label={label}
      className="w-[min(380px,calc(100vw-24px))] !p-1"
      trigger={
        <button
          type="button"
          className="-mx-1.5 inline-flex min-h-7 items-center gap-1.5 rounded-1 px-1.5 text-left hover:bg-hover data-popup-open:bg-hover"
        >
          {icon}
          {label}
        </button>
      }
    >
      <WaitingList kind={kind} />
    </Popover>
  );
}

export function ForYou({ forMe, canImport }: { forMe: ForMe; canImport: boolean }) {
  const { awaitingSignOff, mentions, toRecheck } = forMe;
  const nothing = awaitingSignOff + mentions + toRecheck === 0;
  return (
    <section
      aria-label={words.heading}
      className="mb-5 flex flex-wrap items-center gap-x-[18px] gap-y-1 rounded-2 border border-line bg-paper px-[18px] py-[7px] max-sm:flex-col max-sm:items-start"
    >
      <h2 className="font-[640]">{words.heading}</h2>
      {awaitingSignOff > 0 ? (
        <Item
          kind="review"
          icon={<BadgeCheck size={14} aria-hidden />}
          label={words.awaiting(awaitingSignOff)}
        />
      ) : null}
      {mentions > 0 ? (
        <Item kind="mention" icon={<AtSign size={14} aria-hidden />} label={words.mentions(mentions)} />
      ) : null}
      {toRecheck > 0 ? (
        <Item kind="recheck" icon={<RotateCcw size={14} aria-hidden />} label={words.recheck(toRecheck)} />
      ) : null}
      {nothing ? <p className="inline-flex min-h-7 items-center text-ink-2">{words.nothing}</p> : null}
      <span className="flex-1" />
      {canImport ? (
        <small className="text-xs text-ink-3 max-xl:hidden pointer-coarse:hidden">{words.drop}</small>
      ) : null}
    </section>
  );
}
