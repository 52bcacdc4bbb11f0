/**
 * What stands in the margin: one remark for each claim with the comments on it as answers, and the comments of each
 * thread, the first with the others as answers. Word knows one level of answers, so answers to answers follow what
 * they answer. Remarks are numbered in the order of the text, and each has a key that Word gives back: the first 31
 * bits of our id, made unique.
 */
import { noteLines, noteTitle, type NoteLine } from '#core/export/claim-note.ts';
import type { ExportClaim } from '#core/export/projection.ts';
import type { ExportComment, ExportThread } from '#core/export/thread.ts';

export interface Remark {
  /** `w:id`. */
  readonly number: number;
  /** Eight hex digits, `w14:paraId` of its last paragraph. */
  readonly key: string;
  /** The key of what it answers. */
  readonly answers: string | null;
  /** Ours: a claim's or a comment's. */
  readonly id: string;
  readonly isClaim: boolean;
  readonly author: string;
  readonly at: string;
  readonly isDone: boolean;
  readonly lines: readonly (NoteLine & { readonly isTitle?: boolean })[];
}

/** Remarks by what they are on; each list begins with the one that the others answer. */
export type RemarksBySubject = ReadonlyMap<ExportClaim | ExportThread, readonly Remark[]>;

type Draft = Pick<Remark, 'id' | 'isClaim' | 'author' | 'at' | 'lines'>;

export function remarksOn(
  claims: readonly ExportClaim[],
  threads: readonly ExportThread[],
): RemarksBySubject {
  const keys = new Keys();
  const remarks = new Map<ExportClaim | ExportThread, readonly Remark[]>();
  let number = 0;
  const add = (subject: ExportClaim | ExportThread, drafts: readonly Draft[], isDone: boolean): void => {
    let head: string | null = null;
    const made: Remark[] = [];
    for (const draft of drafts) {
      const key = keys.of(draft.id);
      made.push({ ...draft, number, key, answers: head, isDone });
      head ??= key;
      number += 1;
    }
    remarks.set(subject, made);
  };
  for (const claim of claims) {
    const answers = claim.thread?.comments.map(drafted) ?? [];
    add(claim, [head(claim), ...answers], claim.thread?.state === 'resolved');
  }
  for (const thread of threads) add(thread, thread.comments.map(drafted), thread.state === 'resolved');
  return remarks;
}

function head(claim: ExportClaim): Draft {
  const { verdict } = claim;
  return {
    id: claim.id,
    isClaim: true,
    author: verdict?.proposedBy ?? claim.createdBy,
    at: verdict?.proposedAt ?? claim.createdAt,
    lines: [{ label: null, text: noteTitle(claim), isTitle: true }, ...noteLines(claim)],
  };
}

function drafted(comment: ExportComment): Draft {
  const { id, author, at, deleted, body } = comment;
  return { id, isClaim: false, author, at, lines: [{ label: null, text: deleted ? '[deleted]' : body }] };
}

/** Word takes keys from 1 to this. */
const LAST_KEY = 0x7fff_fffd;

/** Gives keys, no two alike; ids that begin alike get the next free ones. */
class Keys {
  readonly #taken = new Set<number>();
  /** Where to look on for ids that begin so: without it, many of them would walk the same way each time. */
  readonly #next = new Map<number, number>();

  of(id: string): string {
    const own = Math.min(Math.max(1, Number.parseInt(id.slice(0, 8), 16) >>> 1), LAST_KEY);
    let key = this.#next.get(own) ?? own;
    while (this.#taken.has(key)) key = after(key);
    this.#taken.add(key);
    this.#next.set(own, after(key));
    return key.toString(16).toUpperCase().padStart(8, '0');
  }
}

function after(key: number): number {
  return key === LAST_KEY ? 1 : key + 1;
}
