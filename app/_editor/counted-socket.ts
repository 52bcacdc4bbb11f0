/**
 * A WebSocket that tells what of the sync protocol is really sent on it. y-websocket sends from three places; the
 * socket is the one place where all of them pass.
 */
const SYNC = 0;
const STEP_2 = 1;
const UPDATE = 2;

export interface SocketWatcher {
  opened(): void;
  /** Answers whether an Update may leave now; one that may not is dropped (a SyncStep2 will hold it). */
  mayUpdate(): boolean;
  sentAnswer(): void;
  sentUpdate(): void;
}

/** The class of WebSocket to give to y-websocket. */
export function countedSocket(Base: typeof WebSocket, watcher: SocketWatcher): typeof WebSocket {
  return class CountedSocket extends Base {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      watcher.opened();
    }

    override send(data: string | Blob | BufferSource): void {
      const kind = data instanceof Uint8Array && data[0] === SYNC ? data[1] : null;
      if (kind === UPDATE && !watcher.mayUpdate()) return;
      // Counted first: the acknowledgement must never find the message unknown.
      if (kind === STEP_2) watcher.sentAnswer();
      else if (kind === UPDATE) watcher.sentUpdate();
      super.send(data);
    }
  };
}
