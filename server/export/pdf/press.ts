/** What everything that is drawn shares: the file, its fonts, its structure, its places and the pages. */
import type { Destinations } from './file/destinations.ts';
import type { PackedDocument } from './file/packed-document.ts';
import type { Structure } from './file/structure.ts';
import type { FontNames } from './fonts/font-names.ts';
import type { Words } from './text/words.ts';
import type { ExportClaim } from '#core/export/projection.ts';
import type { ExportThread } from '#core/export/thread.ts';

export interface Press {
  readonly document: PackedDocument;
  readonly structure: Structure;
  readonly destinations: Destinations;
  readonly fonts: FontNames;
  readonly words: Words;
  /** Which line below the words is a claim's own, from 0. */
  readonly lanes: ReadonlyMap<ExportClaim, number>;
  /** Threads on plain words, by their number from 1. */
  readonly threadNumbers: ReadonlyMap<ExportThread, number>;
}

/** The names of places: a claim's words and its note, a thread's words and its note. */
export const placeNames = {
  claimWords: (claim: ExportClaim): string => `at-${claim.number}`,
  claimNote: (claim: ExportClaim): string => `claim-${claim.number}`,
  threadWords: (number: number): string => `talk-at-${number}`,
  threadNote: (number: number): string => `talk-${number}`,
};
