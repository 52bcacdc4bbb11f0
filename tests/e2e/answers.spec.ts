import { readFile } from 'node:fs/promises';
import { expect, test, type Locator } from '@playwright/test';
import { answered } from '../support/answered-word.ts';
import { deskForThisFile } from './support/desk.ts';
import type { Person } from './support/person.ts';

const desk = deskForThisFile();
const words = 'The meeting lasted 75 minutes';

async function wordFile(person: Person): Promise<Uint8Array> {
  const arriving = person.page.waitForEvent('download');
  await person.page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
  const dialog = person.page.getByRole('dialog', { name: /^Export/ });
  await dialog.getByRole('radio', { name: 'Word', exact: true }).click();
  await dialog.getByRole('button', { name: 'Export as Word' }).click();
  const file = await arriving;
  await expect(dialog).toBeHidden();
  return readFile(await file.path());
}

function answersDialog(person: Person): Locator {
  return person.page.getByRole('dialog', { name: 'Take in answers from a file' });
}

async function give(dialog: Locator, name: string, bytes: Uint8Array | string): Promise<void> {
  await dialog
    .locator('input[type="file"]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
}

test('UI61: a Word file that comes back joins its threads, for everybody at once and only once', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.claim(words);
  await ana.say('Who has the log of the door?');
  await ana.isSaved();
  await ben.openClaim(words);
  await expect(ben.card).toContainText('Who has the log');
  const file = answered(await wordFile(ana), {
    to: 'Who has the log of the door?',
    author: 'Lena Vogt',
    words: 'The porter has it.',
  });

  await ana.button('More about this report').click();
  await ana.page.getByRole('menuitem', { name: 'Take in answers from a file' }).click();
  const dialog = answersDialog(ana);
  await give(dialog, 'answered.docx', file);
  await expect(dialog.getByRole('status')).toHaveText('Ready to take in: 1 reply');
  await expect(dialog.getByRole('button', { name: 'Take them in' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(ben.card).not.toContainText('The porter has it.');

  await ana.button('More about this report').click();
  await ana.page.getByRole('menuitem', { name: 'Take in answers from a file' }).click();
  await give(dialog, 'answered.docx', file);
  await dialog.getByRole('button', { name: 'Take them in' }).click();
  await expect(dialog.getByRole('status')).toHaveText('1 reply added');
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeFocused();
  await expect(ben.card).toContainText('The porter has it.');
  await expect(ben.card).toContainText('Lena Vogt');

  await give(dialog, 'answered.docx', file);
  await expect(dialog.getByRole('status')).toHaveText('Nothing new');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
  await expect(ana.card.getByText('The porter has it.')).toHaveCount(1);
});

test('UI62: annotations of others are taken in too; what is none of these is refused in words', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const ana = await desk.arrive(browser, 'Ana', 'editor');
  await ana.openReport(report);
  await ana.press('Control+k');
  await ana.type('take in answers');
  await expect(ana.page.getByRole('option', { name: 'Take in answers from a file' })).toBeVisible();
  await ana.press('Enter');
  const dialog = answersDialog(ana);
  await give(dialog, 'notes.txt', 'Only some words.');
  await expect(dialog.getByRole('alert')).toContainText('no Word or PDF file');
  const annotation = (exact: string, id: string) => ({
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    id: `https://notes.example/${id}`,
    type: 'Annotation',
    motivation: 'commenting',
    body: { type: 'TextualBody', value: `About ${exact}` },
    target: { source: 'https://notes.example/', selector: { type: 'TextQuoteSelector', exact } },
  });
  await give(
    dialog,
    'notes.jsonld',
    JSON.stringify([annotation('75 minutes', '1'), annotation('nowhere to be found', '2')]),
  );
  await expect(dialog.getByRole('status')).toHaveText(
    'Ready to take in: 1 annotation on its words, 1 without a place',
  );
  await expect(ana.page.locator('[data-stub]').filter({ hasText: '75 minutes' })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Take them in' }).click();
  await expect(dialog.getByRole('status')).toHaveText('1 annotation on its words, 1 without a place');
  await expect(dialog).toContainText('nowhere to be found');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(ana.page.locator('[data-stub]').filter({ hasText: '75 minutes' })).toBeVisible();

  const viewer = await desk.arrive(browser, 'Vera', 'commenter');
  await viewer.openReport(report);
  await viewer.button('More about this report').click();
  await expect(viewer.page.getByRole('menuitem', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expect(viewer.page.getByRole('menuitem', { name: 'Take in answers from a file' })).toHaveCount(0);
});
