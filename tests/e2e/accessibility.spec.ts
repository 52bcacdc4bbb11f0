import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/accessibility.ts';
import { deskForThisFile } from './support/desk.ts';
import type { Person } from './support/person.ts';

const desk = deskForThisFile({ PROOFDESK_DEMO: 'on' });

async function enterDemo(person: Person): Promise<void> {
  await person.page.goto('/sign-in');
  await person.button(/Try the demo as Ana/).click();
  await person.page.waitForURL(/\/reports\/[0-9a-f-]{36}/);
  await person.waitForText();
}

test('UI36: sign-in, an empty home, the import and the settings pass axe', async ({ browser }) => {
  test.setTimeout(120_000);
  const stranger = await desk.stranger(browser, 'Stranger');
  await stranger.page.goto('/sign-in');
  await expect(stranger.button(/Try the demo as Ana/)).toBeVisible();
  await expectAccessible(stranger.page, 'sign-in');

  const ana = await desk.arrive(browser, 'Ana', 'owner');
  await ana.page.goto('/reports');
  await expect(ana.page.getByText('Nothing to check yet')).toBeVisible();
  await expectAccessible(ana.page, 'empty home');
  await ana.button('Import report').first().click();
  const dialog = ana.page.getByRole('dialog', { name: 'Import a report' });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toContainText('Paste a text, give an address or choose a file first.');
  await expectAccessible(ana.page, 'import with an error');
  for (const section of ['people', 'tokens', 'appearance']) {
    await ana.page.goto(`/settings/${section}`);
    await expect(ana.page.getByRole('heading').first()).toBeVisible();
    await expectAccessible(ana.page, `settings, ${section}`);
  }
});

test('UI37: home, the report, open cards, the palette and the list of shortcuts pass axe', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const ana = await desk.stranger(browser, 'Ana');
  await enterDemo(ana);
  await expect(ana.page.locator('[data-stub]').first()).toBeVisible();
  await expectAccessible(ana.page, 'report');
  await ana.openClaim('The call lasted 75 minutes');
  await expectAccessible(ana.page, 'decided claim');
  await ana.openClaim('a 20-point peace framework');
  await expectAccessible(ana.page, 'another claim');
  await ana.select('telephone');
  await expectAccessible(ana.page, 'selected words');
  await ana.press('Escape', '?');
  await expect(ana.page.getByRole('dialog')).toBeVisible();
  await expectAccessible(ana.page, 'shortcuts');
  await ana.press('Escape');
  await ana.press('Control+k');
  await ana.page.getByPlaceholder('Find reports, claims, people').fill('call');
  await expect(ana.page.getByRole('option').first()).toBeVisible();
  await expectAccessible(ana.page, 'palette');
  await ana.page.goto('/reports');
  await expect(ana.page.getByRole('region', { name: 'Reports' })).toBeVisible();
  await expectAccessible(ana.page, 'home');
});

test('UI38: the dark theme and a phone with its sheet pass axe', async ({ browser }) => {
  test.setTimeout(120_000);
  const dark = await desk.stranger(browser, 'Ana in the dark', { colorScheme: 'dark' });
  await enterDemo(dark);
  await dark.openClaim('The call lasted 75 minutes');
  await expectAccessible(dark.page, 'report, dark');
  await dark.page.goto('/reports');
  await expect(dark.page.getByRole('region', { name: 'Reports' })).toBeVisible();
  await expectAccessible(dark.page, 'home, dark');

  const phone = await desk.stranger(browser, 'Ana on a phone', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await phone.page.goto('/sign-in');
  await phone.button(/Try the demo as Ana/).tap();
  await phone.page.waitForURL(/\/reports\/[0-9a-f-]{36}/);
  await phone.waitForText();
  await expectAccessible(phone.page, 'report, phone');
  await phone.highlight('The call lasted 75 minutes').tap();
  await expect(phone.page.getByRole('region', { name: 'Chosen claim' })).toBeVisible();
  await expectAccessible(phone.page, 'sheet');
});

for (const [where, options] of [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { viewport: { width: 390, height: 844 } }],
] as const) {
  test(`UI56: import, export and chosen reports pass axe, ${where}`, async ({ browser }) => {
    test.setTimeout(120_000);
    const ana = await desk.stranger(browser, `Ana, ${where}`, options);
    await enterDemo(ana);
    if (where === 'phone') {
      await ana.button('More').first().click();
      await ana.menu('Export');
    } else await ana.button('Export').click();
    const exporting = ana.page.getByRole('dialog', { name: /^Export/ });
    await expect(exporting.getByRole('radio', { name: 'Word' })).toBeVisible();
    await expectAccessible(ana.page, 'export');
    await ana.press('Escape');
    await ana.page.goto('/reports');
    if (where === 'phone') await ana.button('Choose several').click();
    await ana.page.getByRole('checkbox').first().click();
    await expect(ana.button('Export 1 report')).toBeVisible();
    await expectAccessible(ana.page, 'chosen reports');
    await ana
      .button(/^Import/)
      .first()
      .click();
    const importing = ana.page.getByRole('dialog', { name: 'Import a report' });
    const file = (name: string, text: string) => ({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from(text),
    });
    await ana.page.locator('input[type="file"]').setInputFiles([file('one.md', '# One\n\nThe first.')]);
    await expect(importing.getByRole('textbox', { name: 'Title' })).toHaveValue('One');
    await expectAccessible(ana.page, 'import, one file');
    await ana.page.locator('input[type="file"]').setInputFiles([file('none.md', ' ')]);
    await expect(importing).toContainText('There is no text in it.');
    await expectAccessible(ana.page, 'import, several files');
  });
}
