import { expect, test } from '@playwright/test';
import { deskForThisFile } from './support/desk.ts';
import { Person, SEEN_WITHIN } from './support/person.ts';

const desk = deskForThisFile({ PROOFDESK_DEMO: 'on' });

test('UI1: a newcomer is in the demo report with one click and sees live work with a second', async ({
  browser,
}) => {
  const ana = await desk.stranger(browser, 'Ana');
  await ana.page.goto('/');
  await ana.button(/Try the demo as Ana/).click();
  await ana.page.waitForURL(/\/reports\/[0-9a-f-]{36}/);
  await ana.waitForText();
  await expect(ana.page.locator('[data-stub]').first()).toBeVisible();

  const popup = ana.page.waitForEvent('popup');
  await ana.button('Open Ben beside me').click();
  const ben = new Person('Ben', await popup);
  await ben.page.setViewportSize({ width: 1440, height: 900 });
  await ben.waitForText();
  await expect(ana.inTheBar('Ben Okafor')).toBeVisible();
  await expect(ben.inTheBar('Ana Reyes')).toBeVisible();

  const words = 'The call lasted 75 minutes';
  await ana.openClaim(words);
  await ben.openClaim(words);
  await ben.say('I rang the press office again.');
  await expect(ana.comment('I rang the press office again.')).toBeVisible({ timeout: SEEN_WITHIN });
  await ana.putCaretAfter('The call lasted');
  await expect(ben.page.locator('.text .caret')).toContainText('Ana Reyes');
  expect(ben.troubles).toEqual([]);
});

test('UI2: an account’s own address is asked for a sign-in, and leads back to where one wanted to go', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const { email, password } = await desk.member('Chloe', 'editor');
  const chloe = await desk.stranger(browser, 'Chloe');
  await chloe.page.goto(`/reports/${report.id}`);
  await chloe.page.waitForURL(/\/sign-in/);
  await chloe.page.getByLabel('E-mail address').fill(email);
  await chloe.page.getByLabel('Password', { exact: true }).fill('not this one');
  await chloe.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(chloe.page.getByText('E-mail address or password is wrong.')).toBeVisible();
  await chloe.page.getByLabel('Password', { exact: true }).fill(password);
  await chloe.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await chloe.page.waitForURL(new RegExp(`/reports/${report.id}`));
  await chloe.waitForText();
});

test('UI72: a sign-in sent before the page’s code arrived asks again, with no password in the address', async ({
  browser,
}) => {
  const { email, password } = await desk.member('Dora', 'editor');
  const dora = await desk.stranger(browser, 'Dora');
  const letCodeArrive = await dora.holdCode();
  await dora.page.goto('/sign-in', { waitUntil: 'commit' });
  await dora.page.getByLabel('E-mail address').fill(email);
  await dora.page.getByLabel('Password', { exact: true }).fill(password);
  await dora.page.getByLabel('Password', { exact: true }).press('Enter');
  await expect(dora.page.getByLabel('E-mail address')).toHaveValue('');
  expect(dora.page.url()).not.toContain(encodeURIComponent(password));
  await dora.page.getByLabel('E-mail address').fill(email);
  await dora.page.getByLabel('Password', { exact: true }).fill(password);
  letCodeArrive();
  await dora.page.waitForLoadState('load');
  await dora.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await dora.page.waitForURL(/\/reports/);
});
