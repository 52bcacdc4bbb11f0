import { describe, expect, test } from 'vitest';
import { exportFormats, isExportFormat, type ExportFormatName } from '#core/export/formats.ts';
import { buildProjection } from '#core/export/projection.ts';
import { expectGolden } from './golden.ts';
import { input, richProjection } from './rich-report.ts';

const names = Object.keys(exportFormats).filter(isExportFormat);

function written(name: ExportFormatName): string {
  return exportFormats[name].format(richProjection());
}

/** What tells of signed-off claims only has nothing to say of the others. */
const ofAll = names.filter((name) => name !== 'claimreview');

describe.each(names)('%s', (name) => {
  test('EX7 is the same as the file that somebody has looked at', () => {
    expectGolden(`report.${exportFormats[name].extension}`, written(name));
  });

  test('EX6 is the same bytes for the same state, whatever order the records come in', () => {
    const shuffled = buildProjection({
      ...structuredClone(input),
      claims: [...structuredClone(input.claims)].reverse().map((claim) => ({
        ...claim,
        evidence: [...claim.evidence].reverse(),
        tags: [...claim.tags].reverse(),
      })),
      threads: [...structuredClone(input.threads)]
        .reverse()
        .map((thread) => ({ ...thread, comments: [...thread.comments].reverse() })),
    });
    expect(exportFormats[name].format(shuffled)).toBe(written(name));
  });

  test('EX1 holds not a byte of what is desk only', () => {
    expect(written(name)).not.toMatch(/DESKONLY/i);
  });

  test('EX9 passes on no link that runs', () => {
    expect(JSON.stringify(input.doc)).toContain('javascript:alert(1)');
    expect(written(name)).not.toContain('javascript:alert(1)');
  });

  test('EX2 names people and never their ids', () => {
    const out = written(name);
    expect(out).toContain('Ben Okafor');
    expect(out).not.toContain('000000000909');
    expect(out).not.toContain('member:');
  });

  test('EX5 is complete for a report without claims', () => {
    const bare = buildProjection({
      ...structuredClone(input),
      claims: [],
      threads: [],
      rationales: new Map(),
      verdicts: [],
    });
    expect(exportFormats[name].format(bare)).toBeTypeOf('string');
  });
});

describe.each(ofAll)('%s', (name) => {
  test('EX3 gives no stale, disputed or unsigned verdict as final and says when one person signed alone', () => {
    const out = written(name);
    expect(out).toMatch(/signed.off.alone/i);
    expect(out).toContain('Nobody else is on duty tonight');
    expect(out).toMatch(/needs re-check|"stale"/i);
    expect(out).toMatch(/disputed/i);
    expect(out).toMatch(/not signed off|"proposed"/i);
  });

  test('EX4 lists claims that have no place', () => {
    const out = written(name);
    expect(out).toContain('the words that were cut');
    expect(out).toMatch(/not found in( the)? text|orphaned|"exact": "the words that were cut"/i);
  });
});

test('what takes a thread is not in core', () => {
  expect(isExportFormat('docx')).toBe(false);
  expect(isExportFormat('toString')).toBe(false);
});
