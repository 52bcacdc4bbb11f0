import { expect, test } from '@playwright/test';
import { deskForThisFile } from './support/desk.ts';

const desk = deskForThisFile();
const words = 'The meeting lasted 75 minutes';

test('UI23: work done offline is counted as kept here, survives a reload and arrives once', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const claim = await desk.addClaim(report, words);
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.openClaim(words);
  await ben.openClaim(words);
  await ana.goOffline();
  await ana.writeWhy('Written on the train.');
  await ana.say('Sent from the train.');
  await ana.closeCard();
  await ana.claim('A summit in Rotterdam was planned');
  await ana.type('Also from the train.');
  await expect(ana.saveState).toContainText(/Offline · \d+ changes kept on this device/);

  await ana.comeBack();
  await ana.page.reload();
  await ana.waitForText();
  await ana.isSaved();
  await ben.readsWhy('Written on the train.');
  await expect(ben.card.getByText('Sent from the train.')).toHaveCount(1);
  await expect(ben.stub('A summit in Rotterdam')).toHaveCount(1);
  await ben.openClaim('A summit in Rotterdam');
  await ben.readsWhy('Also from the train.');
  const { body } = await desk.api(`/claims/${claim}/comments`);
  expect(body.items).toHaveLength(1);
  const all = await desk.api(`/reports/${report.id}/claims`);
  expect(all.body.items).toHaveLength(2);
});

test('UI24: what others did meanwhile is there after coming back, without a reload', async ({ browser }) => {
  const report = await desk.importReport();
  await desk.addClaim(report, words);
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.openClaim(words);
  await ana.goOffline();
  await ana.writeWhy('Mine.');
  await ben.openClaim(words);
  await ben.writeWhy('His. ');
  await ben.say('Are you there?');
  await ben.closeCard();
  await ben.claim('Nobody has published it');
  await ben.isSaved();
  await ana.comeBack();
  await expect(ana.card).toContainText('Are you there?', { timeout: 20_000 });
  await expect(ana.highlight('Nobody has published it')).toBeVisible();
  await expect(ana.why).toContainText('Mine.');
  await expect(ana.why).toContainText('His.');
  await ana.isSaved();
});

test('UI39: a report that was open here opens again without a network, and what is written then arrives', async ({
  browser,
}) => {
  const report = await desk.importReport();
  await desk.addClaim(report, words);
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.isKeptHere();
  await ana.goOffline();
  await ana.page.reload();
  await ana.waitForText();
  await ana.openClaim(words);
  await ana.writeWhy('Written after a reload in the tunnel.');
  await ana.say('Still in the tunnel.');
  await ana.page.reload();
  await expect(ana.card).toContainText('Still in the tunnel.');
  await expect(ana.why).toContainText('Written after a reload in the tunnel.');
  await ana.comeBack();
  await ana.isSaved();
  await ben.openClaim(words);
  await ben.readsWhy('Written after a reload in the tunnel.');
  await expect(ben.card.getByText('Still in the tunnel.')).toHaveCount(1);
});

test('ED15: what was typed an instant before a reload is there after it, and arrives', async ({
  browser,
}) => {
  const report = await desk.importReport();
  await desk.addClaim(report, words);
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.isKeptHere();
  await ana.goOffline();
  await ana.openClaim(words);
  await ana.writeWhy('The last words before the tunnel’s end.');
  await ana.page.reload();
  await expect(ana.why).toContainText('The last words before the tunnel’s end.');
  await ana.comeBack();
  await ana.isSaved();
  await ben.openClaim(words);
  await ben.readsWhy('The last words before the tunnel’s end.');
});

test('UI40: whose session is over finds nothing of theirs without a network', async ({ browser }) => {
  const report = await desk.importReport();
  const { ana } = await desk.sitDown(browser, report, { ana: 'editor' });
  await ana.isKeptHere();
  await ana.page.goto('/reports');
  await ana.page.getByRole('button', { name: 'Account of Ana' }).click();
  await ana.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await ana.page.waitForURL(/\/sign-in/);
  await ana.page.context().setOffline(true);
  await ana.page.goto(`/reports/${report.id}`);
  await expect(ana.page.getByRole('heading', { name: 'You are offline' })).toBeVisible();
  await expect(ana.page.getByText(words)).toHaveCount(0);
});
