/** What is chosen and looked at on the report screen, apart from the records: small, fast changing, of this page alone. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MarkPlace, SelectedWords } from '../_editor/marks.ts';
import type { ClaimFilter } from './claim-filters.ts';

/** A part of the open card that a key asked for; `turn` tells one wish from the next. */
export interface CardWish {
  readonly part: 'changes' | 'evidence' | 'talk' | 'why' | 'rate';
  readonly claimId: string;
  readonly turn: number;
}

export interface DeskUi {
  /** A claim's id, or a thread's on plain words. */
  readonly activeId: string | null;
  readonly hoverId: string | null;
  readonly filter: ClaimFilter;
  /** Made a moment ago, here: its card opens with the cursor in it. */
  readonly freshId: string | null;
  readonly wish: CardWish | null;
  readonly selection: SelectedWords | null;
  /** Words that wait for their first comment, and how far below the text's top they stand. */
  readonly commentOn: { readonly words: SelectedWords; readonly top: number } | null;
  readonly places: ReadonlyMap<string, MarkPlace>;
  /** The editor has taken the place of the words that the server rendered. */
  readonly isTextHere: boolean;
  readonly shortcutsOpen: boolean;
  /** Answers are being taken in; from a file that was dropped, or one that is still to be chosen. */
  readonly answers: { readonly file: File | null } | null;
  /** For screen readers: what somebody else did. */
  readonly said: string;
}

export function createDeskUi(start: { activeId: string | null; filter: ClaimFilter }): StoreApi<DeskUi> {
  return createStore<DeskUi>(() => ({
    ...start,
    hoverId: null,
    freshId: null,
    wish: null,
    selection: null,
    commentOn: null,
    places: new Map(),
    isTextHere: false,
    shortcutsOpen: false,
    answers: null,
    said: '',
  }));
}
