import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '#tests/support/browser.ts';
import { buildAll } from '#tests/support/build-all.ts';
import { benchHistory } from './dashboard/history.ts';
import { startDashboard } from './dashboard/stage.ts';
import { machine } from './machine.ts';
import type { Section } from './section.ts';

const MANY = 100_000;
/** For a look in a minute: not the size that is promised. */
const QUICK_MANY = 10_000;
const LONGEST_MS = 50;
/** Of a year that has some more answers than a page takes: what it still takes. */
const DAYS = 50 * 7;
const DAY_MS = 86_400_000;

const firstDay = (asOf: string): string =>
  new Date(Date.parse(asOf) - DAYS * DAY_MS).toISOString().slice(0, 10);

interface Result {
  readonly machine: ReturnType<typeof machine>;
  readonly decisions: number;
  readonly countMs: number;
  readonly packMs: number;
  readonly zipMb: number;
  /** Tasks of the page of 50 ms and more, between `Count` and `Download`, longest first. */
  readonly longTasks: readonly number[];
}

/** Whether the page answers while it reads, joins and packs so many answers. */
export async function benchExportPage(quick: boolean): Promise<Section<Result>> {
  buildAll();
  const stage = await startDashboard(await benchHistory(quick ? QUICK_MANY : MANY, Date.now()));
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(900_000);
    await page.goto(stage.url.replace('/dashboard/', '/export/'));
    await page.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Purpose').fill('Bench');
    await page.getByLabel('First day').fill(firstDay(stage.history.asOf));
    await watchLongTasks(page);
    const countMs = await timed(page, 'Count', () =>
      page.getByRole('table', { name: 'Rows by table' }).waitFor(),
    );
    const packMs = await timed(page, 'Export', () =>
      page.getByRole('button', { name: 'Download' }).waitFor(),
    );
    const longTasks = await page.evaluate(() => Reflect.get(globalThis, 'longTasks') as number[]);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const zip = await (await downloading).createReadStream();
    let bytes = 0;
    for await (const chunk of zip) bytes += (chunk as Buffer).length;
    const result = {
      machine: machine(browser.version()),
      decisions: await answersIn(page),
      ...{ countMs, packMs, zipMb: bytes / 1e6 },
      longTasks: longTasks.toSorted((a, b) => b - a),
    };
    return { result, text: report(result) };
  } finally {
    await browser.close();
    await stage.close();
  }
}

async function answersIn(page: Page): Promise<number> {
  const row = page.getByRole('row', { name: /^decisions/ }).first();
  return Number((await row.getByRole('cell').innerText()).replace(/\D/g, ''));
}

const watchLongTasks = (page: Page) =>
  page.evaluate(() => {
    const found: number[] = [];
    Reflect.set(globalThis, 'longTasks', found);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) found.push(Math.round(duration));
    }).observe({ type: 'longtask' });
  });

async function timed(page: Page, button: string, done: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await page.getByRole('button', { name: button, exact: true }).click();
  await done();
  return Math.round(performance.now() - began);
}

function report({ machine: box, decisions, countMs, packMs, zipMb, longTasks }: Result): string {
  const [longest] = longTasks;
  const within = longest === undefined || longest <= LONGEST_MS;
  return [
    `${box.cpu}, ${box.cores} cores, ${box.memoryGb} GB, Node ${box.node}, Chromium ${box.chromium}, ${box.at}`,
    '',
    `Export page, ${decisions.toLocaleString('en')} answers, de-identified, CSV: count ${countMs} ms, pack ${packMs} ms, ${zipMb.toFixed(1)} MB`,
    longest === undefined
      ? `  no task of the page reached ${LONGEST_MS} ms`
      : `  longest task ${longest} ms (${within ? 'within' : 'OVER'} ${LONGEST_MS} ms), ${longTasks.length} of ${LONGEST_MS} ms and more`,
    '',
  ].join('\n');
}
