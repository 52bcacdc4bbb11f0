/**
 * The chosen theme lives in a cookie, so the server writes it into <html data-theme> and nothing flashes.
 * `system` is no cookie: the browser's own preference decides in CSS.
 */
export const themes = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];
export const THEME_COOKIE = 'theme';

export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system';
}

/** Browser only. */
export function currentTheme(): Theme {
  return parseTheme(document.documentElement.dataset['theme']);
}

/** Browser only: shows the theme now and remembers it for a year. */
export function chooseTheme(theme: Theme): void {
  const year = 365 * 24 * 3600;
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${theme === 'system' ? 0 : year}; samesite=lax`;
  window.dispatchEvent(new Event('themechange'));
}
