'use client';
/**
 * The home screen's ear on `/events`: it needs no record from there, only that something changed, and who is in
 * which report. The socket's code is loaded after the page; the schemas stay with the server, whose word it takes.
 */
import { HELLO_EVENT, IMPORT_PROGRESS_EVENT, PRESENCE_EVENT } from '#core/event-names.ts';
import type { ImportProgress, ReportPresence } from '#core/events.ts';

export interface HomeListener {
  onPresence: (presence: ReportPresence) => void;
  onImportProgress: (progress: ImportProgress) => void;
  onRecord: () => void;
  /** Connected again after having been away. */
  onBack: () => void;
  /** The session ended or a right was lost: this page is not ours any more. */
  onEnded: () => void;
}

function isPresence(value: unknown): value is ReportPresence {
  return typeof value === 'object' && value !== null && 'reportId' in value && 'people' in value;
}

function isProgress(value: unknown): value is ImportProgress {
  return typeof value === 'object' && value !== null && 'importId' in value && 'at' in value;
}

/** Returns the end of listening. */
export function listen({
  onPresence,
  onImportProgress,
  onRecord,
  onBack,
  onEnded,
}: HomeListener): () => void {
  let ended = false;
  let close = () => undefined as void;
  const start = async () => {
    const { io } = await import('socket.io-client');
    if (ended) return;
    const socket = io({ path: '/events', transports: ['websocket'] });
    let connections = 0;
    socket.on('connect', () => {
      connections += 1;
      if (connections > 1) onBack();
    });
    socket.on('connect_error', (error) => {
      if (error.message === 'unauthenticated') onEnded();
    });
    socket.on('revoked', onEnded);
    socket.onAny((name: string, payload: unknown) => {
      if (name === PRESENCE_EVENT) {
        if (isPresence(payload)) onPresence(payload);
      } else if (name === IMPORT_PROGRESS_EVENT) {
        if (isProgress(payload)) onImportProgress(payload);
      } else if (name !== HELLO_EVENT && name !== 'revoked') {
        onRecord();
      }
    });
    close = () => void socket.close();
  };
  void start();
  return () => {
    ended = true;
    close();
  };
}
