import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { findChromium, openBrowser, openPage, withoutChromium } from '#web/e2e/testing/browser.ts';
import { signIn } from '#web/e2e/testing/steps.ts';
import { projectRoot } from './launcher/paths.ts';
import { untilToldToStop } from './launcher/stop-signal.ts';
import { pages } from './screenshots/pages.ts';
import type { PictureOf, Subjects } from './screenshots/pages.ts';
import { setScene } from './screenshots/scene.ts';
import { startStack } from './testing/start-stack.ts';
import type { Stack } from './testing/start-stack.ts';

/*
 * `npm run screenshots`: starts the product on ports and in a folder of its own, launches the sample file, and writes every
 * page to docs/screens, in both themes, on desktop and phone. With names of pages, only those.
 */

const folder = join(projectRoot, 'docs/screens');
const themes = ['light', 'dark'] as const;
const sizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true },
} as const;
/** The repository is not a photo album. */
const mostBytes = 3_000_000;

async function main(wanted: string[]): Promise<void> {
  const unknown = wanted.filter((name) => !pages.some((page) => page.name === name));
  if (unknown.length > 0) throw new Error(`There is no page ${unknown.join(', ')}`);
  const executable = findChromium();
  if (executable === null) throw new Error(withoutChromium);
  const stack = await startStack();
  const browser = await openBrowser(executable);
  try {
    const subjects = await setScene(stack, say);
    const chosen = wanted.length === 0 ? pages : pages.filter(({ name }) => wanted.includes(name));
    const written = await takeAll(browser, stack, subjects, chosen);
    if (wanted.length === 0) await removeAllBut(written);
    const bytes = await sizeOf(folder);
    say(`${written.length} pictures; docs/screens has ${Math.round(bytes / 1000)} kB`);
    if (bytes > mostBytes) throw new Error(`docs/screens is larger than ${mostBytes / 1000} kB`);
  } finally {
    await browser.close();
    await stack.stop();
  }
}

async function takeAll(
  browser: Browser,
  stack: Stack,
  subjects: Subjects,
  chosen: PictureOf[],
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const signing = await openPage(browser);
  await signIn(signing.page, stack.url, stack.demo);
  await signing.page.waitForURL((url) => url.pathname !== '/sign-in');
  const storageState = await signing.page.context().storageState();
  await signing.close();
  const written: string[] = [];
  for (const theme of themes) {
    for (const [size, options] of Object.entries(sizes)) {
      for (const { name, path, signedOut } of chosen) {
        const { page, close } = await openPage(browser, {
          ...options,
          colorScheme: theme,
          reducedMotion: 'reduce',
          ...(signedOut ? {} : { storageState }),
        });
        await page.goto(stack.url + path(subjects));
        await untilShown(page);
        const file = `${name}-${size}-${theme}.webp`;
        await writeFile(join(folder, file), await takePicture(page));
        written.push(file);
        await close();
      }
      say(`${size}, ${theme}: ${chosen.length} pages`);
    }
  }
  return written;
}

/** The page is there, and nothing on it is still being loaded. The stream of changes never ends, so silence is no sign. */
async function untilShown(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton, [aria-busy="true"]') === null);
  await page.evaluate(async () => void (await document.fonts.ready));
  await sleep(400);
}

/** WebP, which a browser writes in a third of a PNG's size. */
async function takePicture(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 70 });
  return Buffer.from(data, 'base64');
}

async function removeAllBut(written: string[]): Promise<void> {
  for (const name of await readdir(folder)) if (!written.includes(name)) await rm(join(folder, name));
}

async function sizeOf(path: string): Promise<number> {
  const files = await Promise.all((await readdir(path)).map((name) => stat(join(path, name))));
  return files.reduce((sum, { size }) => sum + size, 0);
}

function say(line: string): void {
  console.log(`  ${line}`);
}

const { told } = untilToldToStop();
const finished = main(process.argv.slice(2)).then(
  () => 0,
  (error: unknown) => {
    console.error(error);
    return 1;
  },
);
process.exitCode = await Promise.race([finished, told.then(() => 130)]);
process.exit();
