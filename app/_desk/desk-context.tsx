'use client';
/** The desk, for every component of the report screen: records, what is chosen, the shared document, who I am. */
import { createContext, useContext, type ReactNode, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { can, type Ability } from '#core/domain/roles.ts';
import type { Rating } from '#core/domain/rating-scale.ts';
import type { ClaimRecord } from '#core/records.ts';
import type { DeskData, DeskStore } from '../_data/desk-store.ts';
import type { DocumentSession } from '../_editor/document-session.ts';
import type { EditorPerson, TextEditorHandle } from '../_editor/marks.ts';
import type { Viewer } from './claim-filters.ts';
import type { DeskActions } from './desk-actions.ts';
import type { DeskUi } from './desk-ui.ts';

export interface DeskValue {
  readonly reportId: string;
  readonly store: DeskStore;
  readonly ui: StoreApi<DeskUi>;
  readonly actions: DeskActions;
  /** Null while it is being opened. */
  readonly session: DocumentSession | null;
  readonly text: RefObject<TextEditorHandle | null>;
  readonly me: EditorPerson;
  readonly viewer: Viewer;
  readonly ratings: readonly Rating[];
  readonly isDemo: boolean;
}

const DeskContext = createContext<DeskValue | null>(null);

export function DeskProvider({ value, children }: { value: DeskValue; children: ReactNode }) {
  return <DeskContext value={value}>{children}</DeskContext>;
}

export function useDesk(): DeskValue {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk needs DeskProvider above it');
  return desk;
}

/** `select` must answer the same thing while nothing changed. */
export function useDeskData<T>(select: (data: DeskData) => T): T {
  return useStore(useDesk().store.data, select);
}

export function useDeskUi<T>(select: (ui: DeskUi) => T): T {
  return useStore(useDesk().ui, select);
}

export function useClaim(claimId: string): ClaimRecord | undefined {
  return useDeskData((data) => data.shown.claims.get(claimId));
}

export function useMay(ability: Ability): boolean {
  return can(useDesk().viewer.role, ability);
}

const unknownColor = '#6b665a';

/** People are known by their member's id; names that an import brought have no colour of their own. */
export function useColorOf(memberId: string | null): string {
  return useDeskData((data) =>
    memberId === null ? unknownColor : (data.shown.members.get(memberId)?.color ?? unknownColor),
  );
}
