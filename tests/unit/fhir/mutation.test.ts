import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChartChanges } from '#src/fhir/chart-changes.fhir.ts';
import { readDevice } from '#src/fhir/device.fhir.ts';
import { readEvidence } from '#src/fhir/evidence.fhir.ts';
import { MAX_CARD, readModelCard } from '#src/fhir/model-card.fhir.ts';
import { readPatient } from '#src/fhir/patient.fhir.ts';
import { readPractitionerName } from '#src/fhir/practitioner.fhir.ts';
import { standingOf } from '#tests/support/standing.ts';
import { unbounded } from './bounded.ts';
import { AI_LABEL, device, observation, PATIENT, read, riskAssessment, SERVER } from './sample.ts';

type Node = Record<string, unknown> | unknown[];

const request = (type: string, more: Record<string, unknown>) => ({
  resourceType: type,
  meta: AI_LABEL,
  status: 'draft',
  intent: 'proposal',
  priority: 'stat',
  subject: PATIENT,
  authoredOn: '2026-10-01T08:00:00Z',
  ...more,
});

const VALID: readonly Record<string, unknown>[] = [
  riskAssessment({
    extension: [{ url: 'urn:x', valueRange: { low: { value: 0.1 }, high: { value: 0.2 } } }],
    identifier: [{ system: 'urn:v', value: '1' }],
    parent: { reference: 'RiskAssessment/r0' },
    note: [{ text: 'A note' }],
  }),
  riskAssessment({ id: 'r0', identifier: [{ system: 'urn:v', value: '1' }] }),
  request('ServiceRequest', {
    id: 's1',
    code: { text: 'Blood cultures' },
    supportingInfo: [{ reference: 'RiskAssessment/r1' }],
  }),
  request('MedicationRequest', {
    id: 'm1',
    medicationReference: { reference: '#med' },
    contained: [{ resourceType: 'Medication', id: 'med', code: { text: 'Heparin' } }],
    dosageInstruction: [{ text: '5000 units' }],
  }),
  {
    resourceType: 'DetectedIssue',
    id: 'd1',
    meta: AI_LABEL,
    status: 'final',
    severity: 'high',
    patient: PATIENT,
    evidence: [{ code: [{ text: 'INR' }], detail: [{ reference: 'Observation/lactate' }] }],
    mitigation: [{ action: { text: 'Monitoring' } }],
  },
  {
    resourceType: 'GuidanceResponse',
    id: 'g1',
    meta: AI_LABEL,
    status: 'success',
    subject: PATIENT,
    result: { reference: '#rg' },
    contained: [
      {
        resourceType: 'RequestGroup',
        id: 'rg',
        subject: PATIENT,
        action: [{ title: 'Bundle', action: [{ id: '1', title: 'Cultures' }] }],
      },
    ],
  },
  observation({
    meta: AI_LABEL,
    component: [{ code: { text: 'x' }, valueQuantity: { value: 1 } }],
    referenceRange: [{ low: { value: 0.5, unit: 'mmol/L' }, high: { value: 2, unit: 'mmol/L' } }],
  }),
  device(),
  { resourceType: 'Patient', id: 'p1', name: [{ family: 'Rivera', given: ['Maria'] }] },
  {
    resourceType: 'DocumentReference',
    id: 'card',
    status: 'current',
    content: [
      { attachment: { contentType: 'text/markdown', data: btoa('# Intended use\nAdults') } },
    ],
  },
];

const HOSTILE: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  1e308,
  true,
  [],
  {},
  [null],
  [[[]]],
  '__proto__',
  '<script>alert(1)</script>',
  'x'.repeat(20_000),
  '\u202e\u0000\ud800',
  { reference: {} },
  { coding: 'x' },
  [{ coding: [null, { system: 1 }] }],
];

/** All objects and arrays inside, so that one can be chosen and damaged. */
const nodesOf = (value: unknown): readonly Node[] =>
  typeof value !== 'object' || value === null
    ? []
    : [value as Node, ...Object.values(value).flatMap(nodesOf)];

const pick = <T>(values: readonly T[], at: number): T | undefined => values[at % values.length];

interface Damage {
  readonly kind: 'delete' | 'replace' | 'duplicate' | 'wrap';
  readonly node: number;
  readonly key: number;
  readonly value: number;
}

const damage = fc.record<Damage>({
  kind: fc.constantFrom('delete', 'replace', 'duplicate', 'wrap'),
  node: fc.nat(500),
  key: fc.nat(50),
  value: fc.nat(HOSTILE.length - 1),
});

function apply(target: unknown, { kind, node, key, value }: Damage): void {
  const chosen = pick(nodesOf(target), node) as Record<string, unknown> | undefined;
  const name = chosen === undefined ? undefined : pick(Object.keys(chosen), key);
  if (chosen === undefined || name === undefined) return;
  if (kind === 'delete') delete chosen[name];
  if (kind === 'replace') chosen[name] = structuredClone(HOSTILE[value]);
  if (kind === 'wrap') chosen[name] = [chosen[name]];
  if (kind === 'duplicate') chosen[name] = [chosen[name], structuredClone(chosen[name])];
}

test('no damage to valid resources makes a reader throw, lose a resource or pass on unbounded text', () => {
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 12 }), (damages) => {
      const resources: unknown[] = structuredClone([...VALID]);
      for (const one of damages) apply(resources, one);
      const result = read(resources, { included: resources });
      const evidence = readEvidence({
        server: SERVER,
        patientId: 'p1',
        basis: result.recommendations.flatMap((one) => one.basis),
        resources,
      });
      const changes = readChartChanges({
        server: SERVER,
        patientId: 'p1',
        producedAt: '2026-09-01',
        rules: [{ label: 'any', resource: 'Observation', codes: [] }],
        resources,
      });
      const facts = resources.flatMap((one) => [
        readDevice(one, SERVER),
        readPatient(one),
        readPractitionerName(one),
      ]);
      const state = standingOf(resources, SERVER, 0);
      expect(unbounded([result, evidence, changes, facts, state])).toEqual([]);
      expect(unbounded(resources.map(readModelCard), '$', MAX_CARD)).toEqual([]);
      expect(result.recommendations.every((one) => one.title !== '' && one.id !== '')).toBe(true);
      expect(accounted(result, resources)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

/** Every input is a card, an action, a counted non-card, a stated problem, or a duplicate of one. */
function accounted(result: ReturnType<typeof read>, resources: readonly unknown[]): boolean {
  const actions = result.recommendations.reduce((sum, one) => sum + one.actions.length, 0);
  const withdrawn = result.recommendations.some((one) =>
    one.problems.some((problem) => problem.message.includes('withdrawn')),
  );
  const known =
    result.recommendations.length + actions + result.notCards + result.unreadable.length;
  const ids = resources.map((one) => `${Object(one).resourceType}/${Object(one).id}`);
  return withdrawn || known >= new Set(ids).size;
}
