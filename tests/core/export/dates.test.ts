/** Dates that people wrote are the same words on every machine. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleSchema, toBundle } from '#core/export/bundle.ts';
import { exportFormats, isExportFormat } from '#core/export/formats.ts';
import { buildProjection } from '#core/export/projection.ts';
import { day, time } from '#core/export/wording.ts';
import { claim, evidence, input, verdict } from './rich-report.ts';

const WRITTEN = ['12/28/2025', 'March 2024', '2025-12-28T01:00:00', '2025'];

describe('a date', () => {
  test('EX68 is set in words when it is one of ISO 8601, and stays what somebody wrote otherwise', () => {
    expect(day('2025-12-28')).toBe('28 Dec 2025');
    expect(day('2025-12-28T23:30:00-05:00')).toBe('29 Dec 2025');
    for (const written of WRITTEN) expect([day(written), time(written)]).toEqual([written, written]);
  });

  test('EX68 is the same in every time zone', () => {
    const wording = path.resolve(import.meta.dirname, '../../../core/export/wording.ts');
    const program = `const { day } = await import(${JSON.stringify(wording)}); console.log(JSON.stringify(${JSON.stringify([...WRITTEN, '2025-12-28'])}.map(day)));`;
    const inZone = (zone: string): unknown =>
      JSON.parse(
        execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
          env: { ...process.env, TZ: zone },
          encoding: 'utf8',
        }),
      );
    const expected = [...WRITTEN, '28 Dec 2025'];
    expect([inZone('Pacific/Kiritimati'), inZone('Pacific/Pago_Pago')]).toEqual([expected, expected]);
  });

  test.each(Object.keys(exportFormats).filter(isExportFormat))(
    'EX68 that is only words is in no field of %s that is for dates',
    (name) => {
      const words = '12/28/2025';
      const claims = [
        claim(10, 'The call lasted 75 minutes', {
          claimDate: words,
          status: 'decided',
          verdict: verdict(10, 'true', { words: 'The call lasted 75 minutes' }),
          evidence: [evidence(130, 10, { publishedAt: words })],
        }),
      ];
      const projection = buildProjection({ ...input, claims, threads: [], verdicts: [] });
      const out = exportFormats[name].format(projection);
      if (name === 'claimreview') expect(out).not.toContain(words);
      else if (name === 'json') expect(bundleSchema.safeParse(toBundle(projection)).success).toBe(true);
      else expect(out).toContain(words);
    },
  );
});
