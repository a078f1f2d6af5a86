import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { hospitalAggregates, publish } from '#tests/support/dashboard/publish-hospital.ts';
import { expect, openPatient, type Stage, signIn, test } from './stage.ts';

const HOUR_MS = 3_600_000;
const SECTIONS = [
  'What needs attention',
  'Adoption',
  'Reasons',
  'Response time',
  'Burden',
  'Variation',
  'Equity',
  'Outcome',
  'Versions and sites',
];

/** A simulated hospital, counted once; every test publishes it into its own server. */
const NOW = Date.now();
const hospital = hospitalAggregates({ now: NOW, weeks: 12, perWeek: 220 });
/** All of its weeks: the usual view begins with a block, so how many it has depends on the day. */
const FROM = new Date(NOW - 13 * 7 * 24 * HOUR_MS).toISOString().slice(0, 10);

async function openDashboard(page: Page, stage: Stage, view = ''): Promise<void> {
  publish(stage.sandbox, hospital, new Date(NOW - HOUR_MS).toISOString());
  await page.goto(`${stage.appUrl}dashboard${view}`);
  await page.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('figure', { name: 'Advice followed' })).toBeVisible();
}

const figure = (page: Page, name: string) => page.getByRole('figure', { name, exact: true });

/** Charts are hidden from readers, who have the tables. */
async function violations(page: Page): Promise<unknown[]> {
  const { violations: found } = await new AxeBuilder({ page }).exclude('svg').analyze();
  return found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

test('a view that was sent opens after a sign-in, survives a reload, and every chart has its table', async ({
  page,
  stage,
}) => {
  const model = 'sepsis-early-warning-3.1.0';
  await openDashboard(page, stage, `?model=${model}&group=sex&from=${FROM}`);
  await expect(page.getByLabel('Model', { exact: true })).toHaveValue(model);
  await expect(page.getByText(/ · Sepsis early warning 3\.1\.0 · /)).toBeVisible();
  expect(page.url()).not.toContain('code=');
  for (const name of SECTIONS)
    await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeVisible();

  await page.getByLabel('Unit', { exact: true }).selectOption({ index: 1 });
  const chosen = await page.getByLabel('Unit', { exact: true }).inputValue();
  await page.reload();
  await expect(page.getByLabel('Model', { exact: true })).toHaveValue(model);
  await expect(page.getByLabel('Unit', { exact: true })).toHaveValue(chosen);
  for (const label of ['Unit', 'Model'])
    await page.getByLabel(label, { exact: true }).selectOption('');

  for (const title of ['Versions and sites', 'Outcome', 'Equity', 'Variation', 'Burden'])
    await page.getByRole('heading', { name: title, exact: true }).scrollIntoViewIfNeeded();
  for (const title of [
    'Advice followed',
    'Reasons for overriding, by who can act on them',
    'Time from display to answer',
    'Answers in under 3 seconds',
    'Displays per 100 encounters',
    'Displays per patient-day',
    'Hospital units',
    'Clinicians, without names',
    'Reach: recommendations that anybody saw',
    'Followed, by role',
    'Following by sex, held against the largest group',
    'No answer by sex, held against the largest group',
    'PPV by sex, held against the largest group',
    'Time to treatment',
    'PPV and sensitivity, by four weeks',
    'Calibration',
    'Model versions',
    'Sites',
  ]) {
    await figure(page, title).scrollIntoViewIfNeeded();
    await expect(figure(page, title).getByRole('img')).toBeVisible();
    await expect(page.getByRole('table', { name: title, exact: true })).toHaveCount(1);
  }
  // Clinicians are compared and not named.
  const table = page.getByRole('table', { name: 'Clinicians, without names' });
  await expect(table.getByRole('rowheader').first()).toHaveText('Clinician 1');
});

test('an answer given in another window moves the figures, and stands behind its week', async ({
  page,
  stage,
  context,
}) => {
  await openDashboard(page, stage);
  const status = page.getByRole('status').first();
  await expect(status).toContainText('are in these figures');
  const displayed = page.getByText('Displayed', { exact: true }).first().locator('xpath=../dd');
  const before = await displayed.innerText();

  const ward = await context.newPage();
  await ward.clock.install();
  await signIn(ward, stage);
  const app = await openPatient(ward, 'Hanna Kowalska');
  const card = app.getByRole('article', { name: /Start the sepsis bundle/ });
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(card.getByRole('status')).toContainText('Saved on this device');
  await ward.clock.fastForward(11_000);
  await expect(displayed).not.toHaveText(before, { timeout: 20_000 });

  await figure(page, 'Advice followed').getByRole('button', { name: 'Table' }).click();
  const rows = page.getByRole('table', { name: 'Advice followed' }).getByRole('row');
  await rows
    .getByRole('button', { name: /so far$/ })
    .last()
    .click();
  await expect(page.getByRole('table', { name: 'Decisions' })).toContainText('accepted');
  expect(page.url()).not.toMatch(/Patient|Practitioner/);
});

test('on paper small counts are left out, however printing was begun', async ({ page, stage }) => {
  await openDashboard(page, stage);
  const table = page.getByRole('table', { name: 'Advice followed' });
  await expect(table).not.toContainText('left out');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Counts of 1–10 are left out')).toBeVisible();
  for (const name of ['Model versions', 'Calibration'])
    await expect(figure(page, name)).toBeVisible();
  await expect(
    page.getByRole('figure', { name: 'Clinicians, without names' }).getByRole('row'),
  ).toHaveCount(1);
  const cells = await page.getByRole('figure').getByRole('cell').allInnerTexts();
  expect(cells).toContain('left out');
  // A count stands alone in its cell; figures have a unit, a point or an interval.
  expect(cells.filter((text) => /^([1-9]|10)$/.test(text))).toEqual([]);
});

test('a change of the model is added to the log and stands on every time axis', async ({
  page,
  stage,
}) => {
  await openDashboard(page, stage);
  await page.getByRole('button', { name: 'Change log' }).click();
  await page.getByLabel('Kind').selectOption('threshold');
  await page.getByLabel('Model (identifier)').fill('no-such-model');
  await page
    .getByLabel('In force from')
    .fill(new Date(NOW - 20 * 24 * HOUR_MS).toISOString().slice(0, 10));
  await page.getByLabel('After').fill('0.6');
  await page.getByRole('button', { name: 'Add to the log' }).click();
  await expect(page.getByRole('alert')).toContainText('No Device on this server');
  await page.getByLabel('Model (identifier)').fill('sepsis-early-warning-3.1.0');
  await page.getByRole('button', { name: 'Add to the log' }).click();
  await expect(page.getByRole('status')).toHaveText('Stored, and read back whole.');
  await expect(page.getByRole('table', { name: 'Change log' })).toContainText('0.6');
  const written = stage.sandbox
    .list('Observation')
    .filter(({ code }) => code.coding?.some((one) => one.code === 'model-change'));
  expect(written).toHaveLength(1);
});

test('at every width nothing scrolls sideways, and axe finds nothing in light and dark', async ({
  page,
  stage,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openDashboard(page, stage, '?model=sepsis-early-warning-3.1.0');
  await page.getByRole('heading', { name: 'Versions and sites' }).scrollIntoViewIfNeeded();
  await expect(figure(page, 'Sites')).toBeVisible();
  for (const [width, colorScheme] of [
    [320, undefined],
    [480, 'dark'],
    [1280, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: colorScheme ?? null, reducedMotion: 'reduce' });
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways, `${width} px`).toBeLessThanOrEqual(0);
    if (colorScheme) expect(await violations(page), `${width} px, ${colorScheme}`).toEqual([]);
  }
});

test.describe('on a machine that nobody uses', () => {
  test.use({ stageOptions: { site: { lockAfterMinutes: 5 } } });

  test('the figures are taken away, and a sign-in comes back to the same view', async ({
    page,
    stage,
  }) => {
    await page.clock.install();
    await openDashboard(page, stage, '?group=sex');
    await page.clock.fastForward(5 * 60_000 + 1_000);
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
    await expect(page.getByRole('figure')).toHaveCount(0);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByLabel('Patients by')).toHaveValue('sex');
  });
});

test('without published counts, and on a plain web server, it says what to do', async ({
  page,
  stage,
}) => {
  await page.goto(`${stage.appUrl}dashboard/?model=m`);
  await page.getByRole('button', { name: /^Sign in/ }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Nothing is published for these weeks')).toBeVisible();
  expect(page.url()).toContain('index.html?page=dashboard&model=m');
});
