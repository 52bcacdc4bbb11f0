/** What a request says about an export: `?claims=…&threads=0`. */
import { z } from 'zod';
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
  threads: flag(everything.threads),
  resolved: flag(everything.resolved),
  evidence: flag(everything.evidence),
  names: flag(everything.names),
});

export function optionsIn({
  claims,
  threads,
  resolved,
  evidence,
  names,
}: z.output<typeof exportQuery>): ExportOptions {
  return { claims, threads, resolved, evidence, names };
}
