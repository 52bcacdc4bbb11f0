import { expect, test } from '@playwright/test';
import { deskForThisFile } from './support/desk.ts';

const desk = deskForThisFile();

test('UI25: what was shown as saved is there for everybody after the server was killed', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const report = await desk.importReport();
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.claim('Four dock workers were injured');
  await ana.type('The hospital counted four.');
  await ana.say('Two of them went home today.');
  await ana.isSaved();
  await desk.cutPower();
  await expect(ana.saveState).toHaveAttribute('data-save', 'offline', { timeout: 20_000 });

  await desk.open();
  for (const person of [ana, ben]) {
    await person.page.reload();
    await person.waitForText();
    await expect(person.highlight('Four dock workers were injured')).toBeVisible();
  }
  await ben.openClaim('Four dock workers');
  for (const person of [ana, ben]) {
    await person.readsWhy('The hospital counted four.');
    await expect(person.card).toContainText('Two of them went home today.');
  }
  await ben.writeWhy(' They still do.');
  await ana.readsWhy('The hospital counted four. They still do.');
});

test('UI26: a page that stays open finds the server again by itself', async ({ browser }) => {
  test.setTimeout(120_000);
  const report = await desk.importReport();
  await desk.addClaim(report, 'Nobody has published it');
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.openClaim('Nobody has published it');
  await desk.cutPower();
  await expect(ana.saveState).toHaveAttribute('data-save', 'offline', { timeout: 20_000 });
  await ana.writeWhy('Written while it was down.');
  await ana.say('Said while it was down.');
  await desk.open();
  await ana.isSaved();
  await ben.openClaim('Nobody has published it');
  await ben.readsWhy('Written while it was down.');
  await expect(ben.card).toContainText('Said while it was down.', { timeout: 20_000 });
});
