// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';

const what = {
  kind: 'docx',
  notes: { threads: 2, claims: 0, suggestions: 0 },
  sentences: ['A chart on page 2 was left out.'],
};

/** As another page of this tab has it, after a reload. */
async function freshPage() {
  vi.resetModules();
  return import('../../../app/_import/left-out.ts');
}

afterEach(() => {
  sessionStorage.clear();
  vi.restoreAllMocks();
});

describe('UI57: what an import left out', () => {
  it('is known on the report’s screen until it was read, also after a reload', async () => {
    (await freshPage()).keepLeftOut('1', what);
    const page = await freshPage();
    expect(page.leftOutOf('1')).toEqual(what);
    expect(page.leftOutOf('2')).toBeNull();
    page.forgetLeftOut('1');
    expect(page.leftOutOf('1')).toBeNull();
    expect((await freshPage()).leftOutOf('1')).toBeNull();
  });

  it('is nothing where nothing was left out', async () => {
    const page = await freshPage();
    page.keepLeftOut('1', { ...what, sentences: [] });
    expect(page.leftOutOf('1')).toBeNull();
  });

  it('is known without storage to the page that imported it', async () => {
    const page = await freshPage();
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('denied');
    });
    page.keepLeftOut('1', what);
    expect(page.leftOutOf('1')).toEqual(what);
  });
});
