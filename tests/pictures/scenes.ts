import type { FrameLocator, Page } from '@playwright/test';
import type { Stage } from '#tests/e2e/stage.ts';
import { launchAddress } from '#tests/support/launch-address.ts';

/** What a picture shows. `act` leaves the page as it is to be taken. */
export interface Scene {
  readonly name: string;
  readonly widths: readonly number[];
  readonly schemes: readonly ('light' | 'dark')[];
  /** The whole page, however long; else what a screen of that width shows. */
  readonly whole?: boolean;
  /** Where the width in the name is that of the side panel: the screen around it. */
  readonly screen?: { readonly width: number; readonly height: number };
  /** Half a year behind the ward. */
  readonly hospital?: boolean;
  readonly act: (page: Page, stage: Stage, width: number) => Promise<void>;
}

const EVERY_WIDTH = [320, 480, 1280] as const;
const BOTH = ['light', 'dark'] as const;
const SEPSIS = /Start the sepsis bundle/;

async function openApp(page: Page, stage: Stage, patient: string): Promise<void> {
  await page.goto(await launchAddress(stage, { patient, clinician: /Hospitalist/ }));
  await settled(page);
}

/** Evidence has come, and the half second is over in which buttons do not yet react. */
async function settled(app: Page | FrameLocator): Promise<void> {
  await app.getByRole('region', { name: 'Patient' }).waitFor();
  await app.locator('[aria-busy="true"]').first().waitFor({ state: 'hidden' });
  await app.locator('body').evaluate(() => new Promise((done) => setTimeout(done, 900)));
}

const sepsis = (app: Page | FrameLocator) => app.getByRole('article', { name: SEPSIS });

async function toWard(page: Page, stage: Stage): Promise<void> {
  await page.goto(stage.ehrUrl);
  await page
    .getByRole('button', { name: /Hospitalist/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Open Hanna Kowalska', exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
}

async function toChart(page: Page, stage: Stage): Promise<FrameLocator> {
  await toWard(page, stage);
  await page.getByRole('button', { name: 'Open Hanna Kowalska', exact: true }).click();
  const app = page.frameLocator('iframe[title="AI recommendations"]:visible');
  await settled(app);
  return app;
}

/** The dashboard with all its charts drawn: they are, once they have been in view. */
async function toDashboard(page: Page, stage: Stage): Promise<void> {
  await stage.published;
  await page.goto(stage.dashboardUrl);
  await page.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('article').first().waitFor();
  for (const heading of await page.getByRole('heading', { level: 2 }).all()) {
    await heading.scrollIntoViewIfNeeded();
    await page.waitForLoadState('networkidle');
  }
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'hidden' });
}

/** The governance page, signed in as who governs. */
async function toGovernance(page: Page, stage: Stage): Promise<void> {
  await page.goto(`${stage.appUrl}governance/`);
  await page.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
  await page.getByLabel('Clinician').selectOption('informatics');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('article').first().waitFor();
  await page.waitForLoadState('networkidle');
}

/** One section of the dashboard, at the top of the screen. */
const section = (name: string, heading: string): Scene => ({
  name: `dashboard-${name}`,
  widths: [1280],
  schemes: ['light'],
  hospital: true,
  act: async (page, stage) => {
    await toDashboard(page, stage);
    const found = page.getByRole('heading', { level: 2, name: heading, exact: true });
    await found.evaluate((one) => one.scrollIntoView({ block: 'start' }));
  },
});

/** A state of the review screen, as the side panel of 480 px has it. */
const state = (
  name: string,
  patient: string,
  act: Scene['act'] = async () => undefined,
): Scene => ({
  name,
  widths: [480],
  schemes: ['light'],
  whole: true,
  act: async (page, stage) => {
    await openApp(page, stage, patient);
    await act(page, stage, 480);
  },
});

export const scenes: readonly Scene[] = [
  // The README's picture is one of these: the chart, and the side panel at each of its widths.
  {
    name: 'review',
    widths: EVERY_WIDTH,
    schemes: BOTH,
    screen: { width: 1280, height: 960 },
    act: async (page, stage, width) => {
      const app = await toChart(page, stage);
      await page.getByRole('tab', { name: 'Vitals & labs' }).click();
      const label = width > 480 ? 'Full tab' : `${width} px`;
      await page.getByRole('button', { name: label, exact: true }).click();
      await settled(app);
    },
  },
  {
    name: 'app',
    widths: EVERY_WIDTH,
    schemes: BOTH,
    whole: true,
    act: (page, stage) => openApp(page, stage, 'sepsis'),
  },
  {
    name: 'ehr-review',
    widths: EVERY_WIDTH,
    schemes: BOTH,
    act: async (page, stage) => void (await toChart(page, stage)),
  },
  {
    name: 'dashboard',
    widths: EVERY_WIDTH,
    schemes: BOTH,
    hospital: true,
    act: async (page, stage) => {
      await toDashboard(page, stage);
      await page.evaluate(() => scrollTo(0, 0));
    },
  },
  {
    name: 'governance',
    widths: EVERY_WIDTH,
    schemes: BOTH,
    act: toGovernance,
  },
  {
    name: 'governance-proposal',
    widths: [1280],
    schemes: ['light'],
    act: async (page, stage) => {
      await toGovernance(page, stage);
      await page.getByRole('button', { name: 'Open Sepsis early warning 3.1.0' }).click();
      await page.getByRole('button', { name: 'Propose a change' }).click();
      const form = page.getByRole('region', { name: 'Propose a change' });
      await form.getByLabel('To', { exact: true }).selectOption('restricted');
      await form.getByRole('region').first().waitFor();
      await form.evaluate((one) => one.scrollIntoView({ block: 'start' }));
    },
  },
  section('adoption', 'Adoption'),
  section('reasons', 'Reasons'),
  section('response-time', 'Response time'),
  section('burden', 'Burden'),
  section('variation', 'Variation'),
  section('equity', 'Equity'),
  section('outcome', 'Outcome'),
  { name: 'ehr-ward', widths: EVERY_WIDTH, schemes: BOTH, act: toWard },
  {
    name: 'ehr-chart',
    widths: EVERY_WIDTH,
    schemes: BOTH,
    act: async (page, stage) => {
      await toChart(page, stage);
      const chart = page.getByRole('button', { name: 'Chart', exact: true });
      if (await chart.isVisible()) await chart.click();
      await page.getByRole('tab', { name: 'Vitals & labs' }).click();
      await page.getByRole('table').first().waitFor();
    },
  },
  state('state-override', 'sepsis', async (page) => {
    await sepsis(page).getByRole('button', { name: 'Override', exact: true }).click();
    await sepsis(page).getByRole('group', { name: 'Reason for override' }).waitFor();
  }),
  state('state-held', 'sepsis', async (page) => {
    await sepsis(page).getByRole('button', { name: 'Accept', exact: true }).click();
    await sepsis(page).getByRole('button', { name: 'Undo' }).waitFor();
  }),
  state('state-sent', 'sepsis', async (page) => {
    await sepsis(page).getByRole('button', { name: 'Accept', exact: true }).click();
    await sepsis(page).getByRole('button', { name: 'Retract' }).waitFor({ timeout: 25_000 });
  }),
  state('state-deferred', 'sepsis', async (page) => {
    await sepsis(page).getByRole('button', { name: 'Defer', exact: true }).click();
    await sepsis(page)
      .getByRole('button', { name: /^(In )?\d+ (min|h)/ })
      .first()
      .click();
    await sepsis(page).getByRole('button', { name: 'Retract' }).waitFor({ timeout: 25_000 });
  }),
  state('state-suspended-model', 'heart-failure', async (page) => {
    const replaced = page.getByRole('button', { name: /replaced or cancelled/ });
    if (await replaced.isVisible()) await replaced.click();
    await page.getByRole('article').last().getByRole('button').first().click();
  }),
  state('state-nine', 'nine'),
  state('state-empty', 'nothing'),
  state('state-already-treated', 'already-treated'),
  state('state-model-facts', 'sepsis', async (page) => {
    await sepsis(page)
      .getByRole('button', { name: /About this model|Model|Intended use/i })
      .first()
      .click();
    await page.waitForTimeout(300);
  }),
  {
    name: 'state-wrong-patient',
    widths: [480],
    schemes: ['light'],
    whole: true,
    act: async (page, stage) => {
      // A token so short that every request renews it, and then it names another patient.
      let switched = false;
      await page.route('**/auth/token', async (route) => {
        const response = await route.fetch();
        const token = (await response.json()) as Record<string, unknown>;
        const short = { ...token, expires_in: 5, ...(switched && { patient: 'name-twin' }) };
        await route.fulfill({ response, json: short });
      });
      await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
      await settled(page);
      await sepsis(page).getByRole('button', { name: 'Accept', exact: true }).click();
      switched = true;
      await page.getByText(/may be the wrong patient/).waitFor({ timeout: 25_000 });
    },
  },
  {
    name: 'state-signed-out',
    widths: [480],
    schemes: ['light'],
    whole: true,
    act: async (page, stage) => {
      // The sign-in itself goes well; what it gave is worth nothing.
      await page.route('**/auth/token', (route) => {
        stage.sandbox.faults.add({ effect: { kind: 'status', status: 401 } });
        return route.continue();
      });
      await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
    },
  },
  {
    name: 'state-needs-sign-in',
    widths: [480],
    schemes: ['light'],
    whole: true,
    act: async (page, stage) => {
      await openApp(page, stage, 'sepsis');
      stage.sandbox.faults.add({ effect: { kind: 'status', status: 401 } });
      await sepsis(page).getByRole('button', { name: 'Accept', exact: true }).click();
      await sepsis(page).getByRole('button', { name: 'Sign in' }).waitFor({ timeout: 25_000 });
      stage.sandbox.faults.clear();
    },
  },
];
