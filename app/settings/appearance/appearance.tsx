'use client';
import { useTheme } from '../../_session/use-theme.ts';
import { settingsStrings } from '../../_strings/en-settings.ts';
import { strings } from '../../_strings/en.ts';
import { themeIcons } from '../../_ui/theme-icons.tsx';
import { chooseTheme, themes } from '../../_ui/theme.ts';

const words = settingsStrings.appearance;

export function Appearance() {
  const theme = useTheme();
  return (
    <div role="radiogroup" aria-label={words.theme} className="grid gap-2 sm:grid-cols-2">
      {themes.map((value) => (
        <label
          key={value}
          className="relative flex items-start gap-3 rounded-2 border border-line bg-card p-4 hover:border-ink-3 has-checked:border-ink has-checked:shadow-[inset_0_0_0_1px_var(--ink)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name="theme"
            checked={theme === value}
            onChange={() => chooseTheme(value)}
            aria-label={strings.header.themes[value]}
            aria-describedby={`theme-${value}`}
            className="absolute inset-0 m-0 cursor-pointer appearance-none outline-none"
          />
          <span className="mt-0.5 text-ink-3">{themeIcons[value]}</span>
          <span>
            <span className="block font-[600]">{strings.header.themes[value]}</span>
            <span id={`theme-${value}`} className="block text-sm text-ink-3">
              {words.hints[value]}
            </span>
          </span>
        </label>
      ))}
    </div>
  );
}
