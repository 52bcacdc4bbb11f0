/**
 * The Latin part of both faces is preloaded with the page, so text does not change its shape after first paint;
 * every other script comes from the same npm packages when a page first needs it (globals.css).
 */
import localFont from 'next/font/local';

export const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--font-inter',
  weight: '100 900',
  display: 'swap',
  adjustFontFallback: false,
});

export const serif = localFont({
  src: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-opsz-normal.woff2',
  variable: '--font-serif',
  weight: '200 900',
  style: 'normal',
  display: 'swap',
  adjustFontFallback: false,
});
