import { expect, test } from '@playwright/test';
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
