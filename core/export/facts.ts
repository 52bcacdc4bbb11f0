/** What is known of a claim and of its evidence beside verdict and reasons: said once, in the same order and words in every format. */
import type { ExportClaim, ExportEvidence } from './projection.ts';
import { attributionLabels, day, plain, typeLabels } from './wording.ts';

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Only what there is. */
export function factsOf(claim: ExportClaim): Fact[] {
  const facts: Fact[] = [
    { label: 'Said by', value: saidBy(claim) },
    { label: 'Said on', value: claim.claimDate === null ? '' : day(claim.claimDate) },
    { label: 'Said at', value: claim.place ?? '' },
    { label: 'In the source', value: pagesIn(claim) },
    { label: 'Was it said?', value: attributionOf(claim) },
    { label: 'Type', value: typeLabels[claim.type] },
    { label: 'Priority', value: claim.priority === 'normal' ? '' : plain(claim.priority) },
    { label: 'Tags', value: claim.tags.join(', ') },
    { label: 'Marked by', value: claim.createdBy },
  ];
  return facts.filter(({ value }) => value.trim() !== '');
}

export function saidBy({ claimant, claimantRole }: ExportClaim): string {
  return [claimant, claimantRole].filter((part) => part !== null).join(', ');
}

function pagesIn({ pages }: ExportClaim): string {
  if (pages === null) return '';
  const { first, last } = pages;
  return first === last ? `page ${first}` : `pages ${first}–${last}`;
}

/** Whether it was said; asked of quotations, and told wherever somebody looked. */
function attributionOf({ type, attribution: { state, note } }: ExportClaim): string {
  if (type !== 'quotation' && state === 'unchecked') return '';
  return [attributionLabels[state], note].filter((part) => part !== null).join(': ');
}

/** Publisher, date and kind of a piece of evidence, those that are known. */
export function aboutEvidence({ publisher, publishedAt, kind }: ExportEvidence): string[] {
  const published = publishedAt === null ? '' : day(publishedAt);
  return [publisher ?? '', published, kind === 'other' ? '' : plain(kind)].filter((part) => part !== '');
}
