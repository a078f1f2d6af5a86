import { afterEach, expect, it } from 'vitest';
import { readTables } from '#src/fhir/tables/read-tables.ts';
import { TEST_LABEL, testAnswer } from '#src/io/connection/test-answer.ts';
import { type CheckStage, startChecks } from '#tests/support/connection.ts';

let stage: CheckStage;
afterEach(() => stage.running.stop());

it('no answer that a connection check wrote gets into the tables; other test data does', async () => {
  stage = await startChecks();
  const subject = { patientId: 'p1', performer: 'Practitioner/ada', encounterId: undefined };
  const made = testAnswer(stage.context, subject, 'urn:uuid:8e0b2c52-6a4f-4c08-9d0e-7ab5a1f1c001');
  const read = (resource: object) =>
    readTables([{ ...resource, id: 'o1' }], {
      server: stage.context.base,
      sink: 'hospital-store',
      source: { aiDevices: [], probabilityScales: [] },
      known: [],
    });
  // A server that lets nobody retract keeps it as `final`.
  expect(made.status).toBe('final');
  expect(read(made)).toMatchObject({ read: { decisions: [], unread: [] }, problems: [] });

  const { tag: _, ...meta } = made.meta ?? {};
  expect(meta.security).toContainEqual(TEST_LABEL);
  expect(read({ ...made, meta }).read.decisions).toHaveLength(1);
  const scenario = { ...meta, tag: [TEST_LABEL] };
  expect(read({ ...made, meta: scenario }).read.decisions).toHaveLength(1);
});
