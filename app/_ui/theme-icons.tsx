import { Contrast, Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Theme } from './theme.ts';

export const themeIcons: Record<Theme, ReactNode> = {
  system: <Monitor size={15} aria-hidden />,
  light: <Sun size={15} aria-hidden />,
  dark: <Moon size={15} aria-hidden />,
  contrast: <Contrast size={15} aria-hidden />,
};
