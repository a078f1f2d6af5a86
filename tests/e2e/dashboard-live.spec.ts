import type { Observation } from 'fhir/r4';
import { SIGNAL_TEXTS } from '#src/domain/monitoring/texts.ts';
import { expect, expectSent, openPatient, signIn, test, watchNoise } from './stage.ts';

const isAnswer = ({ code }: Observation): boolean =>
  code.coding?.some((one) => one.code === 'recommendation-response') ?? false;

// Half a year, but of a small hospital: the large one is what `npm start` shows.
test.use({ stageOptions: { scenario: 'hospital', past: { perWeek: 250 } } });

test('a half year has two things to find, and an answer in one window moves the figures in another', async ({
  page,
  stage,
  context,
}) => {
  test.setTimeout(90_000);
  const published = await stage.published;
  const before = stage.sandbox.list('Observation').filter(isAnswer).length;
  expect(published?.decisions).toBe(before);

  // Window A: informatics, from the EHR's own page.
  await signIn(page, stage, /informatics/i);
  const opening = context.waitForEvent('page');
  await page.getByRole('link', { name: 'AI dashboard' }).click();
  const dashboard = await opening;
  const noise = watchNoise(dashboard);
  await dashboard.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
  await dashboard.getByRole('button', { name: 'Continue' }).click();
  const attention = dashboard.getByRole('region', { name: 'What needs attention' });
  for (const [signal, place] of [
    ['usage-collapse', 'Chest X-ray triage'],
    ['reason-concentration', 'Sepsis early warning'],
  ] as const) {
    const name = new RegExp(`^${SIGNAL_TEXTS[signal].title}.*${place}`);
    await expect(attention.getByRole('article', { name }).first()).toBeVisible();
  }
  await expect(dashboard.getByRole('status').first()).toContainText('nothing newer on the server');
  const displayed = dashboard
    .getByText('Displayed', { exact: true })
    .first()
    .locator('xpath=../dd');
  const count = async () => Number((await displayed.innerText()).replace(/\D/g, ''));
  const atFirst = await count();

  // Window B: a clinician, who overrides one and accepts another.
  const ward = await context.newPage();
  await ward.clock.install();
  await signIn(ward, stage, /Hospitalist/);
  const app = await openPatient(ward, 'Hanna Kowalska');
  const sepsis = app.getByRole('article', { name: /Start the sepsis bundle/ });
  await sepsis.getByRole('button', { name: 'Override', exact: true }).click();
  const reasons = sepsis.getByRole('group', { name: 'Reason for override' });
  await reasons.getByRole('button', { name: /Already done or ordered/ }).click();
  await expectSent(ward, sepsis);
  const potassium = app.getByRole('article', { name: /Check potassium/ });
  await potassium.getByRole('button').first().click();
  await potassium.getByRole('button', { name: 'Accept', exact: true }).click();
  await expectSent(ward, potassium);

  // Window A again, which nobody has touched.
  await expect.poll(count, { timeout: 25_000 }).toBe(atFirst + 2);
  expect(stage.sandbox.list('Observation').filter(isAnswer).length).toBe(before + 2);
  expect(noise).toEqual([]);
});
