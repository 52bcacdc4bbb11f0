'use client';
/** The others in the report, for avatars and "Ben is writing": renders again only when who or where changed. */
import { useSyncExternalStore } from 'react';
import type { DocumentSession } from './document-session.ts';
import { peersOf, type Peer } from './peers.ts';

const nobody: readonly Peer[] = [];
const snapshots = new WeakMap<DocumentSession, { readonly text: string; readonly peers: readonly Peer[] }>();

/** Everybody but this page. A person with two pages is there twice. */
export function usePeers(session: DocumentSession | null): readonly Peer[] {
  return useSyncExternalStore(
    (changed) => {
      session?.awareness.on('change', changed);
      return () => session?.awareness.off('change', changed);
    },
    () => (session === null ? nobody : snapshotOf(session)),
    () => nobody,
  );
}

/** The same array while nothing but cursors moved. */
function snapshotOf(session: DocumentSession): readonly Peer[] {
  const peers = peersOf(session.awareness);
  const text = JSON.stringify(
    peers.map(({ clientId, user, writing }) => [clientId, user.id, user.name, user.color, writing]),
  );
  const known = snapshots.get(session);
  if (known?.text === text) return known.peers;
  snapshots.set(session, { text, peers });
  return peers;
}
