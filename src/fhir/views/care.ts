import { ENCOUNTERS } from '#src/domain/tables/encounters.ts';
import { OUTCOMES } from '#src/domain/tables/outcomes.ts';
import { LABEL, SYSTEM } from '../codes.ts';
import { columnsOf, extra, VERSION_COLUMNS } from './columns.ts';
import { hasCoding } from './paths.ts';
import type { View, ViewColumn } from './view.ts';

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition';
const omb = (name: string): string =>
  `extension('${US_CORE}/${name}').extension('ombCategory').value.ofType(Coding).code`;

/** The groups that fairness is measured by; rows about the patient take them from here. */
export const PATIENTS_VIEW: View = {
  table: 'patients',
  name: 'patients',
  title: 'What a patient’s record says about the groups of fairness',
  description: 'Fills the subgroup columns of all tables; it is no table of its own.',
  resource: 'Patient',
  where: [],
  select: [
    {
      column: [
        ...VERSION_COLUMNS,
        extra('birth_date', 'birthDate', 'Date of birth, as far as it is known.'),
        extra('sex', 'gender', 'Administrative gender.'),
        extra('race', omb('us-core-race'), 'OMB categories.', true),
        extra('ethnicity', omb('us-core-ethnicity'), 'OMB category.', true),
        extra(
          'language',
          'communication.where(preferred = true).first().language.coding.code.first()',
          'Preferred language.',
        ),
      ],
    },
  ],
};

export const ENCOUNTERS_VIEW: View = {
  table: 'encounters',
  name: 'encounters',
  title: 'Stays',
  description: `${ENCOUNTERS.description} Encounters without a location have one stay on an unknown unit, which this view does not list.`,
  resource: 'Encounter',
  where: [],
  select: [
    {
      column: [
        ...VERSION_COLUMNS,
        ...columnsOf(ENCOUNTERS, {
          patient_id: 'subject.reference',
          encounter_class: 'class.code',
          specialty: 'serviceType.coding.code.first()',
          encounter_end: 'period.end',
          status: 'status',
        }),
        extra('encounter_start', 'period.start', 'Beginning of the whole encounter.'),
      ],
    },
    {
      forEach: 'location',
      column: [
        ...columnsOf(ENCOUNTERS, {
          unit: 'location.reference',
          stay_start: 'period.start',
          stay_end: 'period.end',
        }),
        extra('stay_status', 'status', 'Status of the stay.'),
      ],
    },
  ],
};

/** What each type says of an outcome; which codes are one, the site’s rules say. */
const outcomes = (
  resource: string,
  code: string,
  happened: string,
  known: string | undefined,
  more: readonly ViewColumn[],
  where: readonly string[] = [],
): View => ({
  table: 'outcomes',
  name: `outcomes-${resource.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}`,
  title: `Outcomes and actions from ${resource}`,
  description: `${OUTCOMES.description} All of them; the site’s rules choose by code.`,
  resource,
  where,
  select: [
    {
      column: [
        ...VERSION_COLUMNS,
        ...columnsOf(OUTCOMES, {
          patient_id: 'subject.reference',
          encounter_id:
            resource === 'MedicationAdministration' ? 'context.reference' : 'encounter.reference',
          happened_at: happened,
          ...(known !== undefined && { label_at: known }),
          status: 'status',
        }).filter(({ name }) => name !== 'status' || resource !== 'Condition'),
        extra('systems', `${code}.coding.system`, 'Systems of the codes.', true),
        extra('codes', `${code}.coding.code`, 'Codes, by which a rule finds it.', true),
        ...more,
      ],
    },
  ],
});

/** What an AI asserted is no outcome: a model would prove itself right. */
const NO_AI = `${hasCoding('meta.security', SYSTEM.observationValue, LABEL.ai)}.not()`;

const INTENT = extra('intent', 'intent', 'A proposal is no order.');

export const OUTCOME_VIEWS: readonly View[] = [
  outcomes('Condition', 'code', 'onset.ofType(dateTime)', 'recordedDate', [
    extra('verification', 'verificationStatus.coding.code', 'Refuted is no outcome.', true),
  ]),
  outcomes(
    'Observation',
    'code',
    '(effective.ofType(dateTime) | effective.ofType(instant)).first()',
    'issued',
    [
      {
        ...extra('value', 'value.ofType(Quantity).value', 'For the limits of a rule.'),
        type: 'decimal',
      },
      extra('value_unit', 'value.ofType(Quantity).code', 'UCUM.'),
      extra(
        'value_comparator',
        'value.ofType(Quantity).comparator',
        'With one it is in no limits.',
      ),
    ],
    [NO_AI],
  ),
  outcomes('Procedure', 'code', 'performed.ofType(dateTime)', undefined, []),
  outcomes(
    'MedicationAdministration',
    'medication.ofType(CodeableConcept)',
    'effective.ofType(dateTime)',
    undefined,
    [],
  ),
  outcomes('MedicationRequest', 'medication.ofType(CodeableConcept)', 'authoredOn', undefined, [
    INTENT,
  ]),
  outcomes('ServiceRequest', 'code', 'authoredOn', undefined, [INTENT]),
];
