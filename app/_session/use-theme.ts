'use client';
import { useSyncExternalStore } from 'react';
import { currentTheme, type Theme } from '../_ui/theme.ts';

function onThemeChange(listener: () => void): () => void {
  window.addEventListener('themechange', listener);
  return () => window.removeEventListener('themechange', listener);
}

/** The chosen theme, wherever it was chosen on this page. */
export function useTheme(): Theme {
  return useSyncExternalStore(onThemeChange, currentTheme, () => 'system');
}
