/** axe-core on what is shown: nothing serious or critical by WCAG 2.2 AA. */
import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Violation {
  id: string;
  impact?: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(axe.source);
  const found: Violation[] = await page.evaluate(check, tags);
  const grave = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = grave.map(({ id, nodes }) => {
    const examples = nodes
      .slice(0, 3)
      .map(({ html, failureSummary }) => `  ${html.slice(0, 200)}\n    ${failureSummary ?? ''}`);
    return `${id} (${nodes.length})\n${examples.join('\n')}`;
  });
  expect.soft(told.join('\n'), what).toBe('');
}

/** In the page, when nothing fades any more. */
async function check(only: string[]): Promise<Violation[]> {
  await document.fonts.ready;
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  const loaded: unknown = Reflect.get(window, 'axe');
  const { violations } = await (
    loaded as { run(options: unknown): Promise<{ violations: Violation[] }> }
  ).run({
    runOnly: only,
    resultTypes: ['violations'],
  });
  return violations.map(({ id, impact, nodes }) => ({
    id,
    impact: impact ?? null,
    nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary: failureSummary ?? '' })),
  }));
}
