import { expect, test } from '@playwright/test';
import { longPdf } from '../support/long-pdf.ts';
import { lines, pdfFile } from '../support/pdf-file.ts';
import { deskForThisFile } from './support/desk.ts';
import type { Person } from './support/person.ts';

const desk = deskForThisFile();
const PURPOSES = ['Somebody else’s', 'Our draft'] as const;

/** Says whose text it is and sends it; the report opens. */
async function sendImport(person: Person, whose: (typeof PURPOSES)[number]): Promise<void> {
  const dialog = person.page.getByRole('dialog', { name: 'Import a report' });
  await dialog.getByRole('radio', { name: whose }).click();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await person.page.waitForURL(/\/reports\/[0-9a-f-]{36}/);
  await person.waitForText();
}

interface GivenFile {
  name: string;
  content: string | Uint8Array;
}

async function chooseFiles(person: Person, files: readonly GivenFile[]): Promise<void> {
  await person.page.goto('/reports');
  await person.button('Import report').first().click();
  await person.page.locator('input[type="file"]').setInputFiles(
    files.map(({ name, content }) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(content),
    })),
  );
}

async function chooseFile(person: Person, name: string, content: string | Uint8Array): Promise<void> {
  await chooseFiles(person, [{ name, content }]);
}

test('UI17: a pasted text asks once whose it is, and opens locked', async ({ browser }) => {
  const ana = await desk.arrive(browser, 'Ana', 'editor');
  await ana.page.goto('/reports');
  await ana.button('Import report').first().click();
  const dialog = ana.page.getByRole('dialog', { name: 'Import a report' });
  await dialog.getByLabel('Paste the text').fill('The bridge was closed on Monday.\n\nNobody was hurt.');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toContainText('Say whose text it is.');
  await sendImport(ana, 'Somebody else’s');
  await expect(ana.text.locator('p')).toHaveText(['The bridge was closed on Monday.', 'Nobody was hurt.']);
  await expect(ana.button('Source text locked')).toBeVisible();
  await ana.putCaretAfter('Nobody was hurt.');
  await ana.type('Z');
  await ana.select('Nobody was hurt.');
  await expect(ana.text).not.toContainText('Z');
});

test('UI18: a rich text pasted anywhere on the page keeps its structure', async ({ browser }) => {
  const ana = await desk.arrive(browser, 'Ana', 'editor');
  await ana.page.goto('/reports');
  await expect(ana.button('Import report').first()).toBeVisible();
  await ana.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ana.page.evaluate(async () => {
    const html =
      '<h2>Costs</h2><p>It cost <strong>five million</strong>, <a href="https://example.org/a">they say</a>.</p>' +
      '<ul><li>one</li><li>two</li></ul><blockquote><p>Too much.</p></blockquote>' +
      '<table><tr><th>Year</th><th>Sum</th></tr><tr><td>2020</td><td>5</td></tr></table>';
    const blob = (type: string, text: string): [string, Blob] => [type, new Blob([text], { type })];
    await navigator.clipboard.write([
      new ClipboardItem(Object.fromEntries([blob('text/html', html), blob('text/plain', 'Costs It cost …')])),
    ]);
  });
  await ana.press('Control+v');
  await expect(ana.page.getByRole('dialog', { name: 'Import a report' })).toContainText('kept as pasted');
  await sendImport(ana, 'Our draft');
  await expect(ana.text.locator('h2, h3').first()).toHaveText('Costs');
  await expect(ana.text.locator('strong')).toHaveText('five million');
  await expect(ana.text.locator('a')).toHaveAttribute('href', 'https://example.org/a');
  await expect(ana.text.locator('li')).toHaveText(['one', 'two']);
  await expect(ana.text.locator('blockquote')).toHaveText('Too much.');
  await expect(ana.text.locator('td')).toHaveText(['2020', '5']);
});

test('UI19: files of text, Markdown and HTML are read, by their bytes', async ({ browser }) => {
  const ana = await desk.arrive(browser, 'Ana', 'editor');
  // "Café" as Windows wrote it before UTF-8.
  await chooseFile(ana, 'notes.txt', Buffer.from('The Caf\u00e9 at the harbour closed in May.', 'latin1'));
  await sendImport(ana, 'Somebody else’s');
  await expect(ana.text).toHaveText('The Café at the harbour closed in May.');

  await chooseFile(ana, 'report.md', '# Title\n\nIt *rose* to **7 %**.\n\n1. first\n2. second\n');
  await sendImport(ana, 'Somebody else’s');
  await expect(ana.text.locator('em')).toHaveText('rose');
  await expect(ana.text.locator('ol li')).toHaveText(['first', 'second']);

  await chooseFile(ana, 'page.html', '<html><body><h1>Title</h1><p>It fell by half.</p></body></html>');
  await sendImport(ana, 'Somebody else’s');
  await expect(ana.text).toContainText('It fell by half.');

  await chooseFile(
    ana,
    'program.txt',
    new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff]),
  );
  const dialog = ana.page.getByRole('dialog', { name: 'Import a report' });
  await dialog.getByRole('radio', { name: 'Our draft' }).click();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'program.txt' })).toContainText(/imported/);
});

test('UI20: what is hostile in an imported page, a comment or a name is shown as text or not at all', async ({
  browser,
}) => {
  const hostile = `<html><body onload="alert(1)"><h1>Title</h1><script>alert(2)</script>
    <p onclick="alert(3)">Safe words stay. <img src="x" onerror="alert(4)"><a href="javascript:alert(5)">Press here</a>
    <svg onload="alert(6)"></svg><iframe srcdoc="<script>alert(7)</script>"></iframe></p></body></html>`;
  const ana = await desk.arrive(browser, 'Ana', 'editor');
  await chooseFile(ana, 'page.html', hostile);
  await sendImport(ana, 'Somebody else’s');
  await expect(ana.text).toContainText('Safe words stay.');
  await expect(ana.text).not.toContainText('alert');
  await expect(
    ana.text.locator('img, svg:not(.sign), iframe, script, [onclick], a[href^="javascript"]'),
  ).toHaveCount(0);
  await ana.clickOn('Press here');

  await ana.claim('Safe words stay');
  await ana.type('<img src=x onerror=alert(8)>');
  await ana.say('<script>alert(9)</script> [x](javascript:alert(10))');
  await expect(ana.card).toContainText('<script>alert(9)</script>');
  await ana.isSaved();
  await ana.page.reload();
  await ana.waitForText();
  await expect(ana.card).toContainText('<img src=x onerror=alert(8)>');
  expect(ana.troubles).toEqual([]);
});

test('UI49: what was found is shown before it is kept, and its title can be changed', async ({ browser }) => {
  const ana = await desk.arrive(browser, 'Ana', 'editor');
  await chooseFile(
    ana,
    'report.md',
    '# Harbour talks\n\nThe two sides met on Tuesday.\n\nThey left early.\n',
  );
  const dialog = ana.page.getByRole('dialog', { name: 'Import a report' });
  const title = dialog.getByRole('textbox', { name: 'Title' });
  await expect(title).toHaveValue('Harbour talks');
  await expect(dialog.getByRole('group', { name: 'What was found' })).toContainText('They left early.');
  await expect(dialog).toContainText('9 words');
  await title.fill('Harbour, day one');
  await sendImport(ana, 'Somebody else’s');
  await expect(ana.button('Harbour, day one')).toBeVisible();
});

test('UI52: of several files each says what it is or why it is refused, and the others are imported', async ({
  browser,
}) => {
  const ana = await desk.arrive(browser, 'Ana', 'editor');
  await chooseFiles(ana, [
    { name: 'one.md', content: '# One\n\nThe first.' },
    {
      name: 'program.txt',
      content: new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff]),
    },
    { name: 'two.html', content: '<html><body><h1>Two</h1><p>The second.</p></body></html>' },
  ]);
  const dialog = ana.page.getByRole('dialog', { name: 'Import a report' });
  const row = (name: string) => dialog.getByRole('listitem').filter({ hasText: name });
  await expect(row('one.md')).toContainText('Markdown');
  await expect(row('two.html')).toContainText('Web page');
  await expect(row('program.txt')).toContainText(/program/);
  await dialog.getByRole('radio', { name: 'Our draft' }).click();
  await dialog.getByRole('button', { name: 'Import 2 reports' }).click();
  await expect(dialog).toContainText('2 reports imported, 1 refused');
  await expect(row('one.md').getByRole('link', { name: 'Open “One”' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
  await expect(ana.page.getByRole('link', { name: 'Two', exact: true })).toBeVisible();
});

test('UI58: a long PDF says which of its pages is read, and can be left out meanwhile', async ({
  browser,
}) => {
  const ana = await desk.arrive(browser, 'Ana', 'editor');
  await chooseFile(ana, 'long.pdf', longPdf(500));
  // Looked at in every frame: a page stands there for a tenth of a second.
  await ana.page.waitForFunction(() =>
    /Reading page \d+ of 500/.test(document.querySelector('[data-source]')?.textContent ?? ''),
  );
  const dialog = ana.page.getByRole('dialog', { name: 'Import a report' });
  await dialog.getByRole('button', { name: 'Leave out long.pdf' }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(0);
  await chooseFile(ana, 'short.pdf', longPdf(1));
  await expect(dialog.getByRole('listitem')).toContainText('PDF');
  await sendImport(ana, 'Somebody else’s');
  await expect(ana.text).toContainText('Page 1 says in line 1');
});

test('IM141: the card of a claim says on which page of the PDF its words stand', async ({ browser }) => {
  const ana = await desk.arrive(browser, 'Ana', 'editor');
  const page = (words: string) => ({ content: lines(60, 700, [words]) });
  const pages = [page('The two sides met on Tuesday.'), page('The call lasted 75 minutes.')];
  await chooseFile(ana, 'report.pdf', pdfFile({ pages }));
  await sendImport(ana, 'Somebody else’s');
  await ana.page.reload();
  await ana.waitForText();
  await ana.claim('75 minutes');
  await ana.card.getByRole('button', { name: /^More/ }).click();
  await expect(ana.card).toContainText('Page 2');
});
