import type { AdverseEvent } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import {
  HARMS,
  MERP,
  type SafetyReport,
  UNSAFE_REASON,
  WHAT_HAPPENED,
} from '#src/domain/governance/incidents/incident.ts';
import { SYSTEM } from '#src/fhir/codes.ts';
import { toEvidenceBundle } from '#src/fhir/governance/evidence-bundle.fhir.ts';
import { toAdverseEvent, toEvidence, toIncidentTask } from '#src/fhir/governance/incident.fhir.ts';
import { missingFrom } from '#src/fhir/governance/incident-read-back.ts';
import { readIncident } from '#src/fhir/governance/incident-work.fhir.ts';
import { readReplies } from '#src/fhir/governance/reply.fhir.ts';
import { toReporter } from '#src/fhir/governance/reporter.fhir.ts';
import { ADA, ISSUER } from '#tests/support/queued-answers.ts';
import { aReport } from '#tests/support/safety-reports.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';
import { tablesOf } from '../tables/feedback.ts';

const uuid = (end: string) => `urn:uuid:00000000-0000-4000-8000-${end.padStart(12, '0')}`;
const STORE = 'http://store.test/fhir';
const HERE = { hideFromPatient: false };
const THERE = { server: STORE, subject: 'Patient/77', hideFromPatient: true };

const full = (changes: Partial<SafetyReport> = {}): SafetyReport =>
  aReport(uuid('1'), {
    taskId: uuid('2'),
    evidence: { ...aReport('').evidence, id: uuid('3') },
    encounter: 'Encounter/e1',
    location: 'Location/5b',
    model: {
      name: 'Sepsis model',
      identifier: 'sepsis-lr',
      identifierSystem: 'urn:example:models',
      version: '3.1.0',
      state: 'active',
      ref: { server: ISSUER, type: 'Device', id: 'd1' },
    },
    what: 'reached-patient',
    harm: 'mild',
    merp: 'E',
    words: 'Ten times the dose.',
    attribution: { verdict: 'unsure', confidence: 'high' },
    answerId: uuid('9'),
    answerReasons: [{ system: SYSTEM.aiOverrideReason, code: UNSAFE_REASON, display: 'Unsafe' }],
    ...changes,
  });

const written = (report: SafetyReport, options: typeof HERE = HERE) => [
  toEvidence(report, options),
  toAdverseEvent(report, 'DocumentReference/9', options),
  toIncidentTask(report, 'AdverseEvent/8', 'DocumentReference/9', options),
];

const KINDS = {
  'near-miss': 'near-miss',
  'reached-patient': 'incident',
  'unsafe-condition': 'unsafe-condition',
};

describe('a report as FHIR', () => {
  it.each([
    ['full', full()],
    ['smallest', aReport(uuid('1'), { taskId: uuid('2'), evidence: full().evidence })],
    ['confidential', full({ confidential: true })],
  ])('%s: valid, here and across stores', (_, report) => {
    for (const options of [HERE, THERE])
      for (const resource of written(report, options)) expectValid(resource);
  });

  it('names the reporter nowhere but in the restricted Provenance, if the name is withheld', () => {
    const report = full({ confidential: true });
    expect(JSON.stringify(written(report))).not.toContain(ADA);
    const provenance = toReporter(report, 'AdverseEvent/8', HERE);
    expectValid(provenance);
    expect(provenance.meta?.security?.map(({ code }) => code)).toEqual(['R']);
    expect(provenance.agent[0]?.who.reference).toBe(ADA);
    expect(JSON.stringify(written(full()))).toContain(ADA);
  });

  it.each(WHAT_HAPPENED)('%s is read back by the table of incidents', (what) => {
    const event: AdverseEvent = {
      ...toAdverseEvent(full({ what }), 'DocumentReference/9', HERE),
      id: 'a1',
    };
    expect(tablesOf([event]).incidents).toMatchObject([
      { incident_id: uuid('1'), kind: KINDS[what], merp: 'E', harm: 'mild', reporter_id: ADA },
    ]);
  });

  it('has a word for each degree of harm, on both scales', () => {
    for (const harm of HARMS)
      expectValid(toAdverseEvent(full({ harm }), 'DocumentReference/9', HERE));
    for (const merp of MERP) {
      const event = { ...toAdverseEvent(full({ merp }), 'DocumentReference/9', HERE), id: 'a1' };
      expect(tablesOf([event]).incidents).toMatchObject([{ merp, harm: 'mild' }]);
    }
  });

  it('across stores: that store’s own patient, and the model by its identifier', () => {
    const event = toAdverseEvent(full(), 'DocumentReference/9', THERE);
    expect(event.subject.reference).toBe('Patient/77');
    expect(event.suspectEntity?.[0]?.instance).toMatchObject({
      reference: `${ISSUER}/Device/d1`,
      identifier: { system: 'urn:example:models', value: 'sepsis-lr' },
    });
  });

  it('is urgent where the advice was overridden as unsafe, whatever happened', () => {
    const unsafe = (changes: Partial<SafetyReport>) => {
      const report = full({ what: 'near-miss', ...changes });
      const task = {
        ...toIncidentTask(report, 'AdverseEvent/8', 'DocumentReference/9', HERE),
        id: 't',
      };
      return readIncident(task, new Map(), ISSUER)?.unsafe;
    };
    expect(unsafe({})).toBe(true);
    expect(unsafe({ answerReasons: [{ system: SYSTEM.aiOverrideReason, code: 'other' }] })).toBe(
      false,
    );
    expect(unsafe({ answerReasons: [] })).toBe(false);
  });

  it('says what a server did not keep', () => {
    const [evidence] = written(full());
    if (evidence?.resourceType !== 'DocumentReference') throw new Error('No evidence.');
    expect(missingFrom(evidence, evidence)).toEqual([]);
    const { context: _context, ...without } = evidence;
    expect(missingFrom(evidence, without)).toEqual(['DocumentReference.context']);
    const other = {
      ...evidence,
      content: [{ attachment: { ...evidence.content[0]?.attachment, hash: 'x' } }],
    };
    expect(missingFrom(evidence, other)).toHaveLength(1);
  });
});

it('frozen evidence is a valid Bundle that keeps each resource once, and names its recall', () => {
  const ref = { server: ISSUER, type: 'Observation', id: 'lactate' };
  const resource = {
    resourceType: 'Observation' as const,
    id: 'lactate',
    status: 'final' as const,
    code: { text: 'Lactate' },
  };
  const bundle = toEvidenceBundle(
    {
      frozenAt: '2026-11-22T16:00:00+01:00',
      appVersion: '0.1.0',
      recommendation: { server: ISSUER, type: 'RiskAssessment', id: 'r1' },
      version: '1',
      title: 'Start the sepsis bundle',
      words: ['High risk'],
      probability: 0.82,
      stale: true,
      hidden: false,
      evidenceOpened: true,
      problems: [],
      model: { name: 'Sepsis model', identifier: 'sepsis-lr', version: '3.1.0', state: 'active' },
      inputs: [{ label: 'Lactate', value: '4.1 mmol/L', ageMinutes: 33, abnormality: 'high' }],
      chartChanges: ['Antibiotic: given'],
      answers: [
        {
          id: uuid('9'),
          own: true,
          response: 'overridden',
          reasons: ['ai-unsafe'],
          at: '2026-11-22',
        },
      ],
      leftOut: [],
    },
    [
      { ref, resource },
      { ref, resource },
    ],
    uuid('4'),
  );
  expectValid(bundle);
  expect(bundle.entry?.map(({ fullUrl }) => fullUrl)).toEqual([
    uuid('4'),
    `${ISSUER}/Observation/lactate`,
  ]);
  expect(JSON.stringify(bundle.entry?.[0])).toContain('recommendation-response');
});

describe('answers to reports', () => {
  const task = {
    ...toIncidentTask(full(), 'AdverseEvent/8', 'DocumentReference/9', HERE),
    id: 't1',
  };
  const reply = (changes: object = {}) => ({
    resourceType: 'Communication',
    status: 'completed',
    about: [{ reference: 'AdverseEvent/8' }],
    sent: '2026-11-22T18:00:00+01:00',
    payload: [{ contentString: 'The threshold was put back.' }],
    ...changes,
  });

  it.each([
    ['about my report', reply(), 1],
    ['about another report', reply({ about: [{ reference: 'AdverseEvent/7' }] }), 0],
    ['about it on another server', reply({ about: [{ reference: `${STORE}/AdverseEvent/8` }] }), 0],
    ['not sent yet', reply({ status: 'preparation' }), 0],
    ['taken back', reply({ status: 'entered-in-error' }), 0],
    ['without words', reply({ payload: [] }), 0],
    ['hostile', reply({ about: 'x', payload: 7 }), 0],
  ])('%s', (_, communication, count) => {
    const replies = readReplies([communication, task], ISSUER);
    expect(replies).toHaveLength(count);
    for (const one of replies)
      expect(one).toMatchObject({
        text: 'The threshold was put back.',
        about: { type: 'RiskAssessment', id: 'risk-p1' },
      });
  });
});
