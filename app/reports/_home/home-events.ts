'use client';
/**
 * The home screen's ear on `/events`: it needs no record from there, only that something changed, and who is in
 * which report. The socket's code is loaded after the page.
 */
import { eventSchemas, PRESENCE_EVENT, presenceSchema, type ReportPresence } from '#core/events.ts';

export interface HomeListener {
  onPresence: (presence: ReportPresence) => void;
  onRecord: (name: string) => void;
  /** Connected again after having been away. */
  onBack: () => void;
}

/** Returns the end of listening. */
export function listen({ onPresence, onRecord, onBack }: HomeListener): () => void {
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
    socket.onAny((name: string, payload: unknown) => {
      if (name === PRESENCE_EVENT) {
        const presence = presenceSchema.safeParse(payload);
        if (presence.success) onPresence(presence.data);
      } else if (name in eventSchemas) {
        onRecord(name);
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
