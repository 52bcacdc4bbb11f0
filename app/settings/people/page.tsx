import type { Metadata } from 'next';
import { membersOf, workspaceOf } from '../../_server/home.ts';
import { requirePrincipal } from '../../_server/session.ts';
import { settingsStrings as words } from '../../_strings/en-settings.ts';
import { SettingsFrame } from '../_parts/settings-frame.tsx';
import { People } from './people.tsx';

export const metadata: Metadata = { title: words.sections.people };

export default async function PeoplePage() {
  const principal = await requirePrincipal('/settings/people');
  const [members, workspace] = await Promise.all([membersOf(principal), workspaceOf(principal)]);
  return (
    <SettingsFrame section="people" lead={words.people.lead(workspace.name)}>
      <People initial={members} />
    </SettingsFrame>
  );
}
