import type { Observation, RiskAssessment } from 'fhir/r4';
import { launchAddress } from '#tests/support/launch-address.ts';
import { SYNTHEA, type SyntheaChart, syntheaChart, syntheaFiles } from '#tests/support/synthea.ts';
import { expectValid, responseCode, responsesOf } from './fhir-reader.ts';
import { expect, expectSent, test } from './stage.ts';

// Charts that nobody here wrote (Synthea), with one AI recommendation put in: what the app reads
// from a stranger's chart must be on the screen as it is in the chart.
if (syntheaFiles.length === 0)
  console.warn(`SKIPPED: no Synthea charts in ${SYNTHEA}; foreign charts are NOT proven.`);

test.use({ movableClock: true });

const MODERATE = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/risk-probability', code: 'moderate' }],
};
const TITLE = 'Review these results together';

function recommendation({ patient, newest }: SyntheaChart): RiskAssessment & { id: string } {
  return {
    resourceType: 'RiskAssessment',
    id: `ai-${patient.id}`.slice(0, 64),
    meta: {
      security: [
        { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'AIAST' },
      ],
    },
    identifier: [{ system: 'https://vendor.example.org/ids', value: patient.id }],
    status: 'final',
    code: { text: TITLE },
    subject: { reference: `Patient/${patient.id}` },
    occurrenceDateTime: newest[0]?.effectiveDateTime ?? '2020-12-31',
    performer: { display: 'A model from elsewhere' },
    basis: newest.slice(0, 5).map((one) => ({ reference: `Observation/${one.id}` })),
    prediction: [{ outcome: { text: 'Deterioration' }, qualitativeRisk: MODERATE }],
    mitigation: 'Look at the trend.',
  };
}

/** Every number of a result, to the four digits that the screen shows at most. */
function numbersOf(observation: Observation): RegExp[] {
  const values = [
    observation.valueQuantity?.value,
    ...(observation.component ?? []).map((one) => one.valueQuantity?.value),
  ].filter((value) => value !== undefined);
  return values.map((value) => {
    const shown = String(Number(value.toPrecision(4)));
    return new RegExp(`(^|[^\\d.])${literal(shown)}`);
  });
}

const literal = (text: string) => text.replace(/[.+*]/g, '\\$&');

for (const file of syntheaFiles.length > 0 ? syntheaFiles : ['no chart is there']) {
  test(`a chart by Synthea: ${file.replace(/_[0-9a-f-]{36}\.json$/, '')}`, async ({
    page,
    stage,
  }) => {
    test.skip(syntheaFiles.length === 0, `no Synthea charts in ${SYNTHEA}`);
    const chart = syntheaChart(file);
    for (const resource of chart.resources) stage.sandbox.put(resource);
    stage.sandbox.put(recommendation(chart));
    const { patient } = chart;
    await page.setViewportSize({ width: 480, height: 900 });
    await page.goto(await launchAddress(stage, { patient: patient.id }));

    const banner = page.getByRole('region', { name: 'Patient' });
    await expect(banner).toContainText(patient.name?.[0]?.family?.toUpperCase() ?? '');
    await expect(banner).toContainText(patient.name?.[0]?.given?.[0] ?? '');
    const mrn = patient.identifier?.find(({ type }) => type?.coding?.[0]?.code === 'MR')?.value;
    await expect(banner).toContainText(mrn ?? '');

    const card = page.getByRole('article', { name: TITLE });
    await expect(card.getByText('A model from elsewhere').first()).toBeVisible();
    const cited = chart.newest.slice(0, 5);
    expect(cited).toHaveLength(5);
    for (const observation of cited) {
      const row = card.getByRole('listitem').filter({ hasText: observation.code.text ?? '' });
      await expect(row).toHaveCount(1);
      const numbers = numbersOf(observation);
      expect(numbers.length).toBeGreaterThan(0);
      for (const number of numbers) await expect(row).toContainText(number);
    }
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways).toBeLessThanOrEqual(0);

    await card.getByRole('button', { name: 'Accept', exact: true }).click();
    await expectSent(page, card);
    const [answer] = await responsesOf(stage, patient.id);
    expect(responseCode(answer)).toBe('accepted');
    expect(answer?.focus?.[0]?.reference).toBe(`RiskAssessment/${recommendation(chart).id}`);
    expectValid(answer);
  });
}

// A band in words only is legal FHIR; the answer must not carry it as a code that is empty.
test('a risk band without a code is written without one', async ({ page, stage }) => {
  const told = {
    ...recommendation({
      resources: [],
      newest: [],
      patient: { resourceType: 'Patient', id: 'nothing' },
    }),
    prediction: [{ outcome: { text: 'Deterioration' }, qualitativeRisk: { text: 'Moderate' } }],
  };
  stage.sandbox.put(told);
  await page.goto(await launchAddress(stage, { patient: 'nothing' }));
  const card = page.getByRole('article', { name: TITLE });
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
  await expectSent(page, card);
  expectValid((await responsesOf(stage, 'nothing'))[0]);
});
