/**
 * Who else has the report open, from awareness. The server writes `user` itself, so a name is whose it says.
 *   user: {id, name, color}   cursor: {anchor, head} | null   writing: the claim whose rationale has the focus
 */
import type { Awareness } from 'y-protocols/awareness';
import type { EditorPerson } from './marks.ts';

export interface Peer {
  readonly clientId: number;
  readonly user: EditorPerson;
  readonly cursor: { readonly anchor: unknown; readonly head: unknown } | null;
  /** The claim in whose rationale they have the cursor. */
  readonly writing: string | null;
}

const validColor = /^#[0-9a-fA-F]{6}$/;
const UNNAMED_COLOR = '#6b665a';

/** Everybody but this page; the same person may have several pages open. */
export function peersOf(awareness: Awareness): readonly Peer[] {
  const peers: Peer[] = [];
  for (const [clientId, state] of awareness.getStates()) {
    if (clientId === awareness.clientID) continue;
    const user = userFrom(state['user']);
    if (user === null) continue;
    const writing: unknown = state['writing'];
    peers.push({
      clientId,
      user,
      cursor: cursorFrom(state['cursor']),
      writing: typeof writing === 'string' ? writing : null,
    });
  }
  return peers;
}

/** Awareness is what other clients sent: anything may be in it. */
function userFrom(value: unknown): EditorPerson | null {
  if (!isRecord(value) || typeof value['name'] !== 'string') return null;
  const { id, name, color } = value;
  return {
    id: typeof id === 'string' ? id : name,
    name,
    color: typeof color === 'string' && validColor.test(color) ? color : UNNAMED_COLOR,
  };
}

function cursorFrom(value: unknown): Peer['cursor'] {
  if (!isRecord(value) || !isRecord(value['anchor']) || !isRecord(value['head'])) return null;
  return { anchor: value['anchor'], head: value['head'] };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
