import type { Page } from 'playwright-core';

/*
 * What a person does, in the words of the pages. A step ends when the page has answered it.
 */

type Login = { email: string; password: string };

export async function signIn(page: Page, url: string, { email, password }: Login): Promise<void> {
  await page.goto(url);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

type LeadsFile = string | { name: string; text: string };

/** Hands a file to whatever opens the chooser; `button` is its name. */
export async function chooseFile(page: Page, file: LeadsFile, button = 'Choose a file'): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (
    await chooser
  ).setFiles(
    typeof file === 'string'
      ? file
      : { name: file.name, mimeType: 'text/csv', buffer: Buffer.from(file.text) },
  );
}

/** Looks at how the file is read and imports it; ends with what it came to. */
export async function importFile(page: Page, file: LeadsFile, button?: string): Promise<void> {
  await chooseFile(page, file, button);
  await page.getByText('First rows, as they will be').waitFor();
  await page.getByRole('button', { name: 'Import the file' }).click();
  await page.getByText(/\d+ leads? ready, /).waitFor({ timeout: 60_000 });
}

/** Launches what was imported into the campaign that is preselected; ends on the launch's page. */
export async function launchThem(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Launch \d+ leads?$/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Launch now' }).click();
  await page.waitForURL('**/launches/*');
}

/** The number before a word of a legend: "58 started". */
export async function countOf(page: Page, list: string, word: string): Promise<number> {
  const entry = page.getByRole('list', { name: list }).getByRole('listitem').filter({ hasText: word });
  return Number((await entry.textContent())?.replaceAll(/\D/g, '') ?? Number.NaN);
}

/** Opens a journey from the list on the page; the name is the lead's. */
export async function openFirstJourney(page: Page): Promise<string> {
  const link = page.getByRole('table', { name: 'Journeys' }).getByRole('cell').getByRole('link').first();
  const name = (await link.textContent()) ?? '';
  await link.click();
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  return name;
}

export async function timelineTitles(page: Page): Promise<string[]> {
  return page
    .locator('section:has(> header :text-is("Timeline")) li > div > div:first-child > p')
    .allTextContents();
}

/** How far the page is wider than the window, in pixels; what a phone would have to scroll sideways. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
