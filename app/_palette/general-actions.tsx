/** Actions that every screen has. */
import { Columns2, FileText, KeyRound, LogOut, Plus, Users } from 'lucide-react';
import { companionOf, openBeside } from '../_session/demo.ts';
import { signOut } from '../_session/sign-out.ts';
import { strings } from '../_strings/en.ts';
import { importStrings, paletteStrings as words } from '../_strings/en-home.ts';
import { themeIcons } from '../_ui/theme-icons.tsx';
import { chooseTheme, type Theme } from '../_ui/theme.ts';
import type { PaletteAction } from './actions.ts';

function themeAction(theme: Theme): PaletteAction {
  return {
    id: `theme-${theme}`,
    label: words.themeTo(strings.header.themes[theme]),
    icon: themeIcons[theme],
    keywords: ['theme', 'colour'],
    run: () => chooseTheme(theme),
  };
}

export interface GeneralActionsOptions {
  go: (address: string) => void;
  canImport: boolean;
  openImport: () => void;
  /** My name in the demo workspace; null elsewhere. */
  demoName: string | null;
}

export function generalActions({
  go,
  canImport,
  openImport,
  demoName,
}: GeneralActionsOptions): PaletteAction[] {
  const actions: PaletteAction[] = [
    {
      id: 'reports',
      label: words.goReports,
      icon: <FileText size={15} aria-hidden />,
      keywords: ['home'],
      run: () => go('/reports'),
    },
  ];
  if (canImport)
    actions.push({
      id: 'import',
      label: importStrings.title,
      icon: <Plus size={15} aria-hidden />,
      keywords: ['new', 'add', 'paste', 'file'],
      run: openImport,
    });
  if (demoName !== null) {
    const other = companionOf(demoName);
    actions.push({
      id: 'beside',
      label: strings.beside(other.name),
      icon: <Columns2 size={15} aria-hidden />,
      keywords: ['demo', 'second'],
      run: () => openBeside(other, window.location.pathname + window.location.search),
    });
  }
  actions.push(
    {
      id: 'people',
      label: words.goPeople,
      icon: <Users size={15} aria-hidden />,
      keywords: ['members', 'invite', 'roles', 'settings'],
      run: () => go('/settings/people'),
    },
    {
      id: 'tokens',
      label: words.goTokens,
      icon: <KeyRound size={15} aria-hidden />,
      keywords: ['settings', 'api'],
      run: () => go('/settings/tokens'),
    },
    themeAction('system'),
    themeAction('light'),
    themeAction('dark'),
    themeAction('contrast'),
    {
      id: 'sign-out',
      label: strings.header.signOut,
      icon: <LogOut size={15} aria-hidden />,
      keywords: ['log out'],
      run: () => void signOut(),
    },
  );
  return actions;
}
