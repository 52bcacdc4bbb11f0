import { expect, test } from '@playwright/test';
import { unzipSync } from 'fflate';
import { readFile } from 'node:fs/promises';
import { deskForThisFile } from './support/desk.ts';
import type { Person } from './support/person.ts';

const desk = deskForThisFile();
const words = 'The meeting lasted 75 minutes';
const formats = ['Web page', 'Markdown', 'CSV table', 'Everything (JSON)', 'Web annotations'] as const;
const SECRETS = ['source-we-protect', 'talk-among-us', 'reply-among-us', 'secret.example'];

async function download(
  person: Person,
  format: string,
): Promise<{ name: string; path: string; text: string }> {
  const arriving = person.page.waitForEvent('download');
  await exportButton(person).click();
  const dialog = exportDialog(person);
  await dialog.getByRole('radio', { name: format, exact: true }).click();
  await dialog.getByRole('button', { name: `Export as ${format}` }).click();
  const file = await arriving;
  await expect(dialog).toBeHidden();
  const path = await file.path();
  return { name: file.suggestedFilename(), path, text: await readFile(path, 'utf8') };
}

test('UI31: every export has claims, verdicts and talk in it, nothing of the desk alone, and a bundle comes back whole', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const report = await desk.importReport();
  await desk.addClaim(report, words, { claimant: 'The spokeswoman' });
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.openClaim(words);
  await ana.writeWhy('The log of the door says so.');
  await ana.say('I have the log.');
  await ana.button('Keep it on the desk only').click();
  const secret = ana.field('Write a comment for the desk only');
  await secret.fill('talk-among-us with the guard');
  await ana.press('Enter');
  await expect(ana.card).toContainText('talk-among-us');
  await addEvidence(ana, { title: 'Log of the door', url: 'https://example.org/log', isDeskOnly: false });
  await addEvidence(ana, { title: 'source-we-protect', url: 'https://secret.example/1', isDeskOnly: true });
  await ana.isSaved();
  await ana.propose('Mostly true', 'Seventy-four, by the log.');

  await ben.openClaim(words);
  await ben.chooseInComment('talk-among-us', 'Ana', 'Reply');
  await ben.field('Reply to Ana').fill('reply-among-us too');
  await ben.press('Enter');
  await expect(ben.field('Reply to Ana')).toBeHidden();
  await ben.press('y');
  await expect(ben.card).toContainText('signed off by Ben', { timeout: 15_000 });
  await expect(ana.card).toContainText('reply-among-us');

  let bundle = '';
  for (const format of formats) {
    const { name, path, text } = await download(ana, format);
    expect(name, format).toMatch(/harbour/i);
    expect(text, format).toContain(words);
    expect(text, format).toContain('Mostly true');
    for (const shown of ['The log of the door says so.', 'Log of the door'])
      expect(text, format).toContain(shown);
    for (const hidden of SECRETS)
      expect(text.toLowerCase(), `${format} gives ${hidden} away`).not.toContain(hidden);
    if (name.endsWith('.json')) bundle = path;
    if (name.endsWith('.html')) await readsOffline(ana, path);
  }

  await ana.page.goto('/reports');
  await ana.button('Import report').first().click();
  await ana.page.locator('input[type="file"]').setInputFiles(bundle);
  const dialog = ana.page.getByRole('dialog', { name: 'Import a report' });
  await dialog.getByRole('radio', { name: 'Somebody else’s' }).click();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await ana.page.waitForURL(
    (url) => /\/reports\/[0-9a-f-]{36}/.test(url.pathname) && !url.href.includes(report.id),
  );
  await ana.waitForText();
  await ana.openClaim(words);
  await ana.readsWhy('The log of the door says so.');
  await expect(ana.card).toContainText('I have the log.');
  await expect(ana.card).toContainText('imported, by Ana');
  await expect(ana.card).toContainText('Log of the door');
});

interface Source {
  title: string;
  url: string;
  isDeskOnly: boolean;
}

async function addEvidence(person: Person, { title, url, isDeskOnly }: Source): Promise<void> {
  await person.card.getByRole('button', { name: 'Add evidence' }).click();
  const form = person.card.getByRole('form', { name: 'Add evidence' });
  await form.getByRole('textbox', { name: 'Address' }).fill(url);
  await form.getByRole('textbox', { name: 'Title' }).fill(title);
  if (isDeskOnly) await form.getByRole('checkbox').click();
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(person.card.getByRole('link', { name: title })).toBeVisible();
}

/** Opened as a file, without a network: marks in the text, no script. */
async function readsOffline(person: Person, path: string): Promise<void> {
  const context = await person.page
    .context()
    .browser()
    ?.newContext({ offline: true, javaScriptEnabled: false });
  const page = await context?.newPage();
  await page?.setContent(await readFile(path, 'utf8'));
  await expect(page!.locator('mark').first()).toContainText(words);
  await expect(page!.locator('script:not([type="application/ld+json"])')).toHaveCount(0);
  await context?.close();
}

test('UI50: Enter exports as last time, and the palette opens the dialog with its format', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const { vera } = await desk.sitDown(browser, report, { vera: 'viewer' });
  await download(vera, 'Markdown');
  await exportButton(vera).click();
  await expect(exportDialog(vera).getByRole('radio', { name: 'Markdown' })).toBeFocused();
  const arriving = vera.page.waitForEvent('download');
  await vera.press('Enter');
  expect((await arriving).suggestedFilename()).toMatch(/\.md$/);
  await expect(exportDialog(vera)).toBeHidden();
  await vera.press('Control+k');
  await vera.page.getByPlaceholder('Find reports, claims, people').fill('csv');
  await expect(vera.page.getByRole('option').first()).toHaveText('Export: CSV table');
  await vera.press('Enter');
  await expect(exportDialog(vera).getByRole('radio', { name: 'CSV table' })).toBeChecked();
});

test('UI51: the preview shows what the options leave in', async ({ browser }) => {
  const report = await desk.importReport();
  await desk.addClaim(report, words, { claimant: 'The spokeswoman' });
  const { ana } = await desk.sitDown(browser, report, { ana: 'editor' });
  await ana.openClaim(words);
  await ana.say('I have the log.');
  await ana.button('Keep it on the desk only').click();
  await ana.field('Write a comment for the desk only').fill('talk-among-us');
  await ana.press('Enter');
  await expect(ana.card).toContainText('talk-among-us');
  await ana.isSaved();
  await exportButton(ana).click();
  const dialog = exportDialog(ana);
  const shown = dialog.frameLocator('iframe').locator('body');
  await expect(shown).toContainText('I have the log.');
  await expect(shown).toContainText(words);
  await expect(shown).not.toContainText('talk-among-us');
  await dialog.getByRole('checkbox', { name: 'Comments' }).click();
  await expect(shown).not.toContainText('I have the log.');
  await dialog.getByRole('checkbox', { name: 'Comments' }).click();
  await dialog.getByRole('checkbox', { name: 'Names of people' }).click();
  await expect(shown).toContainText('I have the log.');
  await expect(shown).not.toContainText('Ana');
  await dialog.getByRole('radio', { name: 'Signed off' }).click();
  await expect(shown.locator('mark')).toHaveCount(0);
});

test('UI71: only some of the claims go out, and the next export is of all again', async ({ browser }) => {
  const report = await desk.importReport();
  await desk.addClaim(report, words, { tags: ['war room'] });
  const { ana } = await desk.sitDown(browser, report, { ana: 'editor' });
  await exportButton(ana).click();
  const dialog = exportDialog(ana);
  const marks = dialog.frameLocator('iframe').locator('mark');
  await expect(marks).toHaveCount(1);
  await dialog.getByText('Only some of them').click();
  await dialog.getByRole('combobox', { name: 'Assigned to' }).click();
  await ana.page.getByRole('option', { name: 'Ana' }).click();
  await expect(marks).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Take all again' }).click();
  await expect(marks).toHaveCount(1);
  await dialog.getByRole('textbox', { name: 'Tag' }).fill('#war room');
  await expect(marks).toHaveCount(1);
  await dialog.getByRole('combobox', { name: 'Verdict' }).click();
  await ana.page.getByRole('option', { name: 'False', exact: true }).click();
  await expect(marks).toHaveCount(0);
  await dialog.getByText('Only some of them').click();
  await expect(dialog.locator('summary', { hasText: 'Only some of them' })).toContainText(
    'False · #war room',
  );
  const arriving = ana.page.waitForEvent('download');
  await dialog.getByRole('radio', { name: 'Markdown', exact: true }).click();
  await dialog.getByRole('button', { name: 'Export as Markdown' }).click();
  expect(await readFile(await (await arriving).path(), 'utf8')).not.toContain('[^1]:');
  await exportButton(ana).click();
  await expect(marks).toHaveCount(1);
});

test('UI55: reports chosen on home go out as one zip', async ({ browser }) => {
  for (const title of ['First of three', 'Second of three', 'Third of three'])
    await desk.importReport({ title });
  const vera = await desk.arrive(browser, 'Vera', 'viewer');
  await vera.page.goto('/reports?sort=report&q=of+three');
  const box = (title: string) => vera.page.getByRole('checkbox', { name: `Choose ${title}` });
  await box('First of three').click();
  await box('Third of three').click({ modifiers: ['Shift'] });
  await expect(vera.button('Export 3 reports')).toBeVisible();
  await vera.page.getByRole('link', { name: 'Second of three' }).focus();
  await vera.press('x');
  await vera.button('Export 2 reports').click();
  const dialog = exportDialog(vera);
  await dialog.getByRole('radio', { name: 'Markdown' }).click();
  const arriving = vera.page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export as Markdown' }).click();
  const file = await arriving;
  const names = Object.keys(unzipSync(await readFile(await file.path())));
  expect(names.map((name) => name.replace(/\.md$/, '')).sort()).toEqual(['First of three', 'Third of three']);
  await expect(dialog).toBeHidden();
  await vera.press('Escape');
  await expect(vera.button(/^Export 2/)).toHaveCount(0);
});

test('UI59: a refusal is said in the dialog, which stays as it was, and an export can be cancelled', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const { vera } = await desk.sitDown(browser, report, { vera: 'viewer' });
  const downloads: string[] = [];
  vera.page.on('download', (file) => downloads.push(file.suggestedFilename()));
  const preview = '**/api/v1/reports/*/export?format=html*';
  await vera.page.route(preview, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'internal', detail: 'Something went wrong here.' }),
    }),
  );
  await exportButton(vera).click();
  const dialog = exportDialog(vera);
  await expect(dialog.getByText('The preview did not load. Something went wrong here.')).toBeVisible();
  await vera.page.unroute(preview);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.frameLocator('iframe').locator('body')).toContainText(words);
  await dialog.getByRole('radio', { name: 'CSV table' }).click();
  await dialog.getByRole('checkbox', { name: 'Names of people' }).click();
  const submit = dialog.getByRole('button', { name: 'Export as CSV table' });
  const addresses = '**/api/v1/reports/*/export?format=csv*';

  await vera.page.route(addresses, (route) =>
    route.fulfill({
      status: 413,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'too_large', detail: 'The report is too large for this format.' }),
    }),
  );
  await submit.click();
  await expect(dialog.getByRole('alert')).toHaveText('The report is too large for this format.');
  await expect(dialog.getByRole('radio', { name: 'CSV table' })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: 'Names of people' })).not.toBeChecked();
  await vera.page.unroute(addresses);

  // Never answered.
  await vera.page.route(addresses, () => {});
  await submit.click();
  await expect(dialog.getByRole('status').filter({ hasText: 'Making the file' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByText('Cancelled. Nothing was saved.')).toBeVisible();
  await expect(dialog.getByRole('radio', { name: 'CSV table' })).toBeChecked();
  await vera.page.unroute(addresses);
  expect(downloads).toEqual([]);

  const arriving = vera.page.waitForEvent('download');
  await submit.click();
  expect((await arriving).suggestedFilename()).toMatch(/\.csv$/);
  await expect(dialog).toBeHidden();
});

function exportButton(person: Person) {
  return person.page.getByRole('button', { name: 'Export', exact: true });
}

function exportDialog(person: Person) {
  return person.page.getByRole('dialog', { name: /^Export/ });
}
