/** The demo's people and how to become one of them. Browser only, but for the list. */
import type { Role } from '#core/domain/words.ts';
import type { ReportRecord } from '#core/records.ts';
import { ask } from './request.ts';

export interface DemoPerson {
  as: 'ana' | 'ben' | 'chloe' | 'dara';
  name: string;
  fullName: string;
  role: Role;
  color: string;
}

export const demoPeople: readonly DemoPerson[] = [
  { as: 'ana', name: 'Ana', fullName: 'Ana Reyes', role: 'owner', color: '#0b7a6f' },
  { as: 'ben', name: 'Ben', fullName: 'Ben Okafor', role: 'editor', color: '#a3146e' },
  { as: 'chloe', name: 'Chloé', fullName: 'Chloé Martin', role: 'editor', color: '#4b6b14' },
  { as: 'dara', name: 'Dara', fullName: 'Dara Singh', role: 'commenter', color: '#475569' },
];

/** Signs in and tells where to go: into the report when the demo has just the one. */
export async function enterDemo(as: DemoPerson['as']): Promise<string> {
  await ask.post('/api/v1/demo/sign-in', { as });
  const { items } = await ask.get<{ items: ReportRecord[] }>('/api/v1/reports?limit=2');
  const [only] = items;
  return only !== undefined && items.length === 1 ? `/reports/${only.id}` : '/reports';
}

/** Who to open beside the one who is signed in. */
export function companionOf(name: string): DemoPerson {
  const [ana, ben] = demoPeople;
  if (ana === undefined || ben === undefined) throw new Error('The demo has two people at least');
  return name.startsWith(ben.name) ? ana : ben;
}

/** A second person in the same browser needs a host of their own: cookies are kept by host. */
export function besideUrl(here: Pick<Location, 'protocol' | 'port'>, person: DemoPerson, to: string): string {
  const port = here.port === '' ? '' : `:${here.port}`;
  const query = new URLSearchParams({ as: person.as, to });
  return `${here.protocol}//${person.as}.localhost${port}/demo?${query.toString()}`;
}

/** Opens it in a window on the right half of the screen. */
export function openBeside(person: DemoPerson, to: string): void {
  const width = Math.max(480, Math.floor(window.screen.availWidth / 2));
  const left = window.screen.availWidth - width;
  window.open(
    besideUrl(window.location, person, to),
    `proofdesk-${person.as}`,
    `popup,width=${width},height=${window.screen.availHeight},left=${left},top=0`,
  );
}
