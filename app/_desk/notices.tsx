'use client';
/** Lines under the bar for what changes how one can work: offline, signed out, a right lost, work refused. */
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { DocumentSession } from '../_editor/document-session.ts';
import { useSyncStatus } from '../_editor/use-document-session.ts';
import { useOnline } from '../_session/use-online.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { strings } from '../_strings/en.ts';
import { Button, ButtonLink } from '../_ui/button.tsx';
import { useDesk } from './desk-context.tsx';

export function Notices({ reopen }: { reopen: () => void }) {
  const { session, store } = useDesk();
  const { stopped, refused, connection } = useSyncStatus(session);
  const phase = useStore(store.data, (data) => data.outbox.phase);
  const kept = useStore(store.data, (data) => data.outbox.queue.length);
  const closed = useStore(store.data, (data) => data.closed);
  const removed = useStore(store.data, (data) => data.shown.removed);
  const isOnline = useOnline();
  if (removed)
    return (
      <Notice
        action={
          <ButtonLink size="sm" href="/reports">
            {words.toReports}
          </ButtonLink>
        }
      >
        {words.removed}
      </Notice>
    );
  if (phase === 'signed_out' || stopped?.code === 4401 || closed === 'unauthenticated') {
    return (
      <Notice action={<SignIn />} isAlert>
        {kept > 0 ? words.sessionEndedKept(kept) : words.sessionEnded}
      </Notice>
    );
  }
  if (refused !== null && session !== null) return <RefusedText session={session} />;
  if (stopped !== null) {
    const canRetry = stopped.code === 4429 || stopped.code === 4404;
    return (
      <Notice
        isAlert
        action={
          stopped.code === 4409 ? (
            <Button size="sm" onClick={() => location.reload()}>
              {words.reload}
            </Button>
          ) : canRetry ? (
            <Button size="sm" onClick={reopen}>
              {strings.ui.retry}
            </Button>
          ) : undefined
        }
      >
        {words.stopped[stopped.code]}
      </Notice>
    );
  }
  if (!isOnline || (connection === 'offline' && phase === 'waiting'))
    return <Notice>{words.offlineBanner}</Notice>;
  return null;
}

function SignIn() {
  return (
    <Button
      size="sm"
      variant="primary"
      onClick={() =>
        location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)
      }
    >
      {words.signInAgain}
    </Button>
  );
}

function Notice({
  children,
  action,
  isAlert = false,
}: {
  children: ReactNode;
  action?: ReactNode;
  isAlert?: boolean;
}) {
  return (
    <div
      role={isAlert ? 'alert' : 'status'}
      className="sticky top-[52px] z-[15] flex min-h-10 flex-wrap items-center justify-center gap-x-3 gap-y-1.5 border-b border-line bg-card px-4 py-2 text-center"
    >
      <p className="text-ink-2">{children}</p>
      {action}
    </div>
  );
}

/** What the server did not take is at hand to be copied. */
function RefusedText({ session }: { session: DocumentSession }) {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    void session.readRefused().then((refused) => {
      if (isWanted && refused !== null) setText(refused.text);
    });
    return () => {
      isWanted = false;
    };
  }, [session]);
  return (
    <Notice
      isAlert
      action={
        <span className="flex gap-1.5">
          {text === null || text === '' ? null : (
            <Button size="sm" onClick={() => void navigator.clipboard.writeText(text)}>
              {words.copyRefused}
            </Button>
          )}
          <Button size="sm" variant="ghost" onClick={() => void session.dismissRefused()}>
            {words.understood}
          </Button>
        </span>
      }
    >
      {words.refusedText}
    </Notice>
  );
}
