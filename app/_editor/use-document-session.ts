'use client';
/**
 * Opens a report's document for as long as the screen shows it, and opens it anew when its store was set aside.
 *
 *   const { session, reopen } = useDocumentSession({ reportId, workspaceId, memberId });
 *   const status = useSyncStatus(session);
 *
 * After a refusal, which set the store aside, it reopens once by itself with a fresh store; if the fresh one is
 * refused too it stays stopped until somebody calls `reopen`.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { DocumentSession } from './document-session.ts';
import { editorCode, useCode } from './editor-code.ts';
import type { SyncStatus } from './sync-status.ts';

interface OpenReport {
  readonly reportId: string;
  readonly workspaceId: string;
  readonly memberId: string;
  readonly epoch?: number;
  readonly url?: string;
}

/** A second refusal within this time is not answered by a third try. */
const AGAIN_MS = 60_000;

export function useDocumentSession(report: OpenReport): {
  session: DocumentSession | null;
  reopen: () => void;
} {
  const { reportId, workspaceId, memberId, epoch, url } = report;
  const [session, setSession] = useState<DocumentSession | null>(null);
  const [round, setRound] = useState(0);
  const reopenedAt = useRef(Number.NEGATIVE_INFINITY);
  // A script of its own: the page is read, and answers, before Yjs has arrived.
  const openDocument = useCode(editorCode)?.openDocument ?? null;
  useEffect(() => {
    if (openDocument === null) return undefined;
    const opened = openDocument({
      reportId,
      workspaceId,
      memberId,
      ...(epoch === undefined ? {} : { epoch }),
      ...(url === undefined ? {} : { url }),
    });
    const unsubscribe = opened.status.subscribe(({ stopped, refused }, before) => {
      const isAside = stopped !== null && refused.length > before.refused.length;
      if (!isAside || performance.now() - reopenedAt.current < AGAIN_MS) return;
      reopenedAt.current = performance.now();
      setRound((count) => count + 1);
    });
    setSession(opened);
    return () => {
      setSession(null);
      unsubscribe();
      opened.destroy();
    };
  }, [openDocument, reportId, workspaceId, memberId, epoch, url, round]);
  const reopen = useCallback(() => setRound((count) => count + 1), []);
  return { session, reopen };
}

const closedStatus = createStore<SyncStatus>(() => ({
  connection: 'connecting',
  synced: false,
  hasLocal: false,
  unsaved: 0,
  stopped: null,
  refused: [],
}));

export function useSyncStatus(session: DocumentSession | null): SyncStatus {
  return useStore(session?.status ?? closedStatus);
}
