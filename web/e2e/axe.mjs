// What axe-core finds wrong with a page.
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';

// clean has axe look at the page, and names what it finds.
export async function clean(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`));
  expect(found, what).toEqual([]);
}
