/**
 * What is typed as a claim's rationale before the server's entry for the claim has arrived. A new claim's card
 * opens with the cursor in it at once, and offline the entry can be hours away: the words are kept on this device
 * and go into the shared rationale as soon as there is one, whether the card is still open or not. Words of others
 * that are there already stay, the draft follows them.
 */
import { Node } from 'prosemirror-model';
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import type * as Y from 'yjs';
import { rationaleSchema } from '#core/text/schema.ts';
import { observePlaces, rationaleOf } from './claim-entry.ts';
import type { TextNodeJson } from './marks.ts';

/** The origin of the transactions that bring drafts into the shared document. */
export const draftOrigin = 'rationale-draft';

export class RationaleDrafts {
  readonly #doc: Y.Doc;
  readonly #storage: Storage;
  readonly #key: string;
  readonly #held = new Set<string>();
  readonly #stop: () => void;

  constructor(doc: Y.Doc, storage: Storage, base: string) {
    this.#doc = doc;
    this.#storage = storage;
    this.#key = `${base}:drafts`;
    this.#stop = observePlaces(doc, (ids) => {
      // After the transaction that brought the entry, so that the draft goes out as a change of ours.
      queueMicrotask(() => {
        for (const id of ids) if (!this.#held.has(id)) this.merge(id);
      });
    });
  }

  read(claimId: string): TextNodeJson | null {
    return this.#all()[claimId] ?? null;
  }

  write(claimId: string, draft: TextNodeJson): void {
    this.#save({ ...this.#all(), [claimId]: draft });
  }

  discard(claimId: string): void {
    const drafts = this.#all();
    if (!(claimId in drafts)) return;
    this.#save(Object.fromEntries(Object.entries(drafts).filter(([id]) => id !== claimId)));
  }

  /** What was typed for one claim goes to another: somebody marked the same words first and we join. */
  move(from: string, to: string): void {
    const draft = this.read(from);
    if (draft === null) return;
    this.discard(from);
    this.write(to, draft);
    if (!this.#held.has(to)) this.merge(to);
  }

  /** An editor shows this draft and will merge it itself, to keep its cursor. Returns the release. */
  hold(claimId: string): () => void {
    this.#held.add(claimId);
    return () => {
      this.#held.delete(claimId);
      this.merge(claimId);
    };
  }

  /** Merges every draft whose entry is there by now: after a start with drafts of an earlier visit. */
  mergeAll(): void {
    for (const id of Object.keys(this.#all())) if (!this.#held.has(id)) this.merge(id);
  }

  /**
   * Puts the draft into the shared rationale, if both are there. Answers how much of the rationale (in ProseMirror
   * positions) now stands before the draft, or null when nothing was merged.
   */
  merge(claimId: string): number | null {
    const rationale = rationaleOf(this.#doc, claimId);
    const draft = this.read(claimId);
    if (rationale === null || draft === null) return null;
    this.discard(claimId);
    const written = Node.fromJSON(rationaleSchema, draft);
    if (written.textContent.trim() === '') return null;
    const before = yXmlFragmentToProseMirrorRootNode(rationale, rationaleSchema);
    const kept = before.textContent.trim() === '' ? before.content.cut(0, 0) : before.content;
    const merged = rationaleSchema.topNodeType.create(null, kept.append(written.content));
    this.#doc.transact(() => prosemirrorToYXmlFragment(merged, rationale), draftOrigin);
    return kept.size;
  }

  destroy(): void {
    this.#stop();
  }

  #all(): Readonly<Record<string, TextNodeJson>> {
    const text = this.#storage.getItem(this.#key);
    return text === null ? {} : (JSON.parse(text) as Record<string, TextNodeJson>);
  }

  #save(drafts: Readonly<Record<string, TextNodeJson>>): void {
    if (Object.keys(drafts).length === 0) this.#storage.removeItem(this.#key);
    else this.#storage.setItem(this.#key, JSON.stringify(drafts));
  }
}
