'use client';
/** Which claims and threads the screen shows now, in the order of the text; the same arrays while nothing changed. */
import { useMemo } from 'react';
import type { ClaimRecord, ThreadRecord } from '#core/records.ts';
import { countByFilter, fits, inTextOrder, progressOf, type ClaimFilter } from './claim-filters.ts';
import { useDesk, useDeskData, useDeskUi } from './desk-context.tsx';

export function useClaimsInOrder(): readonly ClaimRecord[] {
  const claims = useDeskData((data) => data.shown.claims);
  return useMemo(() => inTextOrder(claims.values()), [claims]);
}

/** What fits the filter, and the chosen one even if it does not. */
export function useShownClaims(): readonly ClaimRecord[] {
  const { viewer } = useDesk();
  const all = useClaimsInOrder();
  const filter = useDeskUi((ui) => ui.filter);
  const activeId = useDeskUi((ui) => ui.activeId);
  return useMemo(
    () => all.filter((claim) => fits(claim, filter, viewer) || claim.id === activeId),
    [all, filter, viewer, activeId],
  );
}

/** Threads on plain words: the open ones beside all claims, a resolved one only when it is chosen. */
export function useShownThreads(): readonly ThreadRecord[] {
  const threads = useDeskData((data) => data.shown.threads);
  const filter = useDeskUi((ui) => ui.filter);
  const activeId = useDeskUi((ui) => ui.activeId);
  return useMemo(() => {
    const onWords = [...threads.values()].filter((thread) => thread.claimId === null);
    const isShown = (thread: ThreadRecord): boolean =>
      thread.id === activeId || (filter === 'all' && thread.state === 'open');
    return onWords.filter(isShown);
  }, [threads, filter, activeId]);
}

export function useCounts(): Record<ClaimFilter, number> {
  const { viewer } = useDesk();
  const claims = useDeskData((data) => data.shown.claims);
  return useMemo(() => countByFilter(claims.values(), viewer), [claims, viewer]);
}

export function useProgress() {
  const claims = useDeskData((data) => data.shown.claims);
  return useMemo(() => progressOf(claims.values()), [claims]);
}
