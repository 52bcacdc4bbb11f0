/** A claim's entry in the shared document: `claims[id]` is a map `{start, end, rationale}` that the server writes. */
import * as Y from 'yjs';
import { flatten } from '#core/text/flatten.ts';
import { CLAIMS_ROOT } from '#core/text/schema.ts';

export interface SharedPlace {
  readonly start: Y.RelativePosition;
  readonly end: Y.RelativePosition;
}

export function claimEntries(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(CLAIMS_ROOT);
}

function entryOf(doc: Y.Doc, claimId: string): Y.Map<unknown> | null {
  const entry = claimEntries(doc).get(claimId);
  return entry instanceof Y.Map ? entry : null;
}

/** Where the claim is; null before the server's entry arrived, or when its bytes are not positions. */
export function sharedPlace(doc: Y.Doc, claimId: string): SharedPlace | null {
  const entry = entryOf(doc, claimId);
  const start = decodePosition(entry?.get('start'));
  const end = decodePosition(entry?.get('end'));
  return start === null || end === null ? null : { start, end };
}

function decodePosition(bytes: unknown): Y.RelativePosition | null {
  if (!(bytes instanceof Uint8Array)) return null;
  try {
    return Y.decodeRelativePosition(bytes);
  } catch (error) {
    // lib0 throws plain errors for bytes that end too early: the claim is then listed and not drawn.
    if (error instanceof Error) return null;
    throw error;
  }
}

/** The rationale that people write together; null before the server's entry arrived. */
export function rationaleOf(doc: Y.Doc, claimId: string): Y.XmlFragment | null {
  const rationale = entryOf(doc, claimId)?.get('rationale');
  return rationale instanceof Y.XmlFragment ? rationale : null;
}

/** The rationale's plain text, blocks joined by newlines; empty before the entry arrived. */
export function rationaleText(doc: Y.Doc, claimId: string): string {
  const rationale = rationaleOf(doc, claimId);
  return rationale === null ? '' : flatten(rationale).text;
}

/** Calls back with the ids of claims whose entry came, went or moved (not when a rationale is written in). */
export function observePlaces(doc: Y.Doc, callback: (claimIds: ReadonlySet<string>) => void): () => void {
  const entries = claimEntries(doc);
  const observer = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    const ids = new Set<string>();
    for (const event of events) {
      if (event.path.length === 0) for (const key of event.changes.keys.keys()) ids.add(key);
      else if (event.path.length === 1) ids.add(String(event.path[0]));
    }
    if (ids.size > 0) callback(ids);
  };
  entries.observeDeep(observer);
  return () => entries.unobserveDeep(observer);
}
