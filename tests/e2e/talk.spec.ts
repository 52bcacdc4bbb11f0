import { expect, test } from '@playwright/test';
import { deskForThisFile } from './support/desk.ts';
import { SEEN_WITHIN } from './support/person.ts';

const desk = deskForThisFile();

test('UI8: people talk in a claim’s thread: mention, reply, edit, delete, resolve, reopen', async ({
  browser,
}) => {
  const report = await desk.importReport();
  await desk.addClaim(report, 'The meeting lasted 75 minutes');
  const { ben, dara } = await desk.sitDown(browser, report, { ben: 'editor', dara: 'commenter' });
  await dara.openClaim('The meeting lasted 75 minutes');
  await ben.openClaim('The meeting lasted 75 minutes');

  await dara.say('I was there, it was longer.');
  await expect(ben.comment('I was there')).toBeVisible({ timeout: SEEN_WITHIN });
  await ben.chooseInComment('I was there', 'Dara', 'Reply');
  await ben.field('Reply to Dara').fill('How long then?');
  await ben.press('Enter');
  await expect(dara.comment('How long then?')).toBeVisible({ timeout: SEEN_WITHIN });

  const field = dara.field('Write a comment');
  await field.pressSequentially('@Be');
  await dara.page.getByRole('option', { name: 'Ben' }).waitFor();
  await dara.press('Enter');
  await field.pressSequentially('eighty minutes');
  await dara.press('Enter');
  await expect(ben.comment('eighty minutes')).toContainText('@Ben');

  await dara.chooseInComment('I was there', 'Dara', 'Edit');
  await dara.field('Edit').fill('I was there, it was shorter.');
  await dara.press('Enter');
  await expect(ben.card).toContainText('it was shorter.');
  await expect(ben.card).toContainText('edited');
  await dara.chooseInComment('eighty minutes', 'Dara', 'Delete');
  await expect(ben.card).not.toContainText('eighty minutes');

  await ben.comment('it was shorter').hover();
  await ben.card.getByRole('button', { name: 'Resolve' }).click();
  await expect(dara.card).toContainText('Resolved by Ben');
  await expect(dara.card.getByRole('button', { name: 'Reopen' })).toHaveCount(0);
  await ben.card.getByRole('button', { name: 'Reopen' }).click();
  await expect(dara.card).not.toContainText('Resolved by Ben');

  await ben.page.goto('/reports');
  await expect(ben.button(/^Inbox, \d+ unread/)).toBeVisible();
});

test('UI9: a commenter comments on words and proposes a claim, and is offered nothing that is an editor’s', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const { ben, dara } = await desk.sitDown(browser, report, { ben: 'editor', dara: 'commenter' });
  await dara.select('The ferry line opens again in May');
  await dara.press('m');
  await expect(dara.field('New comment on the selected words')).toBeFocused();
  await dara.type('Which year?');
  await dara.press('Enter');
  await expect(ben.stub('Which year?')).toBeVisible({ timeout: SEEN_WITHIN });
  await expect(ben.page.locator('.text .cm')).toHaveText('The ferry line opens again in May');

  await dara.select('Nobody has published it');
  await dara.press('c');
  await expect(dara.card).toContainText('Nobody has published it');
  await expect(dara.card.getByRole('group', { name: 'Is it so?' })).toHaveCount(0);
  await expect(dara.card.getByRole('button', { name: /Add evidence/ })).toHaveCount(0);
  await expect(dara.card.locator('[contenteditable="true"]')).toHaveCount(0);
  await expect(dara.button('Source text locked')).toHaveCount(0);

  await ben.openClaim('Nobody has published it');
  await expect(ben.card).toContainText('Dara suggests to check this.');
  await ben.card.getByRole('button', { name: 'Take it in' }).click();
  await expect(ben.card.getByRole('group', { name: 'Is it so?' })).toBeVisible();
  await expect(dara.page.locator('.text .hl-open')).toHaveText('Nobody has published it');
});

test('UI10: a viewer reads everything and sees no control that would be refused', async ({ browser }) => {
  const report = await desk.importReport();
  const claim = await desk.addClaim(report, 'Nobody has published it');
  await desk.api(`/claims/${claim}/comments`, { method: 'POST', json: { body: 'Ask the spokeswoman.' } });
  const { vera } = await desk.sitDown(browser, report, { vera: 'viewer' });
  await vera.drag('Four dock workers were injured');
  await expect(vera.selectionBar).toHaveCount(0);
  await vera.press('c');
  await vera.openClaim('Nobody has published it');
  await expect(vera.card).toContainText('Ask the spokeswoman.');
  const buttons = await vera.card
    .getByRole('button')
    .evaluateAll((all) => all.map((button) => button.getAttribute('aria-label') ?? button.textContent));
  expect(buttons.map((name) => name.replace(/·.*/, '').trim()).sort()).toEqual(['Close', 'More']);
  await expect(vera.card.getByRole('textbox')).toHaveCount(1);
  await expect(vera.why).toHaveAttribute('contenteditable', 'false');
  await expect(vera.page.locator('[data-stub]')).toHaveCount(0);
});
