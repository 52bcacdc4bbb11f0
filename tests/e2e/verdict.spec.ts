import { expect, test } from '@playwright/test';
import { deskForThisFile } from './support/desk.ts';
import { SEEN_WITHIN } from './support/person.ts';

const desk = deskForThisFile();
const words = 'The meeting lasted 75 minutes';

test('UI11: a verdict that one proposes is signed off by another, never by its proposer', async ({
  browser,
}) => {
  const report = await desk.importReport();
  await desk.addClaim(report, words);
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.openClaim(words);
  await ben.openClaim(words);
  await ana.propose('Mostly true', 'It was 75 minutes and a break.');
  await expect(ana.card).toContainText('You proposed it; somebody else signs it off.');
  await expect(ana.card.getByRole('button', { name: 'Sign off' })).toHaveCount(0);

  await expect(ben.card).toContainText('It was 75 minutes and a break.', { timeout: SEEN_WITHIN });
  await expect(ben.card).toContainText('proposed by Ana');
  await ben.card.getByRole('button', { name: 'Sign off' }).click();
  await expect(ben.page.getByText('Signed off: Mostly true')).toBeVisible();
  await ben.button('Undo').click();
  await expect(ben.card.getByRole('button', { name: 'Sign off' })).toBeVisible();
  await ben.page.keyboard.press('Escape');
  await ben.openClaim(words);
  await ben.press('y');
  await expect(ana.card).toContainText('signed off by Ben', { timeout: 15_000 });
  await expect(ana.page.locator('.text .hl-decided')).toBeVisible();
});

test('UI12: who wrote in the “Why” is told so in place of signing off, and asks for changes are heard', async ({
  browser,
}) => {
  const report = await desk.importReport();
  await desk.addClaim(report, words);
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  const chloe = await desk.arrive(browser, 'Chloe', 'editor');
  await ana.openClaim(words);
  await ben.openClaim(words);
  await ben.writeWhy('I asked the spokeswoman.');
  await ana.readsWhy('I asked the spokeswoman.');
  await ben.isSaved();
  await ana.propose('True');
  await ben.card.getByRole('button', { name: 'Sign off' }).click();
  await expect(ben.card.getByRole('alert')).toContainText('You wrote in its “Why”', { timeout: 15_000 });
  await expect(ana.card).not.toContainText('signed off by');

  await chloe.openReport(report);
  await chloe.openClaim(words);
  await chloe.card.getByRole('button', { name: 'Ask for changes' }).click();
  await chloe.card.getByRole('textbox', { name: 'What should change?' }).fill('Which spokeswoman?');
  await chloe.card.getByRole('button', { name: 'Ask for changes' }).click();
  await expect(ana.card).toContainText('Which spokeswoman?', { timeout: SEEN_WITHIN });
  await expect(chloe.card).toContainText('It is Ana’s turn');
});

test('UI13: what changed since it was proposed is shown as a difference in place of the buttons', async ({
  browser,
}) => {
  const report = await desk.importReport();
  await desk.addClaim(report, words);
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.openClaim(words);
  await ana.writeWhy('Two people said so.');
  await ana.isSaved();
  await ana.propose('True');
  await ben.openClaim(words);
  await ben.card.getByRole('button', { name: 'Sign off' }).click();
  await ana.writeWhy(' One of them doubts it now.');
  await ana.isSaved();
  await expect(ben.card).toContainText('The “Why” was changed since it was proposed', { timeout: 15_000 });
  await expect(ben.card.locator('ins')).toContainText('One of them doubts it now.');
  await expect(ben.card.getByRole('button', { name: 'Sign off' })).toHaveCount(0);
  await expect(ana.card).not.toContainText('signed off by');
});

test('UI14: words that change under a verdict ask for a re-check and show what they were', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const id = await desk.addClaim(report, words);
  const [anaMember, benMember] = [await desk.member('Ana', 'editor'), await desk.member('Ben', 'editor')];
  await desk.api(`/claims/${id}/verdict`, { method: 'PUT', json: { rating: 'true' } }, anaMember.token);
  await desk.api(`/claims/${id}/review`, { method: 'POST', json: { decision: 'approve' } }, benMember.token);
  await desk.api(`/reports/${report.id}`, { method: 'PATCH', json: { locked: false } });
  const { ben, chloe } = await desk.sitDown(browser, report, { ben: 'editor', chloe: 'editor' });
  await ben.openClaim(words);
  await expect(ben.card).toContainText('signed off by Ben');

  await chloe.putCaretAfter('lasted 7');
  await chloe.type('0');
  await expect(ben.page.locator('.text .hl-recheck').first()).toBeVisible({ timeout: SEEN_WITHIN });
  await expect(ben.card).toContainText('Chloe changed the words');
  await expect(ben.card.locator('ins')).toContainText('705');
  await ben.card.getByRole('button', { name: 'It still holds' }).click();
  await expect(ben.card).toContainText('proposed by Ben');
});

test('UI15: two verdicts at once stand beside each other until one is chosen', async ({ browser }) => {
  const report = await desk.importReport();
  await desk.addClaim(report, words);
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.openClaim(words);
  await ben.openClaim(words);
  await ben.goOffline();
  await ben.propose('False', 'It was an hour.');
  await ana.propose('True', 'It was as they say.');
  await expect(ana.card).toContainText('It was as they say.');
  await ana.isSaved();
  await ben.comeBack();
  for (const person of [ana, ben]) {
    await expect(person.card).toContainText('Two verdicts stand.', { timeout: 15_000 });
    await expect(person.card).toContainText('It was an hour.');
    await expect(person.card).toContainText('It was as they say.');
  }
  await ana.card.getByRole('button', { name: 'Settle on “False”' }).click();
  await expect(ben.card).not.toContainText('Two verdicts stand.');
});

test('UI16: of a quotation it is asked apart whether it was said', async ({ browser }) => {
  const report = await desk.importReport();
  await desk.addClaim(report, 'We are closer than we ever were', { type: 'quotation' });
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.openClaim('We are closer');
  await ben.openClaim('We are closer');
  await ana.card.getByRole('button', { name: /Was it said/ }).click();
  await ana.menu('Said otherwise');
  await expect(ben.card.getByRole('region', { name: 'Was it said?' })).toContainText('Said otherwise', {
    timeout: SEEN_WITHIN,
  });
  await expect(ben.card.getByRole('group', { name: 'Is it so?' })).toBeVisible();
});
