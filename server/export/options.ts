/** What a request says about an export: `?claims=…&rating=…&threads=0`. */
import { z } from 'zod';
import { claimCriteria } from '#core/claim-criteria.ts';
import { claimChoices, everything, type ExportOptions } from '#core/export/options.ts';
import { exportFormats, isExportFormat } from './formats.ts';

const flag = (isOn: boolean) =>
  z
    .enum(['0', '1'])
    .default(isOn ? '1' : '0')
    .transform((value) => value === '1');

export const exportQuery = z.strictObject({
  format: z.enum(Object.keys(exportFormats).filter(isExportFormat)),
  claims: z.enum(claimChoices).default(everything.claims),
  ...claimCriteria,
  threads: flag(everything.threads),
  resolved: flag(everything.resolved),
  evidence: flag(everything.evidence),
  names: flag(everything.names),
});

export function optionsIn(query: z.output<typeof exportQuery>): ExportOptions {
  const { claims, threads, resolved, evidence, names } = query;
  const { status, rating, type, assignee, tag } = query;
  return { claims, criteria: { status, rating, type, assignee, tag }, threads, resolved, evidence, names };
}
