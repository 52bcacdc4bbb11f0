/** What a request says about an export: `?claims=…&threads=0`. */
import { z } from 'zod';
import { claimChoices, everything, type ExportOptions } from '#core/export/options.ts';

const yes = z.enum(['0', '1']).transform((value) => value === '1');

export const exportQuery = z.strictObject({
  format: z.string().max(40),
  claims: z.enum(claimChoices).default(everything.claims),
  threads: yes.default(everything.threads),
  resolved: yes.default(everything.resolved),
  evidence: yes.default(everything.evidence),
  names: yes.default(everything.names),
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
