import type { Metadata } from 'next';
import { settingsStrings as words } from '../../_strings/en-settings.ts';
import { SettingsFrame } from '../_parts/settings-frame.tsx';
import { Tokens } from './tokens.tsx';

export const metadata: Metadata = { title: words.sections.tokens };

export default function TokensPage() {
  return (
    <SettingsFrame section="tokens" lead={words.tokens.lead}>
      <Tokens />
    </SettingsFrame>
  );
}
