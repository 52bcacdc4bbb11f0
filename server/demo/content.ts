/**
 * The demo report: written for Proofdesk, so that the product is learnt by looking at it. Every state of a claim
 * that a newcomer should meet is in it: decided by two people, awaiting sign-off, disputed, stale, suggested,
 * dismissed, overlapping, told from a quotation. The events are those of a real day; the words are ours, and the
 * publishers of the evidence are described, not named.
 */
export type Who = 'ana' | 'ben' | 'chloe' | 'dara';

export interface DemoPerson {
  key: Who;
  name: string;
  role: 'owner' | 'editor' | 'commenter';
  color: string;
}

export const demoPeople: readonly DemoPerson[] = [
  { key: 'ana', name: 'Ana Reyes', role: 'owner', color: '#0b7a6f' },
  { key: 'ben', name: 'Ben Okafor', role: 'editor', color: '#a3146e' },
  { key: 'chloe', name: 'Chloé Martin', role: 'editor', color: '#4b6b14' },
  { key: 'dara', name: 'Dara Singh', role: 'commenter', color: '#475569' },
];

export const demoTitle = 'Talks at the lake club: what was agreed';

export const demoText = `## What the call settled

Before his guests arrived at the Florida resort, President Trump spoke with President Putin by telephone. The call lasted 75 minutes, and both sides used the same words for it: “good and very productive”. It was their first direct conversation since October, when a summit in Budapest was planned and later dropped as “a waste of time”.

A Kremlin aide said that the two had agreed to speak again once the meeting with President Zelenskyy was over.

## The night before

Hours earlier Kyiv had come under the heaviest attack of the month. Officials counted two dead and at least four injured; a second agency, citing the city's emergency service, reported three dead. Air-raid sirens sounded for nearly ten hours.

| Time | Count | Given by |
| --- | --- | --- |
| 09:00 | 2 dead, at least 4 injured | city administration |
| 12:30 | 2 dead, 19 injured | regional police |
| 16:40 | 3 dead, 28 injured | emergency service |

The defence ministry in Moscow called it a “massive strike” with long-range precision weapons and drones, and said that only military sites had been hit.

## The framework

President Zelenskyy described a 20-point peace framework as “90% ready”. As he set it out, it would cover

- a timetable for a ceasefire,
- a demilitarised zone,
- the running of the Zaporizhzhia nuclear power plant,
- control of the Donbas, and
- security guarantees once the fighting ends.

No draft of the framework has been published, and the two delegations gave different accounts of what the remaining tenth contains. European partners, it was said, would take part in a “robust” security agreement. Who would send what, and under whose command, was left open.

> We will do whatever it takes to end this war.

## What comes next

No Russian delegation was in the room. Mr Trump said that the war could “either end or go on for a long time”, and that the process could “move very rapidly”. Teams are to meet within weeks to finish the text. Mr Putin had warned the day before that Russia would reach its aims by force if diplomacy failed.
`;
