import { expect, test } from '@playwright/test';
import { deskForThisFile, type Report } from './support/desk.ts';
import type { Person } from './support/person.ts';

const desk = deskForThisFile();
const meeting = 'The meeting lasted 75 minutes';
const injured = 'Four dock workers were injured';
const ferry = 'The ferry line opens again in May';

/** One decided, one that awaits a sign-off, one open. */
async function checkedReport(): Promise<Report> {
  const report = await desk.importReport();
  const ana = await desk.member('Ana', 'editor');
  const ben = await desk.member('Ben', 'editor');
  const decided = await desk.addClaim(report, meeting, {}, ana.token);
  const proposed = await desk.addClaim(report, injured, {}, ana.token);
  await desk.addClaim(report, ferry, {}, ben.token);
  const verdict = { method: 'PUT', json: { rating: 'true' } };
  await desk.api(`/claims/${decided}/verdict`, verdict, ana.token);
  await desk.api(`/claims/${decided}/review`, { method: 'POST', json: { decision: 'approve' } }, ben.token);
  await desk.api(`/claims/${proposed}/verdict`, verdict, ana.token);
  return report;
}

async function filterShows(person: Person, filter: string, quotes: readonly string[]): Promise<void> {
  const button = person.page.locator(`[data-filter="${filter}"]`);
  await expect(button).toContainText(String(quotes.length));
  await button.click();
  await expect(person.page.locator('[data-stub]')).toHaveCount(quotes.length);
  for (const quote of quotes) await expect(person.stub(quote)).toBeVisible();
}

test('UI27: a filter’s number is the length of the list that it shows, and progress counts what is decided', async ({
  browser,
}) => {
  const report = await checkedReport();
  const { ben } = await desk.sitDown(browser, report, { ben: 'editor' });
  await filterShows(ben, 'mine', [ferry]);
  await filterShows(ben, 'left', [injured, ferry]);
  await filterShows(ben, 'awaiting', [injured]);
  await expect(ben.page).toHaveURL(/show=awaiting/);
  await ben.page.reload();
  await ben.waitForText();
  await expect(ben.page.locator('[data-stub]')).toHaveCount(1);
  await filterShows(ben, 'all', [meeting, injured, ferry]);
  const rail = ben.page.getByRole('navigation', { name: 'Report' });
  await expect(rail).toContainText('1 of 3 claims');
  await ben.press('j', 'j');
  await expect(ben.card.locator('blockquote')).toContainText(injured);
  await ben.press('k');
  await expect(ben.card.locator('blockquote')).toContainText(meeting);
  await ben.press(']');
  await expect(ben.card.locator('blockquote')).toContainText(injured);
});

test('UI28: the palette finds claims by their words and opens them in place, from every screen', async ({
  browser,
}) => {
  await checkedReport();
  const ben = await desk.arrive(browser, 'Ben', 'editor');
  await ben.page.goto('/reports');
  await expect(ben.page.getByRole('list').getByText('Harbour talks').first()).toBeVisible();
  const input = ben.page.getByPlaceholder('Find reports, claims, people');
  // The words are there before the page listens.
  await expect(async () => {
    await ben.press('Control+k');
    await expect(input).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await input.fill('ferry');
  await ben.page
    .getByRole('group', { name: 'Claims' })
    .getByRole('option', { name: /ferry line/ })
    .first()
    .click();
  await ben.page.waitForURL(/\/reports\/.*claim=/);
  await ben.waitForText();
  await expect(ben.card).toContainText(ferry);
  await expect(ben.highlight(ferry)).toBeInViewport();
});

test('UI29: a link to a claim opens its card on its words; back closes what was opened', async ({
  browser,
}) => {
  const report = await desk.importReport();
  const id = await desk.addClaim(report, ferry);
  await desk.addClaim(report, meeting);
  const ben = await desk.arrive(browser, 'Ben', 'editor');
  await ben.openReport(report, `?claim=${id}`);
  await expect(ben.card).toContainText(ferry);
  await expect(ben.highlight(ferry)).toBeInViewport();
  await ben.openReport(report);
  await ben.openClaim(meeting);
  await expect(ben.page).toHaveURL(/claim=/);
  await ben.page.goBack();
  await expect(ben.card).toHaveCount(0);
  await ben.page.goForward();
  await expect(ben.card).toContainText(meeting);
  await ben.openReport(report, '?claim=00000000-0000-4000-8000-000000000000');
  await expect(ben.page).toHaveURL(/claim=/);
});

test('UI30: home lists reports with their progress, finds them, and says when nothing fits', async ({
  browser,
}) => {
  await desk.importReport({ title: 'Budget of the port' });
  const ana = await desk.arrive(browser, 'Ana', 'editor');
  await ana.page.goto('/reports');
  const list = ana.page.getByRole('region', { name: 'Reports' });
  await expect(list.getByText('Budget of the port')).toBeVisible();
  await ana.page.getByRole('searchbox', { name: 'Find a report' }).fill('budget');
  await expect(list.getByText('Harbour talks')).toHaveCount(0);
  await ana.page.getByRole('searchbox', { name: 'Find a report' }).fill('zebra');
  await expect(ana.page.getByText('Nothing matches “zebra”.')).toBeVisible();
  await ana.button('Show all reports').click();
  await expect(list.getByText('Budget of the port')).toBeVisible();
  await desk.importReport({ title: 'Arrived a moment ago' });
  await expect(list.getByText('Arrived a moment ago')).toBeVisible();
});

test('UI72: what is typed before the page’s code arrived counts', async ({ browser }) => {
  await desk.importReport({ title: 'Typed early' });
  const ana = await desk.arrive(browser, 'Ana', 'editor');
  const letCodeArrive = await ana.holdCode();
  await ana.page.goto('/reports', { waitUntil: 'commit' });
  const list = ana.page.getByRole('region', { name: 'Reports' });
  await expect(list.getByText('Budget of the port')).toBeVisible();
  await ana.page.getByRole('searchbox', { name: 'Find a report' }).fill('typed early');
  letCodeArrive();
  await expect(list.getByText('Budget of the port')).toHaveCount(0);
  await expect(list.getByText('Typed early')).toBeVisible();
});

test('UI3: home shows who is in a report now, and how far it is', async ({ browser }) => {
  const report = await desk.importReport({ title: 'Watched from home' });
  await desk.addClaim(report, ferry);
  const ana = await desk.arrive(browser, 'Ana', 'editor');
  await ana.page.goto('/reports');
  const row = ana.page.locator('[data-report-row]').filter({ hasText: 'Watched from home' });
  await expect(row).toBeVisible();
  await expect(row.getByLabel('Ben')).toHaveCount(0);
  const { ben } = await desk.sitDown(browser, report, { ben: 'editor' });
  await expect(row.getByLabel('Ben')).toBeVisible();
  await ben.openClaim(ferry);
  await ben.propose('True');
  await ben.isSaved();
  await ben.page.goto('/reports');
  await expect(row.getByLabel('Ben')).toHaveCount(0);
});
