import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack } from '#scripts/testing/start-stack.ts';
import type { Stack } from '#scripts/testing/start-stack.ts';
import { findChromium, openBrowser, openPage, withoutChromium } from './testing/browser.ts';
import { signIn } from './testing/steps.ts';

const sampleLeads = resolve(import.meta.dirname, '../../docs/sample-leads.csv');
const executable = findChromium();

type Stage = { id: string; name: string };

describe.skipIf(executable === null)(
  `leads and the pipeline in a browser${executable === null ? ` (${withoutChromium})` : ''}`,
  () => {
    let stack: Stack;
    let browser: Browser;
    let stages: Stage[];
    let session: Awaited<ReturnType<BrowserContext['storageState']>>;

    beforeAll(async () => {
      [stack, browser] = await Promise.all([startStack(), openBrowser(executable ?? '')]);
      await call(stack, 'POST', '/imports', readFileSync(sampleLeads), 'text/csv');
      const pipelines = await call<{ items: { stages: Stage[] }[] }>(stack, 'GET', '/pipelines');
      stages = pipelines.items[0]?.stages ?? [];
      const { page, close } = await openPage(browser);
      await signIn(page, stack.url, stack.demo);
      await page.getByRole('navigation', { name: 'Main' }).waitFor();
      session = await page.context().storageState();
      await close();
    });
    afterAll(async () => {
      await browser?.close();
      await stack?.stop();
    });

    const open = async (path: string, options = {}) => {
      const opened = await openPage(browser, { storageState: session, ...options });
      await opened.page.goto(`${stack.url}${path}`);
      return opened;
    };

    test('leads are searched with a slip of the pen, narrowed, chosen by range and tagged; the filter is kept', async () => {
      const { page, faults, close } = await open('/leads');
      const rows = page
        .getByRole('table', { name: 'Leads' })
        .getByRole('checkbox', { name: /^Select (?!all)/ });
      await rows.first().waitFor();
      await rows.nth(1).click();
      await rows.nth(4).click({ modifiers: ['Shift'] });
      const chosen = page.getByRole('region', { name: 'Selected leads' });
      await chosen.getByText('4 leads selected').waitFor();
      await chosen.getByRole('button', { name: 'Add tags' }).click();
      await page.getByRole('dialog').getByLabel('Tags').fill('fair');
      await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByText('Tags added: 4 leads').waitFor();

      await page.getByRole('button', { name: 'Filter' }).click();
      await page
        .getByRole('list', { name: 'Filter by' })
        .getByRole('button', { name: 'Tag', exact: true })
        .click();
      await page.getByRole('textbox', { name: 'Tag' }).fill('fair');
      await page.keyboard.press('Enter');
      await page.getByText('4 leads match.').waitFor();
      expect(new URL(page.url()).searchParams.get('tag')).toBe('fair');

      await page.getByRole('button', { name: 'All leads' }).click();
      await page.getByRole('menuitem', { name: 'Save this filter as…' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('From the fair');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'From the fair' }).click();
      await page.getByRole('menuitemradio', { name: 'All leads' }).click();
      await page.getByText(/people to reach/).waitFor();

      const [first] = await nameColumn(page);
      const slip = first?.replace(/(.)(.)(\w*)$/, '$2$1$3') ?? '';
      await page.getByRole('searchbox').fill(slip);
      await expect.poll(() => nameColumn(page)).toContain(first);
      expect(faults).toEqual([]);
      await close();
    });

    test('the list is walked, chosen from and opened by keys; a sort stands in the address', async () => {
      const { page, close } = await open('/leads?sort=name');
      await page.getByRole('columnheader', { name: 'Lead' }).waitFor();
      const names = await nameColumn(page);
      const byLastName = (name: string) => name.split(' ').toReversed().join(' ');
      expect(names).toEqual(names.toSorted((a, b) => byLastName(a).localeCompare(byLastName(b))));
      await page.keyboard.press('j');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('x');
      await page.keyboard.press('j');
      await page.keyboard.press('Shift+X');
      await page.getByText('2 leads selected').waitFor();
      await page.keyboard.press('?');
      const help = page.getByRole('dialog', { name: 'Keys of this list' });
      await help.waitFor();
      await page.keyboard.press('Escape');
      await help.waitFor({ state: 'detached' });
      await page.keyboard.press('/');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
      await page.getByRole('cell').getByRole('link').nth(2).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: names[2] }).waitFor();
      await page.getByRole('heading', { name: 'Timeline' }).waitFor();
      await close();
    });

    test('all that match are put into a stage at once, more than are loaded', async () => {
      const { page, close } = await open('/leads');
      await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click();
      await page.getByRole('button', { name: 'Select all 60 that match' }).click();
      await page.getByText('60 leads selected').waitFor();
      await page.getByRole('button', { name: 'Set stage' }).click();
      await page.getByRole('dialog').getByRole('combobox', { name: 'Stage' }).click();
      await page.getByRole('option', { name: 'New' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Set' }).click();
      await page.getByText('Stage set: 60 leads').waitFor();
      await close();
    });

    test('a card is dragged, another is moved by keys, and both are there for everybody', async () => {
      const { page, faults, close } = await open('/board');
      const other = await open('/board');
      await column(page, 'New').getByRole('listitem').first().waitFor();
      const [dragged] = await cards(page, 'New');
      await column(page, 'New')
        .getByText(dragged ?? '')
        .dragTo(column(page, 'Contacted'));
      await page.getByRole('status').getByText(`${dragged} moved to Contacted.`).waitFor();
      await expect.poll(() => cards(page, 'Contacted')).toEqual([dragged]);

      const [moved] = await cards(page, 'New');
      await page.getByRole('button', { name: `Move ${moved} to…` }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'Won' }).waitFor();
      await page.keyboard.press('w');
      await page.keyboard.press('Enter');
      await expect.poll(() => cards(page, 'Won')).toEqual([moved]);
      // The keyboard stays with the card.
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(moved);
      await expect.poll(() => cards(other.page, 'Won'), { timeout: 10_000 }).toEqual([moved]);
      await expect.poll(() => cards(other.page, 'Contacted')).toEqual([dragged]);
      expect(faults).toEqual([]);
      await other.close();
      await close();
    });

    test('a move that is refused is taken back, and told', async () => {
      const { page, close } = await open('/board');
      await column(page, 'New').getByRole('listitem').first().waitFor();
      const before = await cards(page, 'New');
      // The stage goes away behind the page's back, before the page hears of it.
      await page.route('**/v1/leads/*/stage', async (route) => {
        const other = stages.find(({ name }) => name === 'Appointment');
        await route.continue({
          postData: JSON.stringify({ stageId: other?.id.replace(/^.{8}/, '00000000') }),
        });
      });
      await column(page, 'New')
        .getByText(before[0] ?? '')
        .dragTo(column(page, 'Interested'));
      await page
        .getByRole('status')
        .getByText(`${before[0]} could not be moved and is back in New.`)
        .waitFor();
      await expect.poll(() => cards(page, 'New')).toEqual(before);
      expect(await cards(page, 'Interested')).toEqual([]);
      await close();
    });

    test('on a phone the board shows one stage, and a card is moved by its menu', async () => {
      const { page, close } = await open('/board', { viewport: { width: 390, height: 844 } });
      const picker = page.getByRole('combobox', { name: 'Stage' });
      await picker.click();
      await page.getByRole('option', { name: /^New / }).click();
      const [name] = await cards(page, 'New');
      await page.getByRole('button', { name: `Move ${name} to…` }).click();
      await page.getByRole('menuitem', { name: 'Interested' }).click();
      await expect.poll(() => cards(page, 'New')).not.toContain(name);
      await picker.click();
      await page.getByRole('option', { name: 'Interested (1)' }).click();
      await expect.poll(() => cards(page, 'Interested')).toEqual([name]);
      await close();
    });
  },
);

/** A request of the demo organisation's own key. */
async function call<T = unknown>(
  { url, demo }: Stack,
  method: string,
  path: string,
  body?: Buffer,
  type?: string,
): Promise<T> {
  const response = await fetch(`${url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${demo.apiKey}`, ...(type ? { 'content-type': type } : {}) },
    ...(body ? { body: new Uint8Array(body) } : {}),
  });
  expect(response.status, path).toBeLessThan(300);
  return (await response.json()) as T;
}

function nameColumn(page: Page): Promise<string[]> {
  return page.getByRole('table', { name: 'Leads' }).getByRole('cell').getByRole('link').allTextContents();
}

const column = (page: Page, stage: string) => page.getByRole('region', { name: stage, exact: true });

function cards(page: Page, stage: string): Promise<string[]> {
  return column(page, stage).getByRole('link').allTextContents();
}
