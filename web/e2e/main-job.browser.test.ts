import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack } from '#scripts/testing/start-stack.ts';
import type { Stack } from '#scripts/testing/start-stack.ts';
import {
  axeViolations,
  countScripts,
  findChromium,
  openBrowser,
  openPage,
  withoutChromium,
} from './testing/browser.ts';
import {
  chooseFile,
  countOf,
  importFile,
  launchThem,
  openFirstJourney,
  overflow,
  signIn,
  timelineTitles,
} from './testing/steps.ts';

const sampleLeads = resolve(import.meta.dirname, '../../docs/sample-leads.csv');
const executable = findChromium();

describe.skipIf(executable === null)(
  `the main job in a browser${executable === null ? ` (${withoutChromium})` : ''}`,
  () => {
    let stack: Stack;
    let browser: Browser;
    let session: BrowserContextOptions['storageState'];

    beforeAll(async () => {
      [stack, browser] = await Promise.all([startStack(), openBrowser(executable ?? '')]);
      const { page, close } = await openPage(browser);
      await signIn(page, stack.url, stack.demo);
      await page.getByRole('heading', { level: 1, name: 'Launch' }).waitFor();
      session = await page.context().storageState();
      await close();
    });
    afterAll(async () => {
      await browser?.close();
      await stack?.stop();
    });

    /** A page of somebody who has signed in before. */
    const openSignedIn = async (options: BrowserContextOptions = {}) => {
      const opened = await openPage(browser, { storageState: session, ...options });
      await opened.page.goto(stack.url);
      await opened.page.getByRole('heading', { level: 1, name: 'Launch' }).waitFor();
      return opened;
    };

    test('a wrong password is told at the form, and lets nobody in', async () => {
      const { page, close } = await openPage(browser);
      await signIn(page, stack.url, { email: stack.demo.email, password: 'not the password' });
      await page.getByRole('alert').waitFor();
      expect(new URL(page.url()).pathname).toBe('/sign-in');
      await close();
    });

    test('signing in and the first page need at most 200 kB of JavaScript', async () => {
      const { page, faults, close } = await openPage(browser);
      const scripts = countScripts(page);
      await signIn(page, stack.url, stack.demo);
      await page.getByRole('region', { name: 'Leads file' }).waitFor();
      await page.getByRole('list', { name: 'How it goes' }).waitFor();
      const bytes = await scripts();
      expect(bytes).toBeGreaterThan(50_000);
      expect(bytes).toBeLessThanOrEqual(200_000);
      expect(faults).toEqual([]);
      await close();
    });

    test('a file of leads becomes journeys that can be watched, in four clicks', async () => {
      const { page, faults, close } = await openSignedIn();
      await importFile(page, sampleLeads);
      await page.getByText(/60 leads ready, \d+ lines? to mend/).waitFor();
      await page.getByRole('cell', { name: 'MISSING_PHONE' }).first().waitFor();
      await page
        .getByRole('region', { name: 'Before the launch' })
        .getByText(/can be contacted$/)
        .waitFor();
      await launchThem(page);

      // The page is left alone from here: what changes, changes by itself.
      const leads = 'Leads of this launch';
      await expect.poll(() => countOf(page, leads, 'pending'), { timeout: 60_000 }).toBe(0);
      const started = await countOf(page, leads, 'started');
      expect(started + (await countOf(page, leads, 'refused'))).toBe(60);
      expect(started).toBeGreaterThan(0);
      await page.getByText(/^\d+ journeys (in all|loaded)/).waitFor();

      const name = await openFirstJourney(page);
      await page.getByRole('heading', { level: 1, name }).waitFor();
      expect(await page.title()).toContain(name);
      const link = page.getByRole('link', { name: 'Open in Temporal Web' });
      expect(await link.getAttribute('href')).toContain(stack.temporalWebUrl);
      expect(faults).toEqual([]);
      await close();
    });

    test('how a file is read can be changed, and lines to mend are mended and imported', async () => {
      const { page, faults, close } = await openSignedIn();
      await chooseFile(page, {
        name: 'fair.txt',
        text: 'who;mobile;town\nAda Mend;01 71 55 50 14;Paris\nBea Short;12;Nice\nCy Silent;;Lille\n',
      });
      const rows = page.getByRole('region', { name: 'First rows' });
      await rows.getByText('Missing phone').waitFor();
      // A Paris number: it can be read once the file is said to come from France.
      await page.getByLabel('Numbers without a country code are from').selectOption('FR');
      await rows.getByText('+33171555014').waitFor();
      await page.getByLabel('What the column who is').selectOption('Full name');
      await rows.getByRole('columnheader', { name: 'First name' }).waitFor();
      await page.getByRole('button', { name: 'Import the file' }).click();
      await page.getByText('1 lead ready, 2 lines to mend').waitFor({ timeout: 60_000 });

      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download the lines to mend' }).click();
      const text = await readFile(await (await download).path(), 'utf8');
      expect(text).toContain('INVALID_PHONE');
      const mended = text
        .replace(/(Bea Short"?[;,]"?)12/, (_, before: string) => `${before}0171555143`)
        .replace(/(Cy Silent"?[;,])/, (_, before: string) => `${before}0171555144`);
      expect(mended).not.toBe(text);
      await chooseFile(page, { name: 'mended.csv', text: mended }, 'Upload the mended file');
      await page.getByText('First rows, as they will be').waitFor();
      await page.getByRole('button', { name: 'Import the file' }).click();
      await page.getByText('2 leads ready, no line to mend').waitFor({ timeout: 60_000 });
      expect(faults).toEqual([]);
      await close();
    });

    test('a journey does what it is told, and its timeline tells it at once', async () => {
      const { page, faults, close } = await openSignedIn();
      const name = await openRunningJourney(page);
      await expect.poll(() => timelineTitles(page)).toContain('Journey started');
      // A text was sent, or put off until it is day where the lead is.
      await expect
        .poll(() => timelineTitles(page))
        .toContainEqual(expect.stringMatching(/^Text (sent|put off)$/));

      const why = page.getByText('Why not yet?');
      await why.click();
      await page.getByText(/^Next is the (text|call)/).waitFor();
      await why.click();

      await page.getByRole('button', { name: 'Pause' }).click();
      await expect.poll(() => timelineTitles(page), { timeout: 20_000 }).toContain('Paused');
      await page.getByText('Paused by a person').waitFor();
      await page.getByRole('button', { name: 'Resume' }).click();
      await expect.poll(() => timelineTitles(page), { timeout: 20_000 }).toContain('Resumed');

      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Reschedule…' }).click();
      await page.getByRole('button', { name: 'In a week' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Reschedule' }).click();
      await expect.poll(() => timelineTitles(page), { timeout: 20_000 }).toContain('Rescheduled');

      await page.getByRole('button', { name: 'Set disposition' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox', { name: 'Disposition' }).click();
      await page.getByRole('option', { name: /^Not interested/ }).click();
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await expect
        .poll(() => timelineTitles(page), { timeout: 20_000 })
        .toEqual(expect.arrayContaining(['Disposition applied', 'Removed from the journey']));
      await page.getByText('How it ended').waitFor();
      expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0);

      // The disposition has moved the card; by keyboard it is moved on.
      await page.getByRole('link', { name: 'Pipeline', exact: true }).click();
      const column = (stage: string) => page.getByRole('list', { name: stage, exact: true });
      await column('Lost').getByRole('link', { name }).waitFor();
      await column('Lost')
        .getByRole('button', { name: `Move ${name} to…` })
        .press('Enter');
      await page.getByRole('menuitem', { name: 'Appointment' }).press('Enter');
      await column('Appointment').getByRole('link', { name }).waitFor();
      await expect.poll(() => column('Lost').getByRole('link', { name, exact: true }).count()).toBe(0);
      expect(faults).toEqual([]);
      await close();
    });

    test('a launch is paused and resumed as a whole', async () => {
      const { page, close } = await openSignedIn();
      await page.getByRole('link', { name: 'Launches', exact: true }).click();
      await page.getByRole('table', { name: 'Launches' }).getByRole('link').first().click();
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Pause' }).click();
      await page.getByRole('button', { name: 'Resume' }).click();
      await page.getByRole('button', { name: 'Pause' }).waitFor();
      await close();
    });

    test('a call is promised on the lead’s own clock, and taken back', async () => {
      const { page, faults, close } = await openSignedIn();
      await page.getByRole('link', { name: 'Leads', exact: true }).click();
      await page.getByRole('table').getByRole('cell').getByRole('link').first().click();
      const promises = page.getByRole('list', { name: 'Callbacks' }).getByRole('listitem');
      await page.getByRole('button', { name: 'Promise a call' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Promise the call' }).click();
      await dialog.getByText('Choose a date and a time.').waitFor();
      const inAWeek = new Date(Date.now() + 7 * 24 * 3_600_000).toISOString().slice(0, 10);
      await dialog.getByLabel('When, on the lead’s clock').fill(`${inAWeek}T10:35`);
      await dialog.getByLabel('Note').fill('after the meeting');
      await dialog.getByRole('button', { name: 'Promise the call' }).click();
      await promises.filter({ hasText: 'Scheduled' }).getByText('10:35').waitFor();
      await promises.getByText('after the meeting').waitFor();
      await promises.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the callback' }).click();
      await promises.filter({ hasText: 'Cancelled' }).waitFor();
      expect(await promises.count()).toBe(1);
      expect(faults).toEqual([]);
      await close();
    });

    test('the same file launched again starts nobody twice, and says why', async () => {
      const { page, close } = await openSignedIn();
      await importFile(page, sampleLeads);
      await page.getByText('Known leads, updated').waitFor();
      await launchThem(page);
      await expect.poll(() => countOf(page, 'Leads of this launch', 'refused'), { timeout: 60_000 }).toBe(60);
      await page.getByRole('link', { name: /^Refused/ }).click();
      await page.getByText('Already enrolled').first().waitFor();
      await close();
    });

    test.each([
      ['an empty file', { name: 'empty.csv', text: '' }, 'EMPTY_FILE'],
      ['a file without phone numbers', { name: 'names.csv', text: 'name\nAda\n' }, 'NO_PHONE_COLUMN'],
      ['a broken file', { name: 'broken.csv', text: 'phone,name\n"212-555-0100,Ada\n' }, 'BROKEN_CSV'],
    ])('%s is refused with a reason, and another can be chosen', async (_what, file, code) => {
      const { page, close } = await openSignedIn();
      const answer = page.waitForResponse('**/v1/imports?draft=true');
      await chooseFile(page, file);
      expect(await (await answer).json()).toMatchObject({ code });
      await page.getByRole('alert').getByText(`${file.name} was not imported`).waitFor();
      await page.getByRole('button', { name: 'Choose a file' }).waitFor();
      await close();
    });

    test('what can come of a contact is added, changed, put away and brought back', async () => {
      const { page, faults, close } = await openSignedIn();
      await page.goto(`${stack.url}/settings/dispositions`);
      const name = 'Asked for a brochure';
      const line = page
        .getByRole('list', { name: 'Dispositions' })
        .getByRole('listitem')
        .filter({ hasText: name });
      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: 'Add a disposition' }).click();
      await dialog.getByLabel('Name').fill(name);
      await dialog.getByRole('button', { name: 'Add' }).click();
      await line.getByText('Recorded, and nothing else').waitFor();
      await page.getByRole('button', { name: `Edit ${name}` }).click();
      await dialog.getByLabel('Make a task').fill('Send the brochure');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await line.getByText('Task “Send the brochure”').waitFor();
      await line.getByRole('button', { name: 'Archive' }).click();
      await line.getByText('Archived').waitFor();
      await line.getByRole('button', { name: 'Bring back' }).click();
      await line.getByText('Archived').waitFor({ state: 'detached' });
      expect(faults).toEqual([]);
      await close();
    });

    describe('every page works for everybody, light and dark, and fits a phone', () => {
      let opened: Awaited<ReturnType<typeof openSignedIn>>;
      beforeAll(async () => {
        opened = await openSignedIn();
      });
      afterAll(() => opened?.close());

      test.each([
        ['/', 'Launch'],
        ['/launch?view=all', 'Launch known leads'],
        ['/imports', 'Imports'],
        ['/imports/:first', /leads|fair|mended/],
        ['/launches', 'Launches'],
        ['/launches/:first', 'sample-leads'],
        ['/launches/:first?view=refused', 'sample-leads'],
        ['/journeys', 'Journeys'],
        ['/journeys/:first', /\w/],
        ['/leads', 'Leads'],
        ['/leads/:first', /\w/],
        ['/board', 'Pipeline'],
        ['/campaigns', 'Campaigns'],
        ['/campaigns/:first', /\w/],
        ['/settings', /\w/],
        ['/settings/dispositions', /\w/],
        ['/settings/fields', /\w/],
        ['/settings/do-not-call', /\w/],
        ['/settings/consent', /\w/],
        ['/nowhere', /\w/],
        ['/sign-in', 'Sign in'],
      ])('%s', async (address, heading) => {
        const { page, faults } = opened;
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
        await page.goto(`${stack.url}${await withFirst(page, address)}`);
        await page.getByRole('heading', { level: 1, name: heading }).first().waitFor();
        await expect.poll(() => page.getByRole('status', { name: 'Loading' }).count()).toBe(0);
        const found: Record<string, unknown> = { wideAndLight: await axeViolations(page) };
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
        await page.setViewportSize({ width: 390, height: 844 });
        // The page hears of it a moment later.
        await page.locator('html.dark').waitFor();
        found.narrowAndDark = await axeViolations(page);
        found.overflow = await overflow(page);
        expect(found).toEqual({ wideAndLight: [], narrowAndDark: [], overflow: 0 });
        expect(faults).toEqual([]);
      });
    });

    test('on a phone the way leads over the drawer', async () => {
      const { page, faults, close } = await openSignedIn({
        viewport: { width: 390, height: 844 },
        colorScheme: 'dark',
      });
      expect(await page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(true);
      await importFile(page, sampleLeads);
      for (const place of ['Launches', 'Leads', 'Pipeline', 'Campaigns']) {
        await page.getByRole('button', { name: 'Open the navigation' }).click();
        await page.getByRole('dialog').getByRole('link', { name: place, exact: true }).click();
        await page.getByRole('heading', { level: 1, name: place, exact: true }).waitFor();
      }
      expect(faults).toEqual([]);
      await close();
    });
  },
);

/** An address whose `:first` is the first thing of that list. */
async function withFirst(page: Page, address: string): Promise<string> {
  const [, list] = /^\/(\w+)\/:first/.exec(address) ?? [];
  if (list === undefined) return address;
  const id = await page.evaluate(async (path) => {
    const answer = (await (await fetch(path)).json()) as { items: { id: string }[] };
    return answer.items[0]?.id ?? '';
  }, `/v1/${list}?limit=1`);
  expect(id).not.toBe('');
  return address.replace(':first', id);
}

async function openRunningJourney(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Journeys', exact: true }).click();
  await page.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: /^Active/ }).click();
  await page.waitForURL('**/journeys?status=active');
  return openFirstJourney(page);
}
