/**
 * Where claims and comments stand, as ProseMirror positions. A claim's place comes from its entry in the shared
 * document; until that is there, and for threads on plain words, text offsets are made into relative positions at
 * once, so that they move with the words like all others.
 */
import type { Node } from 'prosemirror-model';
import type * as Y from 'yjs';
import { flatten, toOffset, toRelative, type FlatText } from '#core/text/flatten.ts';
import { flattenNode, positionAtOffset, type FlatNode } from '#core/text/flatten-node.ts';
import { BODY_ROOT } from '#core/text/schema.ts';
import { sharedPlace, type SharedPlace } from './claim-entry.ts';
import type { Span } from './lanes.ts';
import type { ClaimMark, CommentMark, TextRange } from './marks.ts';

export class ClaimPlaces {
  readonly #doc: Y.Doc;
  /** Places made here from offsets, by the id and the offsets they were made from. */
  readonly #made = new Map<string, { readonly range: TextRange; readonly place: SharedPlace }>();

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  /** All places in a document that shows the shared one's present state. What stands nowhere is left out. */
  resolve(doc: Node, claims: readonly ClaimMark[], comments: readonly CommentMark[]): Map<string, Span> {
    const shared = flatten(this.#doc.getXmlFragment(BODY_ROOT));
    const shown = flattenNode(doc);
    const spans = new Map<string, Span>();
    const add = (id: string, place: SharedPlace | null): void => {
      const span = place === null ? null : this.#spanOf(place, shared, shown);
      if (span !== null) spans.set(id, span);
    };
    for (const claim of claims)
      add(claim.id, sharedPlace(this.#doc, claim.id) ?? this.#placeMade(claim.id, claim.fallback, shared));
    for (const comment of comments) add(comment.id, this.#placeMade(comment.id, comment.anchor, shared));
    return spans;
  }

  #placeMade(id: string, range: TextRange | null, shared: FlatText): SharedPlace | null {
    if (range === null) return null;
    const known = this.#made.get(id);
    if (known?.range.start === range.start && known.range.end === range.end) return known.place;
    const place = { start: toRelative(shared, range.start, 0), end: toRelative(shared, range.end, -1) };
    this.#made.set(id, { range, place });
    return place;
  }

  #spanOf(place: SharedPlace, shared: FlatText, shown: FlatNode): Span | null {
    const start = toOffset(shared, this.#doc, place.start);
    const end = toOffset(shared, this.#doc, place.end);
    if (start === null || end === null || start >= end) return null;
    const from = positionAtOffset(shown, start);
    const to = positionAtOffset(shown, end);
    return from === null || to === null || from >= to ? null : { from, to };
  }
}
