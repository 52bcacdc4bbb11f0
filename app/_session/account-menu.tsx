'use client';
import { Columns2, LogOut, Settings } from 'lucide-react';
import { strings } from '../_strings/en.ts';
import { Avatar } from '../_ui/avatar.tsx';
import { Menu, MenuChoice, MenuItem, MenuLink, MenuSeparator } from '../_ui/menu.tsx';
import { themeIcons } from '../_ui/theme-icons.tsx';
import { chooseTheme, themes } from '../_ui/theme.ts';
import { companionOf, openBeside } from './demo.ts';
import { useSession } from './session.tsx';
import { signOut } from './sign-out.ts';
import { useTheme } from './use-theme.ts';

const words = strings.header;

/** My disc; behind it appearance, settings, the demo's second person, sign out. */
export function AccountMenu() {
  const session = useSession();
  const theme = useTheme();
  const beside = session.workspace.isDemo ? companionOf(session.name) : null;
  return (
    <Menu
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={words.account(session.name)}
          className="grid size-8 shrink-0 place-items-center rounded-full pointer-coarse:size-10"
        >
          <Avatar name={session.name} color={session.color} decorative />
        </button>
      }
    >
      <div className="px-2.5 pt-1.5 pb-2">
        <p className="truncate font-[600]">{session.name}</p>
        <p className="truncate text-sm text-ink-3">{session.email}</p>
        <p className="mt-0.5 truncate text-sm text-ink-3">
          {strings.roles[session.role]} · {session.workspace.name}
        </p>
      </div>
      <MenuSeparator />
      <MenuChoice
        label={words.theme}
        value={theme}
        onChange={chooseTheme}
        options={themes.map((value) => ({ value, label: words.themes[value], icon: themeIcons[value] }))}
      />
      <MenuSeparator />
      {beside === null ? null : (
        <MenuItem
          icon={<Columns2 size={15} aria-hidden />}
          onSelect={() => openBeside(beside, window.location.pathname + window.location.search)}
        >
          {strings.beside(beside.name)}
        </MenuItem>
      )}
      <MenuLink href="/settings/people" icon={<Settings size={15} aria-hidden />}>
        {words.settings}
      </MenuLink>
      <MenuItem icon={<LogOut size={15} aria-hidden />} onSelect={() => void signOut()}>
        {words.signOut}
      </MenuItem>
    </Menu>
  );
}
