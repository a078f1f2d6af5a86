import { validateAgainstR4AndProfiles } from '#tests/support/validation/validate.ts';
import { basisOf, recommend } from './chart.ts';
import { expect, expectOpen, test } from './real.ts';

const title = () => `Arrange an early visit ${crypto.randomUUID().slice(0, 8)}`;
const issuesOf = (resource: object) =>
  validateAgainstR4AndProfiles(resource).map(({ path, message }) => `${path}: ${message}`);

for (const conditionalCreate of [true, false])
  test.describe(conditionalCreate ? 'with conditional create' : 'by search, then create', () => {
    test.use({ issuer: { conditionalCreate } });

    test('accept, and read it back from the FHIR server', async ({ page, real }) => {
      const { server, chart } = real;
      const name = title();
      const recommendation = await recommend(server, chart, name);
      await page.goto(await real.launchUrl());
      await expectOpen(page, chart);
      const card = page.getByRole('article', { name });
      const displayed = () =>
        server.feedback('recommendation-displayed', chart.patient, recommendation);
      // In view for a second: a click before that is no reading.
      await card.getByRole('heading', { level: 2 }).scrollIntoViewIfNeeded();
      await expect.poll(() => displayed().then((all) => all.length)).toBe(1);
      await card.getByRole('button', { name: 'Accept', exact: true }).click();
      await expect(card.getByRole('status')).toContainText('Sent');

      const [answer, ...others] = await server.feedback(
        'recommendation-response',
        chart.patient,
        recommendation,
      );
      expect(others).toEqual([]);
      expect(answer?.valueCodeableConcept?.coding?.[0]?.code).toBe('accepted');
      expect(answer?.performer?.[0]?.reference).toBe(chart.practitioner);
      expect(answer?.encounter?.reference).toBe(chart.encounter);
      expect(issuesOf(answer ?? {})).toEqual([]);
      const provenance = await server.search(`Provenance?target=Observation/${answer?.id}`);
      expect(provenance).toHaveLength(1);
      const shown = await displayed();
      expect(shown).toHaveLength(1);
      expect(shown.flatMap(issuesOf)).toEqual([]);
    });

    test('override with a reason and a comment', async ({ page, real }) => {
      const { server, chart } = real;
      const name = title();
      const recommendation = await recommend(server, chart, name);
      await page.goto(await real.launchUrl());
      await expectOpen(page, chart);
      const card = page.getByRole('article', { name });
      await card.getByRole('button', { name: 'Override', exact: true }).click();
      const reasons = card.getByRole('group', { name: 'Reason for override' });
      await reasons
        .getByRole('textbox', { name: 'Comment' })
        .fill('Visit booked – näher am Wohnort.');
      await reasons.getByRole('button', { name: 'Already arranged' }).click();
      await expect(card.getByRole('status')).toContainText('Sent');

      const [answer] = await server.feedback(
        'recommendation-response',
        chart.patient,
        recommendation,
      );
      expect(answer?.valueCodeableConcept?.coding?.[0]?.code).toBe('overridden');
      const reason = answer?.component?.find((one) =>
        one.code.coding?.some(({ code }) => code === 'override-reason'),
      );
      expect(reason?.valueCodeableConcept?.coding?.[0]?.code).toBe('action-completed');
      expect(answer?.note?.[0]?.text).toBe('Visit booked – näher am Wohnort.');
      expect(issuesOf(answer ?? {})).toEqual([]);
    });
  });

test('shows the inputs with value, unit, age and trend', async ({ page, real }) => {
  const name = title();
  await recommend(real.server, real.chart, name);
  await page.goto(await real.launchUrl());
  const card = page.getByRole('article', { name });
  await expect(card).not.toContainText('could not be read');
  for (const { code } of basisOf(real.chart).slice(0, 1))
    await expect(card).toContainText(code.text ?? '');
  await expect(card.locator('svg').first()).toBeVisible();
});

test('says so when there is no AI output for the patient', async ({ page, real }) => {
  const { other } = real;
  await page.goto(await real.launchUrl({ on: other }));
  await expectOpen(page, other);
  await expect(page.getByText('No open AI recommendations')).toBeVisible();
  await expect(page.getByText('No model has a current recommendation')).toBeVisible();
});

test('shows the answer when the chart is opened again', async ({ page, real, context }) => {
  const name = title();
  await recommend(real.server, real.chart, name);
  await page.goto(await real.launchUrl());
  const card = page.getByRole('article', { name });
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
  // Leaving sends what the undo window still holds.
  await page.goto('about:blank');
  const again = await context.newPage();
  await again.goto(await real.launchUrl());
  await expectOpen(again, real.chart);
  await expect(again.getByRole('article', { name })).toContainText('Accepted');
});

test('retract an answer that was stored', async ({ page, real }) => {
  const name = title();
  const recommendation = await recommend(real.server, real.chart, name);
  await page.goto(await real.launchUrl());
  const card = page.getByRole('article', { name });
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(card.getByRole('status')).toContainText('Sent');
  await card.getByRole('button', { name: 'Retract' }).click();
  await expect
    .poll(async () => {
      const [answer] = await real.server.feedback(
        'recommendation-response',
        real.chart.patient,
        recommendation,
      );
      return answer?.status;
    })
    .toBe('entered-in-error');
  await expect(card.getByRole('button', { name: 'Accept', exact: true })).toBeVisible();
});

test('renews the token before it ends', async ({ page, real }) => {
  await page.clock.install();
  const name = title();
  const recommendation = await recommend(real.server, real.chart, name);
  await page.goto(await real.launchUrl());
  await expectOpen(page, real.chart);
  const renewed = page.waitForRequest((request) =>
    (request.postData() ?? '').includes('grant_type=refresh_token'),
  );
  // In use all the while: a panel that nobody uses is locked.
  for (let minutes = 0; minutes < 120; minutes += 10) {
    await page.clock.fastForward('10:00');
    await page.mouse.move(minutes, 100);
  }
  await renewed;
  const card = page.getByRole('article', { name });
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.clock.fastForward('00:11');
  await expect(card.getByRole('status')).toContainText('Sent');
  const stored = await real.server.feedback(
    'recommendation-response',
    real.chart.patient,
    recommendation,
  );
  expect(stored).toHaveLength(1);
});
