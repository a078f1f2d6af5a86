import {
  component,
  expectValid,
  exposuresOf,
  plainSearch,
  responseCode,
  responsesOf,
} from './fhir-reader.ts';
import { expect, expectSent, openPatient, signIn, test } from './stage.ts';

const TITLE = /Start the sepsis bundle/;

test.describe('from the ward list to an Observation that anybody can read', () => {
  test('accept, in one action', async ({ page, stage }) => {
    await signIn(page, stage);
    const app = await openPatient(page, 'Hanna Kowalska');
    const card = app.getByRole('article', { name: TITLE });
    await card.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect(card.getByText('Recorded. Nothing was ordered.')).toBeVisible();
    await expect(card.getByRole('status')).toContainText('Saved on this device');
    await expect(card.getByRole('status')).toContainText('Sent', { timeout: 20_000 });

    const [answer, ...others] = await responsesOf(stage, 'sepsis');
    expect(others).toEqual([]);
    expect(responseCode(answer)).toBe('accepted');
    expect(answer?.focus?.[0]?.reference).toMatch(/^RiskAssessment\/[^/]+$/);
    expect(answer?.performer?.[0]?.reference).toMatch(/^Practitioner\//);
    expect(component(answer, 'time-to-response')?.valueQuantity?.value).toBeGreaterThan(0);
    expectValid(answer);
    for (const exposure of await exposuresOf(stage, 'sepsis')) expectValid(exposure);
    const provenance = await plainSearch(stage, `Provenance?target=Observation/${answer?.id}`);
    expect(provenance.entry).toHaveLength(1);
    expectValid(provenance.entry?.[0]?.resource);
  });

  test.describe('with its wait passed over', () => {
    test.use({ movableClock: true });

    test('override with a reason and a comment, in two actions', async ({ page, stage }) => {
      await signIn(page, stage);
      const app = await openPatient(page, 'Hanna Kowalska');
      const card = app.getByRole('article', { name: TITLE });
      await card.getByRole('button', { name: 'Override', exact: true }).click();
      const reasons = card.getByRole('group', { name: 'Reason for override' });
      await reasons.getByRole('textbox', { name: 'Comment' }).fill('Antibiotics given at 20:10.');
      await reasons.getByRole('button', { name: /Already done or ordered/ }).click();
      await expectSent(page, card);

      const [answer] = await responsesOf(stage, 'sepsis');
      expect(responseCode(answer)).toBe('overridden');
      expect(component(answer, 'override-reason')?.valueCodeableConcept?.coding?.[0]?.code).toMatch(
        /^(action-completed|indication-order-exists)$/,
      );
      expect(answer?.note?.[0]?.text).toBe('Antibiotics given at 20:10.');
      expectValid(answer);
    });
  });
});
