'use client';
/** Saved, saving, offline, refused: one small sentence from the text's connection and the outbox together. */
import { CloudAlert, CloudCheck, CloudOff, CloudUpload, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useSyncStatus } from '../_editor/use-document-session.ts';
import type { SyncStatus } from '../_editor/sync-status.ts';
import type { DeskData } from '../_data/desk-store.ts';
import { useOnline } from '../_session/use-online.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { useDesk } from './desk-context.tsx';

export type SaveState =
  | { kind: 'saved' }
  | { kind: 'connecting' }
  | { kind: 'saving'; kept: number }
  /** Connected, but the server has not said for a while that it is stored: its database may be away. */
  | { kind: 'late'; kept: number }
  | { kind: 'offline'; kept: number }
  | { kind: 'refused' }
  | { kind: 'stopped' };

/** `isOnline`: what the browser says of its network. */
export function saveStateOf(
  text: Pick<SyncStatus, 'connection' | 'unsaved' | 'refused' | 'stopped'>,
  records: Pick<DeskData, 'outbox' | 'live'>,
  isOnline: boolean,
): SaveState {
  const { phase, queue } = records.outbox;
  const kept = text.unsaved + queue.length;
  if (text.refused.length > 0) return { kind: 'refused' };
  if (text.stopped !== null || phase === 'signed_out') return { kind: 'stopped' };
  if (!isOnline || text.connection === 'offline' || phase === 'waiting') return { kind: 'offline', kept };
  if (kept > 0) return { kind: 'saving', kept };
  return text.connection === 'connecting' ? { kind: 'connecting' } : { kind: 'saved' };
}

const icons: Record<SaveState['kind'], LucideIcon> = {
  saved: CloudCheck,
  connecting: CloudUpload,
  saving: CloudUpload,
  late: CloudAlert,
  offline: CloudOff,
  refused: CloudAlert,
  stopped: CloudAlert,
};
/** A connection that comes sooner is not told of. */
const QUIET_MS = 400;
/** "Saved" waits for a pause, so that the words do not change at every letter. */
const CALM_MS = 300;
/** A commit takes milliseconds; who reads "Saving" for longer than this wants to know where the words are. */
const LATE_MS = 5_000;

export function SaveChip() {
  const { session, store } = useDesk();
  const text = useSyncStatus(session);
  const outbox = useStore(store.data, (data) => data.outbox);
  const live = useStore(store.data, (data) => data.live);
  const isOnline = useOnline();
  const state = useCalm(useLate(saveStateOf(text, { outbox, live }, isOnline)));
  const Icon = icons[state.kind];
  const label = labelOf(state);
  return (
    <span
      role="status"
      title={label}
      data-save={state.kind}
      className="inline-flex items-center gap-1.5 text-[12px] whitespace-nowrap text-ink-2 data-[save=late]:text-danger data-[save=refused]:text-danger data-[save=saved]:text-ok data-[save=stopped]:text-danger"
    >
      <Icon size={15} aria-hidden />
      <span className="max-sm:sr-only">{label}</span>
    </span>
  );
}

function labelOf(state: SaveState): string {
  if (state.kind === 'offline') return words.offlineKept(state.kept);
  return state.kind === 'late' ? words.lateKept(state.kept) : words.saveStates[state.kind];
}

/** Saving of which nothing arrives becomes late. Whoever types on starts no new wait; whatever is stored meanwhile does. */
export function useLate(state: SaveState): SaveState {
  const isSaving = state.kind === 'saving';
  const kept = isSaving ? state.kept : 0;
  const [isLate, setLate] = useState(false);
  const [seen, setSeen] = useState({ kept, arrivals: 0 });
  if (kept !== seen.kept) setSeen({ kept, arrivals: seen.arrivals + (kept < seen.kept ? 1 : 0) });
  useEffect(() => {
    if (!isSaving) return;
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isSaving, seen.arrivals]);
  return state.kind === 'saving' && isLate ? { kind: 'late', kept: state.kept } : state;
}

/** What is not saved is told at once: "Saved" is never read while something is not. */
function useCalm(state: SaveState): SaveState {
  const isWork =
    state.kind === 'saving' || state.kind === 'late' || (state.kind === 'offline' && state.kept > 0);
  const [isWaiting, setWaiting] = useState(false);
  const [isSlow, setSlow] = useState(false);
  if (isWork && !isWaiting) setWaiting(true);
  const { kind } = state;
  useEffect(() => {
    if (kind !== 'saved' || !isWaiting) return;
    const timer = setTimeout(() => setWaiting(false), CALM_MS);
    return () => clearTimeout(timer);
  }, [kind, isWaiting]);
  useEffect(() => {
    if (kind !== 'connecting') return;
    const timer = setTimeout(() => setSlow(true), QUIET_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [kind]);
  if (kind !== 'saved' && (kind !== 'connecting' || isSlow)) return state;
  return isWaiting ? { kind: 'saving', kept: 0 } : { kind: 'saved' };
}
