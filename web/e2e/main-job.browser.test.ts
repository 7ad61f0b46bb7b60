import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack } from '#scripts/testing/start-stack.ts';
import type { Stack } from '#scripts/testing/start-stack.ts';
import { findChromium, openBrowser, openPage, withoutChromium } from './testing/browser.ts';
import {
  chooseFile,
  countOf,
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

    beforeAll(async () => {
      [stack, browser] = await Promise.all([startStack(), openBrowser(executable ?? '')]);
    });
    afterAll(async () => {
      await browser?.close();
      await stack?.stop();
    });

    test('a wrong password is told at the form, and lets nobody in', async () => {
      const { page, close } = await openPage(browser);
      await signIn(page, stack.url, { email: stack.demo.email, password: 'not the password' });
      await page.getByRole('alert').waitFor();
      expect(new URL(page.url()).pathname).toBe('/sign-in');
      await close();
    });

    test('a file of leads becomes journeys that can be watched, in four clicks', async () => {
      const { page, faults, close } = await openPage(browser);
      await signIn(page, stack.url, stack.demo);
      await chooseFile(page, sampleLeads);
      await page.getByText(/60 leads ready, \d+ lines? rejected/).waitFor();
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

    test('a journey does what it is told, and its timeline tells it at once', async () => {
      const { page, faults, close } = await openPage(browser);
      await signIn(page, stack.url, stack.demo);
      await openRunningJourney(page);
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
      expect(faults).toEqual([]);
      await close();
    });

    test('a launch is paused and resumed as a whole', async () => {
      const { page, close } = await openPage(browser);
      await signIn(page, stack.url, stack.demo);
      await page.getByRole('link', { name: 'Launches', exact: true }).click();
      await page.getByRole('table', { name: 'Launches' }).getByRole('link').first().click();
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Pause' }).click();
      await page.getByRole('button', { name: 'Resume' }).click();
      await page.getByRole('button', { name: 'Pause' }).waitFor();
      await close();
    });

    test('a call is promised on the lead’s own clock, and taken back', async () => {
      const { page, faults, close } = await openPage(browser);
      await signIn(page, stack.url, stack.demo);
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
      const { page, close } = await openPage(browser);
      await signIn(page, stack.url, stack.demo);
      await chooseFile(page, sampleLeads);
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
      const { page, close } = await openPage(browser);
      await signIn(page, stack.url, stack.demo);
      const answer = page.waitForResponse('**/v1/imports');
      await chooseFile(page, file);
      expect(await (await answer).json()).toMatchObject({ code });
      await page.getByRole('alert').getByText(`${file.name} was not imported`).waitFor();
      await page.getByRole('button', { name: 'Choose a file' }).waitFor();
      await close();
    });

    test.each(['light', 'dark'] as const)('every page fits a phone, %s', async (colorScheme) => {
      const { page, faults, close } = await openPage(browser, {
        viewport: { width: 390, height: 844 },
        colorScheme,
      });
      await signIn(page, stack.url, stack.demo);
      const wide: string[] = [];
      for (const place of ['Launch', 'Launches', 'Journeys', 'Leads', 'Campaigns']) {
        await page.getByRole('button', { name: 'Open the navigation' }).click();
        await page.getByRole('dialog').getByRole('link', { name: place, exact: true }).click();
        await page.getByRole('heading', { level: 1, name: place, exact: true }).waitFor();
        if ((await overflow(page)) > 0) wide.push(place);
        if (place === 'Launch') continue;
        await page.getByRole('table').getByRole('cell').getByRole('link').first().click();
        await page.getByRole('heading', { level: 2 }).first().waitFor();
        if ((await overflow(page)) > 0) wide.push(`one of ${place}`);
      }
      expect(wide).toEqual([]);
      expect(faults).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(
        colorScheme === 'dark',
      );
      await close();
    });
  },
);

async function openRunningJourney(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Journeys', exact: true }).click();
  await page.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: /^Active/ }).click();
  await page.waitForURL('**/journeys?status=active');
  await openFirstJourney(page);
}
