'use client';
/** My API tokens: made (the secret shown once), listed, revoked. */
import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ask, sentenceOf } from '../../_session/request.ts';
import { settingsStrings } from '../../_strings/en-settings.ts';
import { Button, IconButton } from '../../_ui/button.tsx';
import { DayOf, RelativeTime } from '../../_ui/clock.tsx';
import { ConfirmDialog } from '../../_ui/dialog.tsx';
import { EmptyState, Skeleton } from '../../_ui/states.tsx';
import { notify } from '../../_ui/toast.tsx';
import { NewTokenDialog } from './new-token-dialog.tsx';

const words = settingsStrings.tokens;

export interface TokenView {
  id: string;
  name: string;
  createdAt?: string;
  expiresAt: string | null;
  lastUsedAt?: string | null;
}

function TokenRow({ token, onRevoke }: { token: TokenView; onRevoke: () => void }) {
  return (
    <li className="flex items-center gap-3 border-t border-line px-4 py-3 first:border-t-0">
      <div className="min-w-0 flex-1">
        <p className="truncate font-[600]">{token.name}</p>
        <p className="flex flex-wrap gap-x-4 text-sm text-ink-3">
          {token.createdAt === undefined ? null : (
            <span>
              {words.made} <DayOf at={token.createdAt} />
            </span>
          )}
          <span>
            {words.used} {token.lastUsedAt == null ? words.never : <RelativeTime at={token.lastUsedAt} />}
          </span>
          <span>
            {token.expiresAt === null ? (
              words.noEnd
            ) : (
              <>
                {words.endsOn} <DayOf at={token.expiresAt} />
              </>
            )}
          </span>
        </p>
      </div>
      <IconButton label={words.revoke(token.name)} onClick={onRevoke}>
        <Trash2 size={16} aria-hidden />
      </IconButton>
    </li>
  );
}

type State =
  | { kind: 'loading' }
  | { kind: 'failed'; why: string }
  | { kind: 'here'; items: readonly TokenView[] };

export function Tokens() {
  const [state, setState] = useState<State>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const [making, setMaking] = useState(false);
  const [leaving, setLeaving] = useState<TokenView | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const load = async () => {
      try {
        const { items } = await ask.get<{ items: TokenView[] }>('/api/v1/tokens', stop.signal);
        setState({ kind: 'here', items });
      } catch (error) {
        if (!stop.signal.aborted) setState({ kind: 'failed', why: sentenceOf(error) });
      }
    };
    void load();
    return () => stop.abort();
  }, [attempt]);
  const items = state.kind === 'here' ? state.items : [];
  const revoke = async (token: TokenView) => {
    await ask.delete(`/api/v1/tokens/${token.id}`);
    setState({ kind: 'here', items: items.filter((one) => one.id !== token.id) });
    notify(words.revoked(token.name));
  };
  return (
    <>
      <div className="rounded-2 border border-line bg-card">
        {state.kind === 'loading' ? (
          <div aria-busy className="grid gap-3 p-4">
            <Skeleton className="h-10" />
            <Skeleton className="h-10" />
          </div>
        ) : null}
        {state.kind === 'failed' ? (
          <EmptyState
            title={words.failed}
            action={<Button onClick={() => setAttempt(attempt + 1)}>{settingsStrings.ui.retry}</Button>}
          >
            {state.why}
          </EmptyState>
        ) : null}
        {state.kind === 'here' && items.length === 0 ? (
          <EmptyState title={words.none}>{words.noneHint}</EmptyState>
        ) : null}
        {items.length === 0 ? null : (
          <ul>
            {items.map((token) => (
              <TokenRow key={token.id} token={token} onRevoke={() => setLeaving(token)} />
            ))}
          </ul>
        )}
        <div className="border-t border-line px-4 py-3">
          <Button icon={<Plus size={15} aria-hidden />} onClick={() => setMaking(true)}>
            {words.create}
          </Button>
        </div>
      </div>
      {making ? (
        <NewTokenDialog onClose={() => setMaking(false)} onMade={() => setAttempt(attempt + 1)} />
      ) : null}
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={() => setLeaving(null)}
        title={words.revokeTitle(leaving?.name ?? '')}
        body={words.revokeBody}
        confirm={words.revokeConfirm}
        danger
        onConfirm={async () => {
          if (leaving !== null) await revoke(leaving);
        }}
      />
    </>
  );
}
