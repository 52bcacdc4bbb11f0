import { describe, expect, it } from 'vitest';
import { exportFormats } from '#server/export/formats.ts';
import {
  exportAddress,
  firstChoice,
  formatNames,
  keepChoice,
  lastChoice,
  previewAddress,
  zipAddress,
} from '../../../app/_export/export-choice.ts';

function storage(kept?: string) {
  let value = kept ?? null;
  return {
    getItem: () => value,
    setItem: (_name: string, next: string) => {
      value = next;
    },
  };
}

describe('the choice of an export', () => {
  it('UI50: is the last one of this browser', () => {
    const kept = storage();
    expect(lastChoice(kept)).toEqual(firstChoice);
    const choice = { ...firstChoice, format: 'pdf', claims: 'decided', names: false } as const;
    keepChoice(kept, choice);
    expect(lastChoice(kept)).toEqual(choice);
  });

  it.each(['', '{', '[]', 'null', '7', '{"format":"exe","claims":3,"names":"no"}'])(
    'is the first one where %j was kept',
    (kept) => {
      expect(lastChoice(storage(kept))).toEqual(firstChoice);
    },
  );

  it('does without a storage that refuses', () => {
    const refuses = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('full');
      },
    };
    keepChoice(refuses, firstChoice);
    expect(lastChoice(refuses)).toEqual(firstChoice);
    expect(lastChoice(null)).toEqual(firstChoice);
  });

  it('names what differs from everything in the address', () => {
    expect(exportAddress('1', firstChoice)).toBe('/api/v1/reports/1/export?format=docx');
    expect(
      exportAddress('1', {
        ...firstChoice,
        format: 'pdf',
        claims: 'signed_off',
        threads: false,
        names: false,
      }),
    ).toBe('/api/v1/reports/1/export?format=pdf&claims=signed_off&threads=0&names=0');
    expect(previewAddress('1', { ...firstChoice, evidence: false })).toBe(
      '/api/v1/reports/1/export?format=html&evidence=0&inline=1',
    );
    expect(zipAddress(['1', '2'], firstChoice)).toBe('/api/v1/export?format=docx&report=1&report=2');
    expect(zipAddress('all', { ...firstChoice, resolved: false })).toBe(
      '/api/v1/export?format=docx&all=1&resolved=0',
    );
  });

  it('UI71: names criteria in the address, and does not keep them', () => {
    const choice = { ...firstChoice, only: { rating: 'false', tag: ' #War & peace ', status: '' } };
    expect(exportAddress('1', choice)).toBe(
      '/api/v1/reports/1/export?format=docx&rating=false&tag=War%20%26%20peace',
    );
    const kept = storage();
    keepChoice(kept, choice);
    expect(lastChoice(kept)).toEqual(firstChoice);
    expect(lastChoice(storage('{"only":{"rating":"false"}}'))).toEqual(firstChoice);
  });

  it('UI48: offers every format that there is', () => {
    expect(Object.keys(exportFormats).filter((name) => !formatNames.some((ours) => ours === name))).toEqual(
      [],
    );
  });
});
