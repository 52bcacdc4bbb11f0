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
  /** What the record said when the shared positions last held words. */
  readonly #saidThen = new Map<string, TextRange | null>();

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  /** All places in a document that shows the shared one's present state. What stands nowhere is left out. */
  resolve(doc: Node, claims: readonly ClaimMark[], comments: readonly CommentMark[]): Map<string, Span> {
    const shared = flatten(this.#doc.getXmlFragment(BODY_ROOT));
    const shown = flattenNode(doc);
    const spans = new Map<string, Span>();
    for (const claim of claims) {
      const span = this.#spanOfClaim(claim, shared, shown);
      if (span !== null) spans.set(claim.id, span);
    }
    for (const comment of comments) {
      const span = this.#spanOf(this.#placeMade(comment.id, comment.anchor, shared), shared, shown);
      if (span !== null) spans.set(comment.id, span);
    }
    return spans;
  }

  /**
   * The shared positions; where there are none yet, or the words between them are gone, what the record says. But
   * a record that has not changed since the words went is only late, and a wrong place is worse than none.
   */
  #spanOfClaim(claim: ClaimMark, shared: FlatText, shown: FlatNode): Span | null {
    const place = sharedPlace(this.#doc, claim.id);
    const span = this.#spanOf(place, shared, shown);
    if (span !== null) {
      this.#saidThen.set(claim.id, claim.fallback);
      return span;
    }
    const saidThen = this.#saidThen.get(claim.id);
    if (saidThen !== undefined && isSameRange(saidThen, claim.fallback)) return null;
    return this.#spanOf(this.#placeMade(claim.id, claim.fallback, shared), shared, shown);
  }

  #placeMade(id: string, range: TextRange | null, shared: FlatText): SharedPlace | null {
    if (range === null) return null;
    const known = this.#made.get(id);
    if (known !== undefined && isSameRange(known.range, range)) return known.place;
    const place = { start: toRelative(shared, range.start, 0), end: toRelative(shared, range.end, -1) };
    this.#made.set(id, { range, place });
    return place;
  }

  #spanOf(place: SharedPlace | null, shared: FlatText, shown: FlatNode): Span | null {
    if (place === null) return null;
    const start = toOffset(shared, this.#doc, place.start);
    const end = toOffset(shared, this.#doc, place.end);
    if (start === null || end === null || start >= end) return null;
    const from = positionAtOffset(shown, start);
    const to = positionAtOffset(shown, end);
    return from === null || to === null || from >= to ? null : { from, to };
  }
}

function isSameRange(a: TextRange | null, b: TextRange | null): boolean {
  return a?.start === b?.start && a?.end === b?.end;
}
