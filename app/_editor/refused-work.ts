/** What a store that was set aside holds and the report does not: to be copied out by the person who wrote it. */
import * as Y from 'yjs';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT } from '#core/text/schema.ts';
import { claimEntries, rationaleOf } from './claim-entry.ts';
import type { DocumentKeeper } from './document-keeper.ts';
import type { RefusedWork } from './sync-status.ts';

export interface RefusedText {
  readonly code: string;
  readonly storeName: string;
  /** What the server has is left out; else it is all that the store holds, since the server's text is not known. */
  readonly isCompared: boolean;
  /** Blocks of the report's text that stand only in the refused store. */
  readonly body: readonly string[];
  readonly rationales: readonly { readonly claimId: string; readonly text: string }[];
  /** All of it as plain text, for the clipboard. */
  readonly text: string;
}

/** Reads a store that was set aside and compares it with the document as the server has it; null: that is not known. */
export async function readRefusedWork(
  refused: RefusedWork,
  keeper: DocumentKeeper,
  current: Y.Doc | null,
): Promise<RefusedText> {
  const scratch = new Y.Doc();
  const kept = keeper.keep(refused.storeName, scratch);
  await kept.loaded;
  const body = blocksOnlyIn(scratch.getXmlFragment(BODY_ROOT), current?.getXmlFragment(BODY_ROOT) ?? null);
  const rationales: { claimId: string; text: string }[] = [];
  for (const claimId of claimEntries(scratch).keys()) {
    const there = rationaleOf(scratch, claimId);
    if (there === null) continue;
    const known = current === null ? null : rationaleOf(current, claimId);
    const text = blocksOnlyIn(there, known).join('\n');
    if (text !== '') rationales.push({ claimId, text });
  }
  await kept.close();
  scratch.destroy();
  const text = [...body, ...rationales.map((rationale) => rationale.text)].join('\n\n');
  return { ...refused, isCompared: current !== null, body, rationales, text };
}

function blocksOnlyIn(fragment: Y.XmlFragment, other: Y.XmlFragment | null): readonly string[] {
  const known = new Set(other === null ? [] : blockTexts(other));
  return blockTexts(fragment).filter((text) => text.trim() !== '' && !known.has(text));
}

function blockTexts(fragment: Y.XmlFragment): readonly string[] {
  const flat = flatten(fragment);
  return flat.blocks.map((block) => flat.text.slice(block.start, block.end));
}
