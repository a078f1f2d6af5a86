import { expect, test } from 'vitest';
import { EXTENSION, SYSTEM } from '#src/fhir/codes.ts';
import { all, cardsOf, chartOf, isAi, known, NOW, scenario } from './ward-chart.ts';

const patients = all('Patient');
const ai = scenario.resources.filter(isAi);
const hoursOld = (at: string | undefined) => (NOW - Date.parse(at ?? '')) / 3_600_000;

test('at least 16 patients in three units, of many ages', () => {
  expect(patients.length).toBeGreaterThanOrEqual(16);
  expect(scenario.units.length).toBe(3);
  const years = patients.flatMap((p) => (p.birthDate ? [Number(p.birthDate.slice(0, 4))] : []));
  expect(Math.max(...years) - Math.min(...years)).toBeGreaterThan(50);
  expect(patients.filter((p) => p.gender === 'female').length).toBeGreaterThanOrEqual(6);
  expect(patients.filter((p) => p.gender === 'male').length).toBeGreaterThanOrEqual(6);
});

test('hazards of identity: two alike, one very long, one with almost nothing', () => {
  const families = patients.map((p) => p.name?.[0]?.family ?? '');
  expect(families.filter((name, n) => families.indexOf(name) !== n)).toHaveLength(1);
  expect(Math.max(...patients.map((p) => p.name?.[0]?.text?.length ?? 0))).toBeGreaterThan(60);
  const bare = patients.filter((p) => p.birthDate === undefined);
  expect(bare).toHaveLength(1);
  expect(bare[0]?.gender).toBe('unknown');
});

test('every carrier', () => {
  expect(new Set(ai.map((r) => r.resourceType))).toEqual(
    new Set([
      'RiskAssessment',
      'GuidanceResponse',
      'RequestGroup',
      'DetectedIssue',
      'ServiceRequest',
      'MedicationRequest',
      'Observation',
    ]),
  );
});

test('all AI output has an identifier, and a Device except from one unregistered source', () => {
  const anonymous = ai.filter((r) => !JSON.stringify(r).includes('"reference":"Device/ai-'));
  expect(anonymous.map((r) => r.id)).toEqual(['retired-model-delirium']);
  for (const resource of ai)
    expect(JSON.stringify(resource), resource.id).toContain('"identifier"');
});

test('confidence comes in all five types', () => {
  const found = JSON.stringify(ai).matchAll(/AIconfidence","(value\w+)"/g);
  expect(new Set([...found].map((match) => match[1]))).toEqual(
    new Set(['valueDecimal', 'valueQuantity', 'valueRange', 'valueCodeableConcept', 'valueString']),
  );
});

test('four lifecycle situations, approved by somebody, and two formats of model card', () => {
  const states = all('Observation').filter((o) => o.code.coding?.[0]?.code === 'model-state');
  const codes = states.map((o) => o.valueCodeableConcept?.coding?.[0]?.code);
  expect(new Set(codes)).toEqual(new Set(['active', 'pilot', 'suspended', 'retired']));
  for (const state of states) {
    expect(state.effectivePeriod?.start).toBeDefined();
    expect(state.performer?.[0]?.reference).toMatch(/^Practitioner\//);
    expect(state.note?.[0]?.text).toBeTruthy();
  }
  const types = all('DocumentReference')
    .filter((d) => d.id?.startsWith('card-'))
    .map((d) => d.content[0]?.attachment.contentType);
  expect(new Set(types)).toEqual(new Set(['text/markdown', 'application/xml']));
  expect(all('Device').length).toBeGreaterThanOrEqual(4);
});

test('one patient with none, one with nine, one with only what a human scored', () => {
  expect(cardsOf('nothing')).toEqual([]);
  expect(cardsOf('nine')).toHaveLength(9);
  expect(cardsOf('human-score')).toEqual([]);
  const human = chartOf('human-score').filter((r) => r.resourceType === 'RiskAssessment');
  expect(human.map((r) => r.performer?.reference)).toEqual(['Practitioner/nurse-5b']);
});

test('antibiotics ran and a lactate came after the warning', () => {
  const chart = chartOf('already-treated');
  const risk = chart.find((r) => r.resourceType === 'RiskAssessment');
  const at = risk?.occurrenceDateTime ?? '';
  const given = chart.filter((r) => r.resourceType === 'MedicationAdministration');
  expect(given.map((r) => (r.effectiveDateTime ?? '') > at)).toEqual([true, true]);
  const newer = chart
    .filter((r) => r.resourceType === 'Observation')
    .filter((o) => o.code.coding?.[0]?.code === '2524-7' && (o.effectiveDateTime ?? '') > at);
  expect(newer).toHaveLength(1);
});

test('two models disagree on one patient', () => {
  const models = cardsOf('contradiction').map(
    (r) => /Device\/ai-[a-z0-9-]+/.exec(JSON.stringify(r))?.[0],
  );
  expect(new Set(models)).toEqual(new Set(['Device/ai-sepsis-3', 'Device/ai-chest-xray']));
});

test('superseded by identifier, by replaces and by extension; one entered in error', () => {
  const chart = chartOf('superseded');
  const risks = chart.filter((r) => r.resourceType === 'RiskAssessment');
  const identifiers = risks.map((r) => r.identifier?.[0]?.value);
  expect(new Set(identifiers).size).toBe(2);
  expect(risks.map((r) => r.status)).toEqual(['final', 'entered-in-error', 'amended']);
  expect(chart.some((r) => r.resourceType === 'ServiceRequest' && r.replaces)).toBe(true);
  expect(JSON.stringify(chart.filter(isAi))).toContain(EXTENSION.observationReplaces);
});

test('a proposal carries out a risk; others stand alone', () => {
  const proposals = [...all('ServiceRequest'), ...all('MedicationRequest')].filter(
    (r) => r.intent === 'proposal',
  );
  const citing = proposals.filter((r) => /"RiskAssessment\//.test(JSON.stringify(r)));
  expect(new Set(citing.map((r) => r.resourceType)).size).toBe(2);
  const alone = proposals.filter((r) => !citing.includes(r));
  expect(new Set(alone.map((r) => r.resourceType)).size).toBe(2);
});

test('stale, suspended, retired; a fraction beside percents; a number of unknown scale', () => {
  const risks = all('RiskAssessment');
  expect(risks.filter((r) => hoursOld(r.occurrenceDateTime) > 24).length).toBeGreaterThanOrEqual(2);
  const by = (id: string) => risks.filter((r) => r.performer?.reference === `Device/${id}`);
  expect(by('ai-readmission-1').length).toBeGreaterThan(0);
  expect(by('ai-sepsis-2').length).toBeGreaterThan(0);
  for (const risk of by('ai-readmission-2'))
    expect(risk.prediction?.[0]?.probabilityDecimal).toBeLessThan(1);
  for (const risk of by('ai-sepsis-3'))
    expect(risk.prediction?.[0]?.probabilityDecimal ?? 50).toBeGreaterThan(1);
});

test('suggestions can be named one by one', () => {
  for (const group of all('RequestGroup')) {
    expect(group.priority).toBeDefined();
    const ids = group.action?.flatMap((action) => action.action?.map((inner) => inner.id) ?? []);
    expect(ids?.length).toBeGreaterThan(1);
    for (const id of ids ?? []) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('answers of colleagues: accepted, changed their mind, and not of one mind', () => {
  const answers = all('Observation').filter(
    (o) => o.code.coding?.[0]?.code === 'recommendation-response',
  );
  expect(answers.map((o) => o.valueCodeableConcept?.coding?.[0]?.code).toSorted()).toEqual([
    'accepted',
    'accepted-modified',
    'deferred',
    'deferred',
    'overridden',
  ]);
  for (const answer of answers) {
    expect(answer.focus?.[0]?.reference).not.toContain('_history');
    expect(answer.meta?.security?.map((label) => label.code)).toEqual(['CLINAST']);
    expect(answer.category?.[0]?.coding?.[0]?.system).toBe(SYSTEM.feedbackCategory);
    expect(answer.device).toBeUndefined();
  }
  const replacing = answers.filter((o) =>
    JSON.stringify(o).includes(EXTENSION.observationReplaces),
  );
  expect(replacing).toHaveLength(1);
  expect(known.has('Observation/post-op-answer-0')).toBe(true);
});
