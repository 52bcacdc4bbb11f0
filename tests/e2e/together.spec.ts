import { expect, test } from '@playwright/test';
import { deskForThisFile } from './support/desk.ts';
import { SEEN_WITHIN } from './support/person.ts';

const desk = deskForThisFile();

test('UI21: an unlocked text is written by several at once, who see each other’s carets, until it is locked', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.button('Source text locked').click();
  await ana.page.getByRole('alertdialog').getByRole('button', { name: 'Unlock the text' }).click();
  for (const person of [ana, ben])
    await expect(person.page.locator('[data-report-text="open"]')).toBeVisible({ timeout: SEEN_WITHIN });

  await ana.putCaretAfter('for the third time');
  await ben.putCaretAfter('Nobody has published it');
  await expect(ben.page.locator('.text .caret')).toContainText('Ana');
  await expect(ana.page.locator('.text .caret')).toContainText('Ben');
  await Promise.all([ana.type(' this year'), ben.type(' so far')]);
  for (const person of [ana, ben]) {
    await person.readsText('for the third time this year.');
    await person.readsText('Nobody has published it so far.');
  }
  // As often as it takes: a pause while typing makes another step.
  await expect(async () => {
    await ana.press('Control+z');
    await ana.readsText('for the third time.');
  }).toPass({ timeout: 20_000 });
  await ben.readsText('for the third time.');
  await ben.readsText('Nobody has published it so far.');
  await ben.isSaved();

  await ben.button('Text unlocked').click();
  await ben.page.getByRole('alertdialog').getByRole('button', { name: 'Lock the text' }).click();
  await expect(ana.page.locator('[data-report-text="locked"]')).toBeVisible({ timeout: SEEN_WITHIN });
  await ana.putCaretAfter('for the third time');
  await ana.type('QQ');
  await ana.select('for the third time');
  await ana.readsText('for the third time.');
  const { text } = await desk.api(`/reports/${report.id}/text`);
  expect(text).toContain('Nobody has published it so far.');
  expect(text).not.toContain('QQ');
});

test('UI22: everybody sees who is here and what the others have selected, also in a locked text', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const { ana, ben, vera } = await desk.sitDown(browser, report, {
    ana: 'editor',
    ben: 'editor',
    vera: 'viewer',
  });
  for (const name of ['Ana', 'Ben', 'Vera']) await expect(ben.inTheBar(name)).toBeVisible();
  await ana.select('Four dock workers');
  await expect(vera.page.locator('.text .peer-selection')).toHaveText('Four dock workers', {
    timeout: SEEN_WITHIN,
  });
  await ana.page.close();
  await expect(ben.inTheBar('Ana')).toHaveCount(0);
  await expect(vera.page.locator('.text .peer-selection')).toHaveCount(0);
});
