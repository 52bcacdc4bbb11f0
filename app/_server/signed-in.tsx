/** The frame of every screen behind sign-in: who I am and where, for the browser, and the command palette. */
import 'server-only';
import type { ReactNode } from 'react';
import { PaletteHost } from '../_palette/palette-host.tsx';
import { KeepPage } from '../_session/keep-page.tsx';
import { SessionProvider } from '../_session/session.tsx';
import { workspaceOf } from './home.ts';
import { requirePrincipal } from './session.ts';

export async function SignedIn({ returnTo, children }: { returnTo: string; children: ReactNode }) {
  const principal = await requirePrincipal(returnTo);
  const workspace = await workspaceOf(principal);
  const { memberId, name, email, color, role } = principal;
  return (
    <SessionProvider session={{ memberId, name, email, color, role, workspace }}>
      {children}
      <KeepPage />
      <PaletteHost />
    </SessionProvider>
  );
}
