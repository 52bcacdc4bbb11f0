import { expect, test } from '@playwright/test';
import { deskForThisFile } from './support/desk.ts';
import { SEEN_WITHIN } from './support/person.ts';

const desk = deskForThisFile();

test('UI4: a claim made by one is there at the other at once, its “Why” as it is typed', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  const words = 'The meeting lasted 75 minutes';

  await ana.claim(words);
  await expect(ben.highlight(words)).toBeVisible({ timeout: SEEN_WITHIN });
  await expect(ben.stub(words)).toBeVisible();
  await ben.openClaim(words);
  await ana.type('The minutes of the meeting');
  await expect(ben.why).toContainText('The minutes of the meeting', { timeout: SEEN_WITHIN });
  await expect(ben.card).toContainText('Ana is writing');
  await ana.type(' say so.');
  await ben.readsWhy('The minutes of the meeting say so.');

  await ben.writeWhy(' We have them.');
  await ana.readsWhy('The minutes of the meeting say so. We have them.');
  await ana.isSaved();
});

test('UI5: with the keyboard alone words are selected in a locked text, claimed and left again', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  const isInText = (): Promise<boolean> =>
    ana.page.evaluate(() => document.activeElement?.matches('[data-report-text="locked"]') ?? false);
  for (let tabs = 0; tabs < 60 && !(await isInText()); tabs += 1) await ana.press('Tab');
  expect(await isInText()).toBe(true);

  await ana.press(
    'Control+Home',
    'Shift+Control+ArrowRight',
    'Shift+Control+ArrowRight',
    'Shift+Control+ArrowRight',
  );
  await expect(ana.selectionBar).toBeVisible();
  await ana.press('c');
  await expect(ana.why).toBeFocused();
  await ana.type('Both confirmed it.');
  await ana.press('Escape');
  await expect(ana.card).toHaveCount(0);
  expect(await isInText()).toBe(true);
  await ben.openClaim('The two port');
  await ben.readsWhy('Both confirmed it.');

  await ana.press('Control+Home', 'ArrowRight', 'Enter');
  await expect(ana.card).toContainText('The two port');
});

test('UI44: what is claimed by a key is what is selected then, though nobody waited for anything', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  await ana.clickOn('Both sides gave');
  // A slow machine hears of a selection late; the keys do not wait for it.
  const slow = await ana.page.context().newCDPSession(ana.page);
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const word = 'Shift+Control+ArrowRight';
  await ana.press('Control+Home', word, word, word, 'c');
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await expect(ana.why).toBeFocused();
  await ana.press('Escape');
  await expect(ben.stub('The two port')).toHaveCount(1);
  const id = (await ben.stub('The two port').getAttribute('data-stub')) ?? '';
  expect(await ben.markedWords(id)).toBe('The two port');
});

test('UI6: claims overlap and cross paragraphs, and a click finds each of those under it', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const { ana, ben } = await desk.sitDown(browser, report, { ana: 'editor', ben: 'editor' });
  const [long, short] = ['A plan of twenty points is “ninety per cent ready”', 'ninety per cent'];
  await ana.claim(long);
  await ana.press('Escape');
  await ana.claim(short);
  await ana.press('Escape');
  await ana.claim('said a spokeswoman.', 'Four dock workers');
  await ana.press('Escape');

  await expect(ben.page.locator('[data-stub]')).toHaveCount(3);
  const idOf = async (words: string): Promise<string> =>
    (await ben.stub(words).first().getAttribute('data-stub')) ?? '';
  expect(await ben.markedWords(await idOf('said a spokeswoman'))).toBe(
    'said a spokeswoman.Four dock workers',
  );
  expect(await ben.markedWords(await idOf(long))).toBe(long);
  await ben.clickOn('cent');
  await expect(ben.card.locator('blockquote')).toHaveText(`“${short}”`);
  // Elsewhere first, or the second click is half of a double one.
  await ben.clickOn('Both sides gave');
  await ben.clickOn('cent');
  await expect(ben.card.locator('blockquote')).toHaveText(`“${long}”`);
});

test('UI7: on a phone a tap on a highlight opens its card as a sheet, and a selection makes a claim', async ({
  browser,
}) => {
  const report = await desk.importReport();
  await desk.addClaim(report, 'The alarm sounded for nearly ten hours');
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const ana = await desk.arrive(browser, 'Ana', 'editor', phone);
  await ana.openReport(report);
  await ana.highlight('The alarm sounded').tap();
  const sheet = ana.page.getByRole('region', { name: 'Chosen claim' });
  await expect(sheet).toContainText('The alarm sounded for nearly ten hours');
  await expect(sheet.getByRole('group', { name: 'Is it so?' })).toBeVisible();
  await sheet.getByRole('button', { name: 'Close' }).tap();
  await expect(sheet).toHaveCount(0);

  // What the system's own handles do.
  await ana.placeSelection('Nobody has published it');
  await ana.selectionBar.getByRole('button', { name: 'Claim' }).tap();
  await expect(sheet).toContainText('Nobody has published it');
  await expect(ana.highlight('Nobody has published it')).toBeVisible();
});

test('UI60: a click out of the “Why” hits what it was aimed at, and the tools are gone then', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const { ana } = await desk.sitDown(browser, report, { ana: 'editor' });
  await ana.claim('The meeting lasted 75 minutes');
  const tools = ana.card.getByRole('toolbar');
  await expect(tools).toBeVisible();
  const more = ana.card.getByRole('button', { name: 'More' });
  await more.click();
  await expect(more).toHaveAttribute('aria-expanded', 'true');
  await expect(tools).toBeHidden();
  await ana.why.click();
  await expect(tools).toBeVisible();
  await ana.press('Shift+Tab');
  await expect(tools).toBeHidden();
});
