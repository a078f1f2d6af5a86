import type { Observation } from 'fhir/r4';
import { recommend } from './chart.ts';
import type { MedplumProject } from './medplum.ts';
import { expect, expectOpen, type Real, test } from './real.ts';

// What only this server has, with the app in front of it: a quota of requests, and a bulk export.
test.skip(({ on }) => on !== 'medplum', 'what only Medplum has');
test.describe.configure({ timeout: 300_000 });

const LATER = { timeout: 180_000 };

function projectOf({ ehr }: Real): MedplumProject {
  if (!ehr.project) throw new Error('This EHR is not Medplum.');
  return ehr.project;
}

test('429 by quota: the answer waits on the device, and is stored once when there is quota again', async ({
  page,
  real,
}) => {
  const { server, chart } = real;
  const name = `Arrange an early visit ${crypto.randomUUID().slice(0, 8)}`;
  const recommendation = await recommend(server, chart, name);
  await page.goto(await real.launchUrl());
  await expectOpen(page, chart);
  const card = page.getByRole('article', { name });
  const refused = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.status() === 429,
  );
  await projectOf(real).setQuota(1);
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
  await refused;
  await expect(card.getByRole('status')).toContainText('Saved on this device');
  await projectOf(real).setQuota(1_000_000);
  await expect(card.getByRole('status')).toContainText('Sent', LATER);
  const stored = await server.feedback('recommendation-response', chart.patient, recommendation);
  expect(stored).toHaveLength(1);
});

test('$export: the answers are in the NDJSON as they were stored', async ({ page, real }) => {
  const { server, chart } = real;
  const name = `Arrange an early visit ${crypto.randomUUID().slice(0, 8)}`;
  const recommendation = await recommend(server, chart, name);
  await page.goto(await real.launchUrl());
  const card = page.getByRole('article', { name });
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(card.getByRole('status')).toContainText('Sent', LATER);
  const [answer] = await server.feedback('recommendation-response', chart.patient, recommendation);

  const lines = await server.exported('Observation');
  const exported = lines.filter(({ id }) => id === answer?.id) as Observation[];
  expect(exported).toEqual([answer]);
});
