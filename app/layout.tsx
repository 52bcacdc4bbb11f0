/** The page around every screen: fonts, theme without a flash (from the cookie), providers. */
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { strings } from './_strings/en.ts';
import { Providers } from './_ui/providers.tsx';
import { parseTheme, THEME_COOKIE } from './_ui/theme.ts';
import { inter, serif } from './fonts.ts';

export const metadata: Metadata = {
  title: { default: strings.product, template: `%s · ${strings.product}` },
  description: strings.tagline,
  robots: { index: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fffefb' },
    { media: '(prefers-color-scheme: dark)', color: '#1d1c1a' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html
      lang="en"
      data-theme={theme === 'system' ? undefined : theme}
      className={`${inter.variable} ${serif.variable}`}
    >
      <body>
        <Providers serverNow={Date.now()}>{children}</Providers>
      </body>
    </html>
  );
}
