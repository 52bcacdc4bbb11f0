import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/accessibility.ts';
import { deskForThisFile } from './support/desk.ts';
import { SEEN_WITHIN } from './support/person.ts';

const desk = deskForThisFile();

test('UI32: who loses the right to write is told at once and writes no more', async ({ browser }) => {
  const report = await desk.importReport();
  await desk.addClaim(report, 'Nobody has published it');
  const { eva, ben } = await desk.sitDown(browser, report, { eva: 'editor', ben: 'editor' });
  await eva.openClaim('Nobody has published it');
  await ben.openClaim('Nobody has published it');
  await desk.api(`/members/${eva.id}`, { method: 'PATCH', json: { role: 'viewer' } });
  await expect(eva.page.getByText('You may no longer write here.')).toBeVisible({ timeout: SEEN_WITHIN });
  await expect(eva.text).toContainText('Nobody has published it');
  await eva.page.reload();
  await eva.waitForText();
  await expect(eva.card).toBeVisible();
  await expect(eva.why).toHaveAttribute('contenteditable', 'false');
  await expect(eva.card.locator('textarea')).toHaveCount(0);
});

test('UI70: words that came after the text was locked stand there to be copied, until they are discarded', async ({
  browser,
}) => {
  const report = await desk.importReport();
  // Another than Eva, who has become a viewer.
  const { cleo, ben } = await desk.sitDown(browser, report, { cleo: 'editor', ben: 'editor' });
  await ben.button('Source text locked').click();
  await ben.page.getByRole('alertdialog').getByRole('button', { name: 'Unlock the text' }).click();
  await expect(cleo.page.locator('[data-report-text="open"]')).toBeVisible({ timeout: SEEN_WITHIN });
  await cleo.goOffline();
  await cleo.putCaretAfter('Nobody has published it');
  await cleo.type(' so far');
  await ben.button('Text unlocked').click();
  await ben.page.getByRole('alertdialog').getByRole('button', { name: 'Lock the text' }).click();
  await expect(ben.page.locator('[data-report-text="locked"]')).toBeVisible({ timeout: SEEN_WITHIN });
  // His page shows it at once; what comes before the server has it is rightly taken.
  await expect.poll(async () => (await desk.api(`/reports/${report.id}`)).body.locked).toBe(true);

  await cleo.comeBack();
  const notice = cleo.page.getByRole('alert').filter({ hasText: 'did not take some of your words' });
  await expect(notice.locator('blockquote')).toHaveText([/Nobody has published it so far/], {
    timeout: 20_000,
  });
  await expect(notice).toContainText('The text was locked when they came.');
  await expectAccessible(cleo.page, 'words that were not taken');
  await expect(cleo.text).not.toContainText('so far');

  await cleo.page.reload();
  await cleo.waitForText();
  await expect(notice.locator('blockquote')).toHaveCount(1, { timeout: 20_000 });
  await notice.getByRole('button', { name: 'Discard' }).click();
  await expect(notice).toHaveCount(0);
  await cleo.isSaved();
});

test('UI33: who is removed from the workspace is told at once and is out', async ({ browser }) => {
  const report = await desk.importReport();
  const { finn } = await desk.sitDown(browser, report, { finn: 'editor' });
  await desk.api(`/members/${finn.id}`, { method: 'DELETE' });
  await expect(finn.page.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible({ timeout: SEEN_WITHIN });
  await finn.page.goto(`/reports/${report.id}`);
  await expect(finn.page.locator('.text')).toHaveCount(0);
});

test('UI34: a report that is deleted while it is open says so and leads to the others', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const { ana } = await desk.sitDown(browser, report, { ana: 'editor' });
  await desk.api(`/reports/${report.id}`, { method: 'DELETE' });
  await expect(ana.page.getByText('This report was deleted.')).toBeVisible({ timeout: SEEN_WITHIN });
  await ana.page.getByRole('link', { name: 'To the reports' }).click();
  await ana.page.waitForURL(/\/reports$/);
  await ana.page.goto(`/reports/${report.id}`);
  await expect(ana.page.getByText('There is no such report for you')).toBeVisible();
});

test('UI35: who signs out elsewhere is asked to sign in again, and what was kept is sent then', async ({
  browser,
}) => {
  const report = await desk.importReport();
  await desk.addClaim(report, 'Nobody has published it');
  const { gus } = await desk.sitDown(browser, report, { gus: 'editor' });
  await gus.openClaim('Nobody has published it');
  const second = await gus.page.context().newPage();
  await second.goto('/reports');
  await second.getByRole('button', { name: 'Account of Gus' }).click();
  await second.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(second).toHaveURL(/\/sign-in/);
  await expect(gus.page.getByText('Your session has ended.')).toBeVisible({ timeout: SEEN_WITHIN });
  await gus.button('Sign in').click();
  await gus.page.getByLabel('E-mail address').fill(gus.member?.email ?? '');
  await gus.page.getByLabel('Password', { exact: true }).fill(gus.member?.password ?? '');
  await gus.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await gus.waitForText();
  await expect(gus.card).toContainText('Nobody has published it');
});
