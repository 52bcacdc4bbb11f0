import { expect, test, type Locator } from '@playwright/test';
import { figure, figureReport, paragraph } from '#tests/support/figure-report.ts';
import { chart } from '#tests/support/images.ts';
import { deskForThisFile, type Report } from './support/desk.ts';

const desk = deskForThisFile();
const caption = 'Boxes unloaded in a shift, from Monday to Saturday';

async function importFigures(): Promise<Report> {
  const json = figureReport(
    [
      paragraph('The port counted 135 boxes in its last shift.'),
      figure(chart, caption, [640, 360]),
      paragraph('No other port came near that number this week.'),
      figure({ sha256: 'f'.repeat(64) }, 'A map of the quay'),
      paragraph('The count was published on Sunday.'),
    ],
    [chart],
  );
  const { body } = await desk.api('/reports', { method: 'POST', json });
  return { id: String(body.id), title: String(body.title) };
}

const isShown = (image: Locator): Promise<boolean> =>
  image.evaluate((element: HTMLImageElement) => element.complete && element.naturalWidth === 320);

test('UI41: a figure is shown with what it is called, and a claim crosses it', async ({ browser }) => {
  const report = await importFigures();
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  const shown = ana.text.getByRole('img', { name: caption });
  await expect.poll(() => isShown(shown)).toBe(true);
  expect(await shown.boundingBox()).toMatchObject({
    height: expect.closeTo(((await shown.boundingBox())?.width ?? 0) * 0.5625, 0),
  });
  await expect(ana.text.locator('figcaption').first()).toHaveText(caption);
  await ana.claim('in its last shift.', 'No other port');
  await ana.press('Escape');
  await expect(ben.stub('in its last shift')).toBeVisible();
  const id = (await ben.stub('in its last shift').getAttribute('data-stub')) ?? '';
  expect(await ben.markedWords(id)).toBe('in its last shift.No other port');
  // By keyboard one passes over it, and sees where one is.
  await ana.clickOn('The port counted');
  await ana.press('End', 'ArrowDown');
  await expect(ana.text.locator('figure.ProseMirror-selectednode')).toHaveCount(1);
  await ana.press('ArrowDown');
  await expect(ana.text.locator('figure.ProseMirror-selectednode')).toHaveCount(0);
});

test('UI42: a figure whose image does not exist says so and shows what it is called', async ({ browser }) => {
  const report = await importFigures();
  const { vera } = await desk.sitDown(browser, report, { vera: 'viewer' });
  const missing = vera.text.locator('figure[data-missing]');
  await expect(missing).toHaveCount(1);
  await expect(missing).toHaveAttribute('data-missing', 'Image not available');
  await expect(missing.locator('figcaption')).toHaveText('A map of the quay');
  await expect(missing.getByRole('img', { name: 'A map of the quay' })).toBeAttached();
});

test('UI43: a report opens with its images without a network, and not after the session', async ({
  browser,
}) => {
  const report = await importFigures();
  const { ana } = await desk.sitDown(browser, report, { ana: 'editor' });
  const shown = ana.text.getByRole('img', { name: caption });
  await ana.isKeptHere();
  const isKept = (): Promise<boolean> =>
    ana.page.evaluate(
      async (name) => (await caches.match(`/api/v1/images/${name}`, { ignoreVary: true })) !== undefined,
      chart.sha256,
    );
  await expect.poll(isKept).toBe(true);
  await ana.goOffline();
  await ana.page.reload();
  await ana.waitForText();
  await expect.poll(() => isShown(shown)).toBe(true);
  await ana.comeBack();
  await ana.page.goto('/reports');
  await ana.page.getByRole('button', { name: 'Account of Ana' }).click();
  await ana.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await ana.page.waitForURL(/\/sign-in/);
  await expect.poll(isKept).toBe(false);
});
