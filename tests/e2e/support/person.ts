/**
 * Somebody at the desk: a page of their own in a browser of their own, and what they do there in the words of a
 * story. Where a story looks closer it uses the locators.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import type { TestMember } from '#tests/support/server-client.ts';
import { endsOf, placeOfWords, selectPlace, wordsUpToCaret, wordsWithoutCarets } from './words-on-page.ts';

/** What somebody does is seen by the others within this. */
export const SOON = 1_000;
/** For a machine that runs two browsers and two servers at once. */
export const SEEN_WITHIN = SOON * 4;

export class Person {
  readonly name: string;
  readonly page: Page;
  readonly member: TestMember | null;
  /** Scripts that failed, and dialogs that no page of ours opens. */
  readonly troubles: string[] = [];

  constructor(name: string, page: Page, member: TestMember | null = null) {
    this.name = name;
    this.page = page;
    this.member = member;
    page.on('pageerror', (error) => this.troubles.push(error.message));
    page.on('dialog', (dialog) => {
      this.troubles.push(`a dialog said “${dialog.message()}”`);
      void dialog.dismiss();
    });
  }

  get id(): string {
    return this.member?.id ?? '';
  }

  get token(): string {
    return this.member?.token ?? '';
  }

  // Where things are

  get text(): Locator {
    return this.page.locator('.text-host .text');
  }

  /** The open card, in the margin or in the sheet. */
  get card(): Locator {
    return this.page.locator('[data-card]');
  }

  get why(): Locator {
    return this.card.getByRole('textbox', { name: 'Why' });
  }

  get saveState(): Locator {
    return this.page.locator('[data-save]');
  }

  /** Somebody's disc in the bar, their own or another's. */
  inTheBar(name: string): Locator {
    return this.page.getByRole('list', { name: 'Here now' }).getByLabel(name);
  }

  highlight(words: string): Locator {
    return this.page.locator('.text .hl[data-claim]').filter({ hasText: words }).first();
  }

  stub(words: string): Locator {
    return this.page.locator('[data-stub]').filter({ hasText: words });
  }

  /** Where a comment is written; it lists people once somebody is mentioned. */
  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true }).and(this.page.locator('textarea'));
  }

  comment(words: string): Locator {
    return this.card.getByRole('listitem').filter({ hasText: words }).last();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  // What they do

  /** Until the text is alive: selected words are heard of. */
  async openReport(report: { id: string }, query = ''): Promise<void> {
    await this.page.goto(`/reports/${report.id}${query}`);
    await this.waitForText();
  }

  async waitForText(): Promise<void> {
    await expect(this.page.locator('[data-report-text]')).toBeVisible({ timeout: 20_000 });
    // Words move when their font comes, also from under a mouse.
    await this.page.evaluate(async () => void (await document.fonts.ready));
  }

  /** Drags the mouse over words; they may begin in one paragraph and end in another. */
  async drag(words: string, upTo = words): Promise<void> {
    const { from, to } = await this.#endsOf(words, upTo);
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
    await this.page.mouse.move(to.x, to.y, { steps: 4 });
    await this.page.mouse.up();
  }

  get selectionBar(): Locator {
    return this.page.getByRole('toolbar', { name: 'For the selected words' });
  }

  /**
   * ProseMirror puts its own selection back 20 ms after it got the focus. No hand is as fast, but this mouse can have
   * let go by then; so it tries again, like anybody whose words were not taken.
   */
  async select(words: string, upTo = words): Promise<void> {
    let tries = 0;
    await expect(async () => {
      if (tries++ > 0) await this.page.evaluate(() => getSelection()?.removeAllRanges());
      await this.drag(words, upTo);
      await expect(this.selectionBar).toBeVisible({ timeout: 2_000 });
      if (words === upTo) expect(await this.page.evaluate(wordsSelected)).toBe(words);
    }).toPass({ timeout: 20_000 });
  }

  /** The words under a claim's highlight, whatever pieces it is drawn in. */
  async markedWords(claimId: string): Promise<string> {
    const pieces = await this.page.locator(`.text .hl[data-claim="${claimId}"]`).allTextContents();
    return pieces.join('').replaceAll('\u2060', '');
  }

  async #endsOf(words: string, upTo: string): Promise<ReturnType<typeof endsOf>> {
    await this.page.evaluate(placeOfWords, { words, upTo });
    return await this.page.evaluate(endsOf);
  }

  async clickOn(words: string): Promise<void> {
    const { from, to } = await this.#endsOf(words, words);
    await this.page.mouse.click((from.x + to.x) / 2, from.y);
  }

  /** As the handles of a touch screen leave it. */
  async placeSelection(words: string): Promise<void> {
    await this.page.evaluate(placeOfWords, { words, upTo: words });
    await this.page.evaluate(selectPlace);
    await expect(this.selectionBar).toBeVisible();
  }

  /** The page may still move when it is clicked, after what came before; nobody types before the caret is in its place. */
  async putCaretAfter(words: string): Promise<void> {
    await expect(async () => {
      const { to } = await this.#endsOf(words, words);
      await this.page.mouse.click(to.x, to.y);
      await expect
        .poll(() => this.page.evaluate(wordsUpToCaret, words.length), { timeout: SOON })
        .toBe(words);
    }).toPass({ timeout: SEEN_WITHIN });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Selects the words and presses C: the card is open with the cursor in it. */
  async claim(words: string, upTo = words): Promise<void> {
    await this.select(words, upTo);
    await this.press('c');
    await expect(this.why).toBeFocused();
  }

  /** Opens the card of the claim on these words by its line in the margin. */
  async openClaim(words: string): Promise<void> {
    await this.stub(words).click();
    await expect(this.card).toContainText(words);
  }

  async writeWhy(text: string): Promise<void> {
    await this.why.click();
    await this.press('Control+End');
    await this.type(text);
  }

  /** The "Why" of the open card, without the carets of others in it. */
  async readsWhy(text: string): Promise<void> {
    await expect.poll(() => this.why.evaluate(wordsWithoutCarets), { timeout: SEEN_WITHIN }).toBe(text);
  }

  /** Words of the report, without the carets of others in them. */
  async readsText(words: string): Promise<void> {
    await expect
      .poll(() => this.text.evaluate(wordsWithoutCarets), { timeout: SEEN_WITHIN })
      .toContain(words);
  }

  /** Writes in the card's field for comments and sends it. */
  async say(text: string): Promise<void> {
    const field = this.field('Write a comment');
    await field.click();
    await field.pressSequentially(text);
    await field.press('Enter');
    await expect(field).toHaveValue('');
  }

  /** A choice from the menu of a comment in the open card. */
  async chooseInComment(words: string, author: string, item: string): Promise<void> {
    const comment = this.comment(words);
    await comment.hover();
    await comment
      .getByRole('button', { name: `Actions for ${author}’s comment` })
      .first()
      .click();
    await this.menu(item);
  }

  /** Chooses a rating in the open card and sends it with a sentence. */
  async propose(label: string, summary = ''): Promise<void> {
    await this.card
      .getByRole('group', { name: 'Is it so?' })
      .getByRole('button', { name: label, exact: true })
      .click();
    if (summary !== '') await this.card.getByRole('textbox', { name: 'In a sentence' }).fill(summary);
    await this.card.getByRole('button', { name: `Propose “${label}”` }).click();
  }

  async closeCard(): Promise<void> {
    await this.card.getByRole('button', { name: 'Close' }).click();
    await expect(this.card).toHaveCount(0);
  }

  async menu(item: string): Promise<void> {
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  async goOffline(): Promise<void> {
    await this.page.context().setOffline(true);
    await expect(this.saveState).toHaveAttribute('data-save', 'offline');
  }

  /** The worker of the page has put the page and its files aside, so that it loads without a network. */
  async isKeptHere(): Promise<void> {
    const pages = (): Promise<number> =>
      this.page.evaluate(async () => {
        await navigator.serviceWorker.ready;
        const kept = await (await caches.open('pages-1')).match(location.origin + location.pathname);
        return kept === undefined ? 0 : (await (await caches.open('files-1')).keys()).length;
      });
    await expect.poll(pages, { timeout: 20_000 }).toBeGreaterThan(5);
  }

  /** Pages come without their code until the function given back is called. */
  async holdCode(): Promise<() => void> {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await this.page.route('**/_next/static/**/*.js', async (route) => {
      await released;
      await route.continue();
    });
    return release;
  }

  async comeBack(): Promise<void> {
    await this.page.context().setOffline(false);
  }

  async isSaved(): Promise<void> {
    await expect(this.saveState).toHaveAttribute('data-save', 'saved', { timeout: 20_000 });
  }

  /** Leaves, having met no error and no dialog. */
  async leave(): Promise<void> {
    expect(this.troubles).toEqual([]);
    await this.page.context().close();
  }
}

function wordsSelected(): string {
  return (getSelection()?.toString() ?? '').replaceAll('\u2060', '');
}
