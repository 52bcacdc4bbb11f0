/**
 * What goes into an export. Whatever is chosen here, what is desk only stays out. It is applied where the projection
 * is built, so every format leaves out the same.
 */
import { meets, type ClaimCriteria } from '../claim-criteria.ts';
import type { ClaimRecord, ThreadRecord } from '../records.ts';
import { isFinal, standingOf } from './standing.ts';

/** `decided`: with a verdict of any standing; `signed_off`: whose verdict readers may take as the desk's. */
export const claimChoices = ['all', 'decided', 'signed_off'] as const;

export interface ExportOptions {
  readonly claims: (typeof claimChoices)[number];
  /** Of these, only the ones that meet them. */
  readonly criteria: ClaimCriteria;
  readonly threads: boolean;
  /** Also threads that are resolved. */
  readonly resolved: boolean;
  readonly evidence: boolean;
  /** False: people are "Person 1", "Person 2" … also in what somebody wrote (names.ts). */
  readonly names: boolean;
}

export const everything: ExportOptions = {
  claims: 'all',
  criteria: {},
  threads: true,
  resolved: true,
  evidence: true,
  names: true,
};

/** `now`: ISO 8601, for verdicts that are good until some hour. */
export function isChosen(claim: ClaimRecord, { claims, criteria }: ExportOptions, now: string): boolean {
  if (!meets(claim, criteria)) return false;
  if (claims === 'all') return true;
  if (claim.verdict === null) return false;
  return claims === 'decided' || isFinal(standingOf(claim.verdict, claim, now));
}

export function mayTell(thread: ThreadRecord, { threads, resolved }: ExportOptions): boolean {
  return !thread.deskOnly && threads && (resolved || thread.state !== 'resolved');
}
