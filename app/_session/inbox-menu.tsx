'use client';
/** What others want of me, newest first. Opening a line marks it as read; the count is the unread. */
import type { NotificationRecord } from '#core/records.ts';
import { clsx } from 'clsx';
import { Inbox } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { homeStrings } from '../_strings/en-home.ts';
import { strings } from '../_strings/en.ts';
import { Button } from '../_ui/button.tsx';
import { RelativeTime } from '../_ui/clock.tsx';
import { Popover } from '../_ui/popover.tsx';
import { Skeleton } from '../_ui/states.tsx';
import { notifyProblem } from '../_ui/toast.tsx';
import { ask, sentenceOf } from './request.ts';

const words = homeStrings.inbox;

function addressOf(notification: NotificationRecord): string {
  if (notification.reportId === null) return '/reports';
  const claim = notification.claimId === null ? '' : `?claim=${notification.claimId}`;
  return `/reports/${notification.reportId}${claim}`;
}

function Line({ notification, onOpen }: { notification: NotificationRecord; onOpen: () => void }) {
  const unread = notification.readAt === null;
  return (
    <li>
      <Link
        href={addressOf(notification)}
        onClick={onOpen}
        className="flex gap-2.5 rounded-1 px-2.5 py-2 text-ink no-underline hover:bg-hover"
      >
        <span aria-hidden className={clsx('mt-[7px] size-1.5 shrink-0 rounded-full', unread && 'bg-ink')} />
        <span className="min-w-0 flex-1">
          <span className="flex gap-2">
            <span className={clsx('min-w-0 flex-1', unread && 'font-[550]')}>
              {notification.actor?.name} {strings.notificationKinds[notification.kind]}
            </span>
            <RelativeTime at={notification.at} className="shrink-0 text-xs text-ink-3" />
          </span>
          <span className="line-clamp-2 font-text text-[13.5px] text-ink-2" dir="auto">
            {notification.excerpt}
          </span>
        </span>
      </Link>
    </li>
  );
}

type Loaded =
  | { state: 'loading' }
  | { state: 'failed'; why: string }
  | { state: 'here'; items: NotificationRecord[] };

function InboxList({ onRead }: { onRead: (ids: string[] | 'all') => void }) {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  useEffect(() => {
    const stop = new AbortController();
    const load = async () => {
      try {
        const { items } = await ask.get<{ items: NotificationRecord[] }>(
          '/api/v1/notifications?limit=50',
          stop.signal,
        );
        setLoaded({ state: 'here', items });
      } catch (error) {
        if (!stop.signal.aborted) setLoaded({ state: 'failed', why: sentenceOf(error) });
      }
    };
    void load();
    return () => stop.abort();
  }, []);
  const read = async (body: { ids: string[] } | { all: true }) => {
    onRead('all' in body ? 'all' : body.ids);
    setLoaded((before) =>
      before.state === 'here'
        ? {
            state: 'here',
            items: before.items.map((item) =>
              'all' in body || body.ids.includes(item.id)
                ? { ...item, readAt: item.readAt ?? new Date().toISOString() }
                : item,
            ),
          }
        : before,
    );
    try {
      await ask.post('/api/v1/notifications/read', body);
    } catch (error) {
      notifyProblem(sentenceOf(error));
    }
  };
  if (loaded.state === 'failed') return <p className="p-4 text-ink-2">{loaded.why}</p>;
  if (loaded.state === 'loading') {
    return (
      <div aria-busy className="grid gap-3 p-3">
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
      </div>
    );
  }
  if (loaded.items.length === 0) {
    return (
      <div className="px-6 py-8 text-center">
        <p className="font-text text-[16px] font-semibold">{words.empty}</p>
        <p className="mt-1 text-sm text-ink-3">{words.emptyHint}</p>
      </div>
    );
  }
  return (
    <>
      <ul className="max-h-[min(460px,60dvh)] overflow-y-auto p-1">
        {loaded.items.map((notification) => (
          <Line
            key={notification.id}
            notification={notification}
            onOpen={() => notification.readAt === null && void read({ ids: [notification.id] })}
          />
        ))}
      </ul>
      {loaded.items.some((item) => item.readAt === null) ? (
        <div className="border-t border-line p-1.5">
          <Button variant="ghost" size="sm" onClick={() => void read({ all: true })}>
            {words.markAll}
          </Button>
        </div>
      ) : null}
    </>
  );
}

export function InboxMenu({ unread }: { unread: number }) {
  const [open, setOpen] = useState(false);
  const [base, setBase] = useState(unread);
  const [count, setCount] = useState(unread);
  if (base !== unread) {
    setBase(unread);
    setCount(unread);
  }
  return (
    <Popover
      label={strings.header.inbox}
      align="end"
      open={open}
      onOpenChange={setOpen}
      className="w-[min(380px,calc(100vw-16px))] !p-0"
      trigger={
        <button
          type="button"
          aria-label={count === 0 ? strings.header.inbox : strings.header.inboxWith(count)}
          className="inline-flex h-8 min-w-8 shrink-0 items-center justify-center gap-1 rounded-1 px-1.5 text-ink-2 hover:bg-hover hover:text-ink data-popup-open:bg-hover pointer-coarse:h-10 pointer-coarse:min-w-10"
        >
          <Inbox size={17} aria-hidden />
          {count === 0 ? null : (
            <span className="num text-2xs font-semibold">{count > 99 ? '99+' : count}</span>
          )}
        </button>
      }
    >
      <InboxList
        onRead={(ids) => setCount((before) => (ids === 'all' ? 0 : Math.max(0, before - ids.length)))}
      />
    </Popover>
  );
}
