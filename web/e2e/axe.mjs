// What axe-core finds wrong with a page.
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';

// clean has axe look at the page, and names what it finds. The page is judged where it is: the other way,
// by a second page that is opened for it, takes twice as long and is for frames of other origins.
export async function clean(page, what) {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (await page.locator('iframe#phone').count()) axe.exclude('#phone'); // the game within a page is judged by itself
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`));
  expect(found, what).toEqual([]);
}
