/**
 * The desk's ear on `/events`. Every connection gives the last version that was applied, and gets what came after
 * it; where the server no longer has that, it says so and everything is loaded anew. The names are the server's
 * (core/events.ts); its schemas stay there, since the events come from our own server.
 */
// With the screen's script: fetched later it would be missed for good by a page whose server goes at that moment.
import { io } from 'socket.io-client';
import { HELLO_EVENT, PRESENCE_EVENT } from '#core/event-names.ts';
import type { RecordEvent } from '#core/events.ts';

export interface LiveListener {
  /** The last version that was applied. */
  since(): number;
  onEvent(event: RecordEvent): void;
  /** `isComplete` false: load everything anew. */
  onConnected(isComplete: boolean): void;
  onAway(): void;
  /** The server closed it for good: a right was lost, or the session ended. */
  onClosed(reason: string): void;
}

const AGAIN_MS = 2_000;

/** Returns the end of listening. */
export function listenToDesk(reportId: string, listener: LiveListener): () => void {
  let ended = false;
  let isRevoked = false;
  const socket = io({
    path: '/events',
    transports: ['websocket'],
    auth: (give) => give({ since: listener.since() }),
  });
  socket.on('connect', () => socket.emit('report.open', { reportId }));
  socket.on(HELLO_EVENT, (hello: { complete?: boolean }) => listener.onConnected(hello.complete !== false));
  socket.on('revoked', (payload: { reason?: string } | undefined) => {
    isRevoked = true;
    listener.onClosed(payload?.reason ?? 'forbidden');
  });
  socket.on('disconnect', (reason) => {
    listener.onAway();
    // After the server's own "go", Socket.IO does not come back by itself; a restart says it in this way too.
    if (reason === 'io server disconnect' && !isRevoked)
      setTimeout(() => !ended && socket.connect(), AGAIN_MS);
  });
  socket.on('connect_error', (error) => {
    listener.onAway();
    if (error.message === 'unauthenticated') listener.onClosed('unauthenticated');
    // Refused by the server, not by the network: Socket.IO leaves it to us to come again.
    else if (!socket.active) setTimeout(() => !ended && socket.connect(), AGAIN_MS);
  });
  socket.onAny((name: string, payload: unknown) => {
    if (name === HELLO_EVENT || name === PRESENCE_EVENT || !isPayload(payload)) return;
    listener.onEvent({ name, payload } as unknown as RecordEvent);
  });
  return () => {
    ended = true;
    socket.close();
  };
}

function isPayload(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && 'version' in payload;
}
