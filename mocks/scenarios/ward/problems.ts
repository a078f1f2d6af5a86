import type { AllergyIntolerance, CodeableConcept, Condition, Procedure } from 'fhir/r4';
import { hl7, plainMeta, snomed } from './build.ts';
import { add, type Chart } from './chart.ts';
import { type DrugId, drug } from './drugs.ts';
import { clinician } from './people.ts';
import { dayAgo, hoursAgo } from './ward.ts';

const DIAGNOSES = {
  sepsis: ['91302008', 'Sepsis'],
  pneumonia: ['233604007', 'Pneumonia'],
  pyelonephritis: ['45816000', 'Pyelonephritis'],
  cellulitis: ['128045006', 'Cellulitis'],
  heartFailure: ['84114007', 'Heart failure'],
  copd: ['13645005', 'Chronic obstructive pulmonary disease'],
  copdExacerbation: ['195951007', 'Acute exacerbation of chronic obstructive airways disease'],
  atrialFibrillation: ['49436004', 'Atrial fibrillation'],
  diabetes: ['44054006', 'Type 2 diabetes mellitus'],
  ckd: ['709044004', 'Chronic kidney disease'],
  hypertension: ['38341003', 'Hypertensive disorder'],
  coronary: ['53741008', 'Coronary arteriosclerosis'],
  leukemia: ['91861009', 'Acute myeloid leukemia'],
  neutropenicFever: ['409089005', 'Febrile neutropenia'],
  pneumothorax: ['80423007', 'Spontaneous pneumothorax'],
  hipFracture: ['5913000', 'Fracture of neck of femur'],
  colonCancer: ['363406005', 'Malignant neoplasm of colon'],
  acuteKidneyInjury: ['14669001', 'Acute kidney injury'],
  osteomyelitis: ['60168000', 'Osteomyelitis'],
  ketoacidosis: ['420422005', 'Diabetic ketoacidosis'],
  appendicitis: ['74400008', 'Appendicitis'],
  cystitis: ['38822007', 'Cystitis'],
  asthma: ['195967001', 'Asthma'],
  dementia: ['52448006', 'Dementia'],
  gallstones: ['235919008', 'Gallbladder calculus'],
} as const;

type DiagnosisId = keyof typeof DIAGNOSES;

export function diagnosis(id: DiagnosisId): CodeableConcept {
  const [code, display] = DIAGNOSES[id];
  return snomed(code, display);
}

/** `acute`: this admission's diagnosis; otherwise a long-standing problem of so many days. */
export function problem(chart: Chart, id: DiagnosisId, days: number | 'acute'): Condition {
  return add(chart, {
    resourceType: 'Condition',
    id: `${chart.id}-${id.toLowerCase()}`,
    meta: plainMeta(),
    clinicalStatus: hl7('condition-clinical', 'active', 'Active'),
    verificationStatus: hl7('condition-ver-status', 'confirmed', 'Confirmed'),
    category: [
      days === 'acute'
        ? hl7('condition-category', 'encounter-diagnosis', 'Encounter Diagnosis')
        : hl7('condition-category', 'problem-list-item', 'Problem List Item'),
    ],
    code: diagnosis(id),
    subject: chart.subject,
    encounter: chart.encounter,
    onsetDateTime:
      days === 'acute' ? hoursAgo(chart.ward, chart.stay.hours) : dayAgo(chart.ward, days),
    recordedDate: hoursAgo(chart.ward, chart.stay.hours),
  });
}

export function allergy(
  chart: Chart,
  id: DrugId,
  reaction: string,
  criticality: 'high' | 'low',
): AllergyIntolerance {
  return add(chart, {
    resourceType: 'AllergyIntolerance',
    id: `${chart.id}-allergy-${id.toLowerCase()}`,
    meta: plainMeta(),
    clinicalStatus: hl7('allergyintolerance-clinical', 'active', 'Active'),
    verificationStatus: hl7('allergyintolerance-verification', 'confirmed', 'Confirmed'),
    type: 'allergy',
    category: ['medication'],
    criticality,
    code: drug(id),
    patient: chart.subject,
    recordedDate: dayAgo(chart.ward, 900),
    reaction: [{ manifestation: [{ text: reaction }] }],
  });
}

export function procedure(
  chart: Chart,
  code: readonly [snomed: string, display: string],
  hours: number,
): Procedure {
  return add(chart, {
    resourceType: 'Procedure',
    id: `${chart.id}-procedure-${code[0]}`,
    meta: plainMeta(),
    status: 'completed',
    code: snomed(code[0], code[1]),
    subject: chart.subject,
    encounter: chart.encounter,
    performedDateTime: hoursAgo(chart.ward, hours),
    performer: [{ actor: clinician(chart.ward, chart.stay.attending) }],
  });
}
