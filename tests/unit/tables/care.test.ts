import { describe, expect, test } from 'vitest';
import { ageBand } from '#src/domain/tables/derive/subgroups.ts';
import { SYSTEM } from '#src/fhir/codes.ts';
import type { OutcomeRule } from '#src/fhir/tables/outcome-rule.ts';
import { answer, given, id, risk, shown, tablesOf } from './feedback.ts';

const SNOMED = 'http://snomed.info/sct';
const coded = (code: string, system = SNOMED) => ({ coding: [{ system, code }] });
const about = {
  subject: { reference: 'Patient/p1' },
  encounter: { reference: 'Encounter/e1' },
};
const at = (hour: number, day = 2) => `2026-10-0${day}T${String(hour).padStart(2, '0')}:00:00Z`;

const sepsis: OutcomeRule = {
  id: 'sepsis-dx',
  kind: 'label',
  outcome: 'sepsis',
  type: 'Condition',
  codes: [{ system: SNOMED, code: '91302008' }],
  critical: true,
};
const lactate: OutcomeRule = {
  id: 'high-lactate',
  kind: 'label',
  outcome: 'hyperlactataemia',
  type: 'Observation',
  codes: [{ system: SYSTEM.loinc, code: '2524-7' }],
  atLeast: 4,
  unit: 'mmol/L',
};
const antibiotic: OutcomeRule = {
  id: 'antibiotic-given',
  kind: 'action',
  outcome: 'antibiotic',
  type: 'MedicationAdministration',
  codes: [{ system: SYSTEM.rxnorm, code: '1665060' }],
};
const outcomes = [sepsis, lactate, antibiotic];

const condition = {
  resourceType: 'Condition',
  id: 'c1',
  meta: { versionId: '1', lastUpdated: at(20) },
  code: coded('91302008'),
  onsetDateTime: at(12),
  recordedDate: at(15),
  ...about,
};
const lab = (value: object) => ({
  resourceType: 'Observation',
  id: 'l1',
  status: 'final',
  code: coded('2524-7', SYSTEM.loinc),
  effectiveDateTime: at(11),
  valueQuantity: value,
  ...about,
});
const dose = (when: string, more: object = {}) => ({
  resourceType: 'MedicationAdministration',
  id: 'm1',
  status: 'completed',
  medicationCodeableConcept: coded('1665060', SYSTEM.rxnorm),
  effectiveDateTime: when,
  subject: about.subject,
  context: about.encounter,
  ...more,
});
const stay = (location: string, start: string, end?: string, status = 'completed') => ({
  location: { reference: `Location/${location}` },
  status,
  period: { start, ...(end && { end }) },
});
const encounter = (more: object = {}) => ({
  resourceType: 'Encounter',
  id: 'e1',
  meta: { versionId: '1' },
  status: 'finished',
  class: { code: 'IMP' },
  subject: about.subject,
  period: { start: at(6), end: at(18, 4) },
  location: [stay('icu', at(10), at(18, 4)), stay('ed', at(6), at(10))],
  ...more,
});

describe('outcomes', () => {
  test('name the rule, what happened, and when it was known', () => {
    expect(tablesOf([condition], {}, { outcomes }).outcomes).toMatchObject([
      {
        outcome_id: 'Condition/c1',
        rule: 'sepsis-dx',
        kind: 'label',
        label: true,
        critical: true,
        happened_at: Date.parse(at(12)),
        label_at: Date.parse(at(15)),
        patient_id: 'Patient/p1',
        encounter_id: 'Encounter/e1',
        status: 'final',
      },
    ]);
  });

  test.each([
    ['4 mmol/L', { value: 4, code: 'mmol/L' }, 1],
    ['3.9 mmol/L', { value: 3.9, code: 'mmol/L' }, 0],
    ['36 mg/dL, which is another unit', { value: 36, code: 'mg/dL' }, 0],
    ['“above 4”, which is no number', { value: 4, code: 'mmol/L', comparator: '>' }, 0],
  ])('a limit: %s', (_, value, found) => {
    expect(tablesOf([lab(value)], {}, { outcomes }).outcomes).toHaveLength(found);
  });

  test.each([
    ['a refuted diagnosis', { ...condition, verificationStatus: coded('refuted') }],
    ['an administration that was not done', dose(at(12), { status: 'not-done' })],
    ['an order that an AI proposed', dose(at(12), { intent: 'proposal' })],
  ])('%s does not count, and an earlier version of it neither', (_, resource) => {
    const rows = tablesOf([resource], {}, { outcomes }).outcomes;
    expect(rows.map(({ status }) => status)).toEqual(['entered-in-error']);
    const later = { ...resource, meta: { versionId: '2' } };
    const both = [later, { ...condition, meta: { versionId: '1' }, id: later.id }];
    const kept = tablesOf(both, {}, { outcomes }).outcomes.filter(
      (row) => row.outcome_id === `${later.resourceType}/${later.id}`,
    );
    expect(kept.map(({ status }) => status)).toEqual(['entered-in-error']);
  });

  test('what an AI asserted proves no AI right', () => {
    const said = { ...condition, meta: risk().meta };
    expect(tablesOf([said], {}, { outcomes }).outcomes).toEqual([]);
  });

  test('silence is a label once the encounter is over', () => {
    const negatives = [{ rule: 'sepsis-dx', outcome_code: 'sepsis' }];
    const labels = (resources: readonly unknown[]) =>
      tablesOf(resources, { negatives }, { outcomes }).outcomes.map((row) => row.label);
    expect(labels([encounter()])).toEqual([false]);
    expect(labels([encounter({ period: { start: at(6) }, status: 'in-progress' })])).toEqual([]);
    expect(labels([encounter({ status: 'entered-in-error' })])).toEqual([]);
    expect(labels([encounter(), condition])).toEqual([true]);
  });
});

describe('actions after an answer', () => {
  const models = [{ model_id: 'm', actions: ['antibiotic-given'] }];
  const said = (more: object) =>
    given(answer(1, at(10), { model: { identifier: 'm' }, response: 'overridden', ...more }));
  const row = (more: object, ...resources: readonly unknown[]) =>
    tablesOf([said(more), ...resources], { models }, { outcomes }).decisions[0];

  test.each([
    ['within 24 h', [dose(at(9, 3))], true],
    ['after 24 h', [dose(at(11, 3))], false],
    ['before the answer', [dose(at(9))], false],
    ['nothing', [], false],
  ])('late adherence: %s', (_, resources, adherence) => {
    expect(row({}, ...resources)?.late_adherence_24h).toBe(adherence);
  });

  test('is asked of overrides only', () => {
    expect(row({ response: 'accepted' }, dose(at(11)))?.late_adherence_24h).toBeNull();
  });

  test('what was attested is found by its reference', () => {
    const actionTaken = { reference: 'MedicationAdministration/m1' };
    expect(row({ actionTaken }, dose(at(11)))?.attested_done).toBe(true);
    expect(row({ actionTaken })?.attested_done).toBe(false);
    expect(row({}, dose(at(11)))?.attested_done).toBeNull();
  });
});

describe('encounters', () => {
  test('are stays in order of time, whatever the order of the list', () => {
    expect(tablesOf([encounter()]).encounters).toMatchObject([
      { stay: 0, unit: 'Location/ed', stay_end: Date.parse(at(10)), encounter_class: 'IMP' },
      { stay: 1, unit: 'Location/icu', stay_end: Date.parse(at(18, 4)) },
    ]);
  });

  test('a later version with fewer stays takes the others with it', () => {
    const later = encounter({ meta: { versionId: '2' }, location: [stay('ed', at(6), at(18, 4))] });
    expect(tablesOf([later, encounter()]).encounters).toHaveLength(1);
  });

  test('planned stays are none, and an encounter without any is one on an unknown unit', () => {
    const planned = encounter({ location: [stay('icu', at(10), undefined, 'planned')] });
    expect(tablesOf([planned]).encounters).toMatchObject([{ unit: null }]);
  });

  test('tell on which unit something was, where the answer does not say', () => {
    const tables = tablesOf([
      encounter(),
      risk(),
      shown(9, at(9)),
      given(answer(1, at(10))),
      given(answer(2, at(10), { location: 'Location/theatre', replaces: { id: id(1) } })),
    ]);
    expect(tables.recommendations[0]?.unit).toBe('Location/ed');
    expect(tables.exposures[0]?.unit).toBe('Location/ed');
    expect(tables.decisions.map(({ unit }) => unit)).toEqual(['Location/icu', 'Location/theatre']);
  });
});

describe('subgroups', () => {
  test.each([
    ['2008-10-03', '0-17'],
    ['2008-10-02', '18-44'],
    ['1936-10-03', '80-89'],
    ['1936-10', '90+'],
    ['1936', '90+'],
    ['1920-01-01', '90+'],
    ['2026-12-01', null],
  ])('born %s is %s on 2 October 2026', (born, band) => {
    expect(ageBand(born, Date.parse(at(10)))).toBe(band);
  });

  test('are those of the patient, of every row about that patient', () => {
    const race = (code: string) => ({
      url: 'ombCategory',
      valueCoding: { system: 'urn:oid:2.16.840.1.113883.6.238', code },
    });
    const patient = {
      resourceType: 'Patient',
      id: 'p1',
      gender: 'female',
      birthDate: '1950-01-01',
      communication: [{ language: coded('es', 'urn:ietf:bcp:47') }],
      extension: [
        {
          url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race',
          extension: [race('2106-3'), race('1002-5')],
        },
      ],
    };
    const expected = {
      age_band: '65-79',
      sex: 'female',
      race_ethnicity: '1002-5+2106-3',
      language: 'es',
    };
    const tables = tablesOf([
      patient,
      risk(),
      encounter(),
      shown(9, at(9)),
      given(answer(1, at(10))),
    ]);
    for (const name of [
      'recommendations',
      'scores',
      'exposures',
      'decisions',
      'encounters',
    ] as const)
      expect(tables[name][0], name).toMatchObject(expected);
  });
});

const part = (code: string, value: object) => ({
  code: { coding: [{ system: SYSTEM.feedbackItem, code }] },
  ...value,
});

test('reviews judge an answer by its identifier, with the weight of their stratum', () => {
  const review = {
    resourceType: 'Observation',
    id: 'v1',
    status: 'final',
    code: { coding: [{ system: SYSTEM.feedbackItem, code: 'appropriateness-review' }] },
    focus: [{ identifier: { system: SYSTEM.uri, value: id(1) } }],
    performer: [{ reference: 'Practitioner/reviewer' }],
    effectiveDateTime: at(9, 5),
    valueCodeableConcept: coded('inappropriate', 'urn:x'),
    component: [
      part('harm', { valueBoolean: true }),
      part('sampling-stratum', { valueString: 'highest-severity' }),
      part('sampling-fraction', { valueQuantity: { value: 0.25 } }),
    ],
  };
  const noJudgement = { ...review, id: 'v2', valueCodeableConcept: coded('perhaps', 'urn:x') };
  expect(tablesOf([review, noJudgement]).reviews).toMatchObject([
    {
      review_id: 'Observation/v1',
      decision_id: id(1),
      reviewer_id: 'Practitioner/reviewer',
      judgement: 'inappropriate',
      harm: true,
      stratum: 'highest-severity',
      sampling_fraction: 0.25,
      blinded: null,
    },
  ]);
});

test('incidents name the model, the kind and the harm', () => {
  const event = {
    resourceType: 'AdverseEvent',
    id: 'a1',
    actuality: 'potential',
    subject: about.subject,
    date: at(10),
    suspectEntity: [{ instance: { reference: 'Device/sepsis' } }],
    severity: coded('B', 'urn:merp'),
    seriousness: coded('none', 'urn:ahrq'),
  };
  expect(tablesOf([event]).incidents).toMatchObject([
    {
      incident_id: 'AdverseEvent/a1',
      kind: 'near-miss',
      model_id: 'Device/sepsis',
      merp: 'B',
      harm: 'none',
      state: 'unknown',
    },
  ]);
});

test.each([
  [null],
  ['text'],
  [{}],
  [{ resourceType: 'Observation' }],
  [{ resourceType: 'Patient' }],
])('%j gives no row and no error', (resource) => {
  expect(Object.values(tablesOf([resource])).flat()).toEqual([]);
});
