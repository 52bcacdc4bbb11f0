'use client';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { useTheme } from '../../_session/use-theme.ts';
import { homeStrings } from '../../_strings/en-home.ts';
import { settingsStrings } from '../../_strings/en-settings.ts';
import { themeIcons } from '../../_ui/theme-icons.tsx';
import { chooseTheme, themes, type Theme } from '../../_ui/theme.ts';

const words = settingsStrings.appearance;

export function Appearance() {
  const theme = useTheme();
  return (
    <RadioGroup
      aria-label={words.theme}
      value={theme}
      onValueChange={(next: Theme) => chooseTheme(next)}
      className="grid gap-2 sm:grid-cols-2"
    >
      {themes.map((value) => (
        <Radio.Root
          key={value}
          value={value}
          aria-label={homeStrings.header.themes[value]}
          aria-describedby={`theme-${value}`}
          className="flex cursor-pointer items-start gap-3 rounded-2 border border-line bg-card p-4 hover:border-ink-3 data-checked:border-ink data-checked:shadow-[inset_0_0_0_1px_var(--ink)]"
        >
          <span className="mt-0.5 text-ink-3">{themeIcons[value]}</span>
          <span>
            <span className="block font-[600]">{homeStrings.header.themes[value]}</span>
            <span id={`theme-${value}`} className="block text-sm text-ink-3">
              {words.hints[value]}
            </span>
          </span>
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
