import { recommend } from './chart.ts';
import { expect, expectOpen, test } from './real.ts';

// What the SMART launcher plays that Medplum has not: its pickers, and an EHR page with a frame.
test.skip(({ on }) => on !== 'launcher', 'the launcher’s own pages');

const title = () => `Arrange an early visit ${crypto.randomUUID().slice(0, 8)}`;
const idOf = (reference: string) => reference.split('/').at(-1) ?? '';

test('standalone: signs in, and the server asks which patient', async ({ page, real }) => {
  const launch = new URLSearchParams({ iss: real.issuers[1]?.iss ?? '' });
  await page.goto(`${real.appUrl()}launch.html?${launch}`);
  await page.getByTitle(`patient with ID ${idOf(real.chart.patient)}`).click();
  await expectOpen(page, real.chart);
});

test('by the pickers of the launcher: who, which patient, which encounter', async ({
  page,
  real,
}) => {
  const { chart, other } = real;
  await page.goto(
    await real.launchUrl({
      patient: `${other.patient},${chart.patient}`,
      provider: `${other.practitioner},${chart.practitioner}`,
      encounter: 'MANUAL',
    }),
  );
  await page.getByRole('combobox').selectOption(idOf(chart.practitioner));
  await page.getByRole('button', { name: 'Login' }).click();
  await page.getByTitle(`patient with ID ${idOf(chart.patient)}`).click();
  await page.getByTitle(`encounter with ID ${idOf(chart.encounter)}`).click();
  await expectOpen(page, chart);
});

test.describe('framed by the EHR', () => {
  test('same-site: opens and writes', async ({ page, real }) => {
    const name = title();
    const recommendation = await recommend(real.server, real.chart, name);
    await page.goto(await real.launchUrl({ framed: true }));
    const app = page.frameLocator('iframe');
    await expectOpen(app, real.chart);
    const card = app.getByRole('article', { name });
    await card.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect(card.getByRole('status')).toContainText('Sent');
    const stored = await real.server.feedback(
      'recommendation-response',
      real.chart.patient,
      recommendation,
    );
    expect(stored).toHaveLength(1);
  });

  test('cross-site, where the browser gives a frame no storage: signs in, says so, and writes', async ({
    page,
    real,
  }) => {
    const name = title();
    const recommendation = await recommend(real.server, real.chart, name);
    const elsewhere = real.issuers[0]?.iss.includes('localhost') ? '127.0.0.1' : 'localhost';
    await page.goto(await real.launchUrl({ framed: true }, elsewhere));
    const app = page.frameLocator('iframe');
    await expectOpen(app, real.chart);
    await expect(app.getByText('This panel keeps nothing')).toBeVisible();
    const card = app.getByRole('article', { name });
    await card.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect(card.getByRole('status')).toContainText('Sent');
    const stored = await real.server.feedback(
      'recommendation-response',
      real.chart.patient,
      recommendation,
    );
    expect(stored).toHaveLength(1);
  });
});

test('keeps the banner small where the EHR shows the patient itself', async ({ page, real }) => {
  const banner = (where: typeof page | ReturnType<typeof page.frameLocator>) =>
    where.getByRole('region', { name: 'Patient' });
  await page.goto(await real.launchUrl());
  await expect(banner(page)).toHaveAttribute('data-compact', 'false');
  await page.goto(await real.launchUrl({ framed: true }));
  await expect(banner(page.frameLocator('iframe'))).toHaveAttribute('data-compact', 'true');
});
