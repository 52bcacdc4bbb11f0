'use client';
/** Lines under the bar for what changes how one can work: offline, signed out, a right lost, work refused. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useSyncStatus } from '../_editor/use-document-session.ts';
import { useOnline } from '../_session/use-online.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { strings } from '../_strings/en.ts';
import { Button, ButtonLink } from '../_ui/button.tsx';
import { notify } from '../_ui/toast.tsx';
import { leftOutOf } from '../_import/left-out.ts';
import { useDesk } from './desk-context.tsx';
import { Notice } from './notice.tsx';

const LeftOutNotice = lazy(() => import('./left-out-notice.tsx'));
const RefusedNotice = lazy(() => import('./refused-notice.tsx'));

export function Notices({ reopen }: { reopen: () => void }) {
  const { session, store } = useDesk();
  const { stopped, refused, connection } = useSyncStatus(session);
  const phase = useStore(store.data, (data) => data.outbox.phase);
  const kept = useStore(store.data, (data) => data.outbox.queue.length);
  const closed = useStore(store.data, (data) => data.closed);
  const removed = useStore(store.data, (data) => data.shown.removed);
  useOfflineHint(!useOnline() || (connection === 'offline' && phase === 'waiting'));
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
  if (refused.length > 0 && session !== null)
    return (
      <Suspense>
        <RefusedNotice session={session} reopen={reopen} />
      </Suspense>
    );
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
  return <LeftOut />;
}

function LeftOut() {
  const { reportId } = useDesk();
  const [isThere, setThere] = useState(false);
  useEffect(() => setThere(leftOutOf(reportId) !== null), [reportId]);
  return isThere ? (
    <Suspense>
      <LeftOutNotice />
    </Suspense>
  ) : null;
}

/** The bar says "Offline" as long as it lasts; once it is said what that means. */
function useOfflineHint(isOffline: boolean): void {
  useEffect(() => {
    if (isOffline) notify(words.offlineBanner, { durationMs: 6_000 });
  }, [isOffline]);
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
