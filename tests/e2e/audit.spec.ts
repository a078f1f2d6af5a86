import type { AuditEvent } from 'fhir/r4';
import { HeldRecords, recordIn } from '#src/cli/audit/trail.ts';
import { auditReport } from '#src/domain/audit/audit-report.ts';
import type { ChainRecord } from '#src/domain/audit/chain.ts';
import { launchAddress } from '#tests/support/launch-address.ts';
import { expectValid } from './fhir-reader.ts';
import { expect, expectSent, type Stage, test } from './stage.ts';

test.use({ movableClock: true });

const GATHERED_MS = 21_000;

const events = ({ sandbox }: Stage) => sandbox.list('AuditEvent') as AuditEvent[];

async function recordsOf(stage: Stage): Promise<readonly ChainRecord[]> {
  const found = await Promise.all(events(stage).map(recordIn));
  return found.filter((one) => one !== undefined).toSorted((a, b) => a.number - b.number);
}

const kindsOf = ({ listed }: ChainRecord) => [...new Set(listed.map(({ kind }) => kind))];

/** A record that came twice, since its page was left in between, is one. */
const whatIsListed = (records: readonly ChainRecord[], wanted: string) =>
  new Set(
    records.flatMap(({ listed }) =>
      listed.flatMap(({ kind, reference }) => (kind === wanted ? (reference ?? []) : [])),
    ),
  ).size;

/** Whoever has the store and nothing else judges it. */
async function judged(stage: Stage) {
  const records = await recordsOf(stage);
  const held = new HeldRecords(records);
  const types = new Set([...held.listed].map((reference) => reference.split('/')[0]));
  for (const resource of stage.sandbox.held())
    if (types.has(resource.resourceType)) await held.add(resource);
  held.missing(() => true);
  const retention = { days: undefined, holds: [] };
  const report = auditReport({ records, ...held.found(), found: [], retention, nowMs: Date.now() });
  return { report, unlisted: held.found().unlisted };
}

test('what was seen and answered is in one chain, two launches long, and agrees with the store', async ({
  page,
  stage,
}) => {
  for (const [launch, patient] of ['sepsis', 'kidney'].entries()) {
    await page.goto(await launchAddress(stage, { patient }));
    const card = page.getByRole('article').first();
    await expect(card).toBeVisible();
    await page.clock.runFor(2_000);
    await card.getByRole('button', { name: 'Accept', exact: true }).click();
    await expectSent(page, card);
    await expect
      .poll(async () => {
        await page.clock.fastForward(GATHERED_MS);
        return whatIsListed(await recordsOf(stage), 'other');
      })
      .toBe(launch + 1);
  }
  for (const event of events(stage)) expectValid(event);
  const records = await recordsOf(stage);
  for (const kind of ['shown', 'answered', 'other'])
    expect(whatIsListed(records, kind), kind).toBe(2);
  expect(new Set(records.map(({ writer }) => writer)).size).toBe(1);
  const { report, unlisted } = await judged(stage);
  expect(report.findings).toEqual([]);
  expect(unlisted).toEqual([]);
  expect(report.compared).toBe(6);
  expect(report.configurations).toHaveLength(1);
});

test('a suspension is in the trail of who suspended, with its state, its task and its attestation', async ({
  page,
  stage,
}) => {
  const model = 'Sepsis early warning 3.1.0';
  await page.goto(`${stage.appUrl}governance/`);
  await page.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
  await page.getByLabel('Clinician').selectOption('informatics');
  await page.getByRole('button', { name: 'Continue' }).click();
  const row = page.getByRole('article', { name: model });
  await row.getByRole('button', { name: `Suspend ${model}` }).click();
  await row.getByLabel('Reason').fill('Two calls in one night');
  await row.getByRole('button', { name: 'Suspend now' }).click();
  await expect(row.getByRole('status')).toContainText('is suspended');
  await expect
    .poll(async () => {
      await page.clock.fastForward(3_000);
      return (await recordsOf(stage)).flatMap(kindsOf).toSorted();
    })
    .toEqual(['approval', 'configuration', 'model-state', 'other']);
  expect(events(stage)[0]?.agent[1]?.who?.reference).toBe('Practitioner/informatics');
  expect((await judged(stage)).report.findings).toEqual([]);
});
