'use client';
/** The bar on top of every screen but the report's: where one can go, find, inbox, me. */
import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { openPalette } from '../_palette/palette-host.tsx';
import { strings } from '../_strings/en.ts';
import { IconButton } from '../_ui/button.tsx';
import { Kbd } from '../_ui/kbd.tsx';
import { Logo } from '../_ui/logo.tsx';
import { AccountMenu } from './account-menu.tsx';
import { InboxMenu } from './inbox-menu.tsx';

const words = strings.header;

function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const here = usePathname().startsWith(href);
  return (
    <Link
      href={href}
      aria-current={here ? 'page' : undefined}
      className={clsx(
        'rounded-1 px-1 py-1 no-underline hover:text-ink',
        here ? 'font-[640] text-ink' : 'text-ink-2',
      )}
    >
      {children}
    </Link>
  );
}

export function Header({ unread }: { unread: number }) {
  return (
    <>
      <a
        href="#page"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-1 bg-ink px-3 py-2 text-paper focus:translate-y-0"
      >
        {strings.ui.skipToContent}
      </a>
      <header className="sticky top-0 z-20 flex h-[52px] items-center gap-2.5 border-b border-line bg-paper px-3 sm:px-4">
        <Link href="/reports" aria-label={words.home} className="flex rounded-[8px]">
          <Logo />
        </Link>
        <nav aria-label={words.nav} className="flex items-center gap-2 sm:gap-3">
          <NavLink href="/reports">{words.reports}</NavLink>
          <NavLink href="/settings/people">{words.people}</NavLink>
        </nav>
        <div className="flex-1" />
        <button
          type="button"
          aria-keyshortcuts="Control+K Meta+K"
          onClick={() => openPalette()}
          className="hidden h-8 w-[260px] items-center gap-2 rounded-1 border border-line bg-card pr-2 pl-2.5 text-left text-ink-3 hover:border-line-strong md:flex"
        >
          <Search size={15} aria-hidden />
          <span className="flex-1">{words.find}</span>
          <Kbd>ModK</Kbd>
        </button>
        <IconButton label={words.find} onClick={() => openPalette()} className="md:hidden">
          <Search size={17} aria-hidden />
        </IconButton>
        <InboxMenu unread={unread} />
        <AccountMenu />
      </header>
    </>
  );
}
