import type { Metadata } from 'next';
import { settingsStrings as words } from '../../_strings/en-settings.ts';
import { SettingsFrame } from '../_parts/settings-frame.tsx';
import { Appearance } from './appearance.tsx';

export const metadata: Metadata = { title: words.sections.appearance };

export default function AppearancePage() {
  return (
    <SettingsFrame section="appearance" lead={words.appearance.lead}>
      <Appearance />
    </SettingsFrame>
  );
}
