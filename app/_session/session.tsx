'use client';
/** Who I am and in which workspace, for every component behind sign-in. */
import { can, type Ability } from '#core/domain/roles.ts';
import type { Role } from '#core/domain/words.ts';
import type { WorkspaceRecord } from '#core/records.ts';
import { createContext, useContext, type ReactNode } from 'react';

export interface Session {
  memberId: string;
  name: string;
  email: string;
  color: string;
  /** The role in the workspace; a report can raise it. */
  role: Role;
  workspace: WorkspaceRecord;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession needs SessionProvider above it');
  return session;
}

export function useCan(ability: Ability): boolean {
  return can(useSession().role, ability);
}
