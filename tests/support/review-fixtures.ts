import type { DeliveryState } from '#src/domain/delivery.ts';
import type { Answer, Choice } from '#src/domain/feedback.ts';
import { adviceDecision } from '#src/domain/governance/model-state-advice.ts';
import type {
  EvidenceItem,
  Model,
  Recommendation,
  RecommendationDetail,
} from '#src/domain/recommendation.ts';
import type { KindConfig } from '#src/domain/site-config.ts';
import type { CardAnswer, NamedPlace, ReviewCard, ReviewModel } from '#src/state/review-model.ts';

// Synthetic throughout: nobody here exists, and no value was measured.

const LOCAL_NOW = new Date(2026, 2, 14, 20, 40, 0);
export const NOW = LOCAL_NOW.getTime();
export const minutesAgo = (minutes: number): string =>
  new Date(NOW - minutes * 60_000).toISOString();

const SERVER = 'https://ehr.example.org/fhir';
const HL7_REASON = 'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes';
const OWN_REASON = 'https://clinician-feedback.example.org/fhir/CodeSystem/ai-override-reason';
const LOINC = 'http://loinc.org';

export const hl7 = (code: string) => ({ system: HL7_REASON, code });

export const kind: KindConfig = {
  id: 'sepsis',
  label: 'Sepsis early warning',
  codes: [],
  reasons: [
    { label: 'Already done or ordered', coding: hl7('action-completed') },
    { label: 'Patient factor the AI cannot see', coding: hl7('patient-contraindication') },
    {
      label: 'Input wrong, missing or stale',
      coding: { system: OWN_REASON, code: 'ai-input-wrong' },
    },
    { label: 'I disagree clinically', coding: hl7('recipient-does-not-trust') },
    { label: 'Risk outweighs benefit', coding: hl7('risk-benefit-ratio') },
    { label: 'Cannot interpret', coding: { system: OWN_REASON, code: 'ai-not-interpretable' } },
    { label: 'Not my patient or role', coding: hl7('inappropriate-recipient') },
    {
      label: 'Looks unsafe',
      coding: { system: OWN_REASON, code: 'ai-unsafe' },
      tone: 'danger',
    },
  ],
  reasonRequired: false,
  staleAfterMinutes: 240,
  series: [],
  seriesHours: 24,
  watch: [],
  nextStep: 'open the Sepsis order set in the EHR',
  deferMinutes: [15, 30, 60, 240],
};

export const categories = [
  {
    label: 'Does not apply here',
    options: [
      { label: 'Patient not eligible', coding: hl7('patient-ineligible') },
      { label: 'An order for it exists', coding: hl7('indication-order-exists') },
      { label: 'Was tried without success', coding: hl7('action-unsuccessful') },
    ],
  },
  {
    label: 'Wrong moment or person',
    options: [
      { label: 'Not enough time', coding: hl7('limited-time') },
      { label: 'Wrong time in the workflow', coding: hl7('wrong-time-workflow') },
      { label: 'Need more information', coding: hl7('need-more-info') },
    ],
  },
  {
    label: 'Patient prefers otherwise',
    options: [
      { label: 'Prefers an alternative', coding: hl7('prefers-alternative') },
      { label: 'Refuses', coding: hl7('patient-refuses') },
    ],
  },
];

export const model: Model = {
  name: 'Sepsis early warning',
  version: '3.1.0',
  manufacturer: 'Northlake Analytics (synthetic)',
  owner: 'Dr R. Osei, clinical owner',
  contact: 'ai-safety@hospital.example.org',
  safety: 'Class IIa; incidents to the patient safety office',
  identifier: { value: 'urn:uuid:0d2f7c1e-5a4b-4a2e-9c0d-1f2e3d4c5b6a' },
  state: 'active',
  stateSince: '2026-01-12',
  card: {
    format: 'markdown',
    intendedUse:
      'Adults on general wards, to prompt a bedside review for sepsis. Not for use in the ICU.',
    cautions:
      'Not validated in the first 24 h after surgery. Lower sensitivity in patients on beta blockers.',
    localPerformance: '12 of 100 patients with this score had sepsis (May–Oct, n = 842).',
    text: '# Sepsis early warning 3.1.0\n\nA **gradient-boosted** model on vital signs and laboratory values.\n\n## Training data\n\n- 412,000 adult stays, 2016–2022\n- 5.1 % with sepsis\n\n<script>alert(1)</script> stays text, and so does [a link](https://example.org).',
  },
};

const series = (values: readonly number[], unit: string, stepMinutes: number, last: number) =>
  values.map((value, index) => ({
    value,
    unit,
    at: minutesAgo(last + (values.length - 1 - index) * stepMinutes),
  }));

const item = (
  label: string,
  values: readonly number[],
  rest: Pick<EvidenceItem, 'abnormality'> & {
    readonly unit: string;
    readonly last: number;
    readonly step: number;
    readonly range?: EvidenceItem['range'];
  },
): EvidenceItem => {
  const points = series(values, rest.unit, rest.step, rest.last);
  return {
    label,
    coding: { system: LOINC, code: label },
    latest: points.at(-1) ?? {},
    ...(rest.range ? { range: rest.range } : {}),
    abnormality: rest.abnormality,
    series: points,
    problems: [],
  };
};

export const evidence: readonly EvidenceItem[] = [
  item('Lactate', [1.4, 1.7, 2.1, 2.9, 3.8], {
    unit: 'mmol/L',
    last: 42,
    step: 120,
    range: { low: 0.5, high: 2 },
    abnormality: 'high',
  }),
  item('Respiratory rate', [17, 18, 18, 22, 26], {
    unit: '/min',
    last: 11,
    step: 60,
    range: { low: 12, high: 20 },
    abnormality: 'high',
  }),
  item('Mean arterial pressure', [84, 80, 81, 71, 63], {
    unit: 'mm[Hg]',
    last: 11,
    step: 60,
    range: { low: 65, high: 105 },
    abnormality: 'low',
  }),
  item('White cells', [7.1, 8.4, 8.1, 9.8], {
    unit: '10*9/L',
    last: 305,
    step: 420,
    range: { low: 4, high: 11 },
    abnormality: 'normal',
  }),
];

export const recommendation: Recommendation = {
  id: `${SERVER}/RiskAssessment/r1`,
  carrier: 'RiskAssessment',
  ref: { server: SERVER, type: 'RiskAssessment', id: 'r1' },
  version: '1',
  subject: 'Patient/p1',
  status: 'current',
  kindCodings: [],
  title: 'Start the sepsis bundle: cultures, lactate, antibiotics within 1 hour',
  predictions: [
    {
      outcome: 'sepsis',
      horizon: 'within 6 h',
      probability: { sent: 34, scale: 'percent', fraction: 0.34 },
    },
  ],
  priority: { rank: 0, label: 'Urgent', source: 'RiskAssessment.extension' },
  producedAt: minutesAgo(18),
  actions: [],
  basis: [{ reference: 'Observation/1' }, { reference: 'Observation/2' }],
  problems: [],
};

export type DetailChange = Partial<Omit<RecommendationDetail, 'recommendation' | 'model'>> & {
  readonly recommendation?: Partial<Recommendation>;
  readonly model?: Partial<Model>;
};

export function makeDetail(change: DetailChange = {}): RecommendationDetail {
  return {
    evidence,
    chartChanges: [],
    pending: false,
    problems: [],
    ...change,
    recommendation: { ...recommendation, ...change.recommendation },
    model: { ...model, ...change.model },
  };
}

export type CardChange = Partial<Omit<ReviewCard, 'detail'>> & { readonly detail?: DetailChange };

export function makeCard(change: CardChange = {}): ReviewCard {
  const detail = makeDetail(change.detail);
  // One that must not be known of is no card; who makes one here wants it hidden.
  const advice = adviceDecision(detail.model.state, 'show') === 'shown' ? 'shown' : 'hidden';
  return { kind, advice, stale: false, answers: [], ...change, detail };
}

export const PATIENT = {
  id: 'p1',
  displayName: 'RIVERA, Maria',
  family: 'Rivera',
  given: 'Maria',
  birthDate: '1958-06-02',
  sex: 'female',
  mrn: '4482 019',
  deceased: false,
};

export function makeModel(change: Partial<ReviewModel> = {}): ReviewModel {
  return {
    status: 'ready',
    patient: PATIENT,
    needPatientBanner: true,
    synthetic: true,
    cards: [makeCard()],
    history: [],
    withheld: [],
    notices: [],
    unreadable: [],
    canRetract: true,
    holdsAnswers: true,
    ...change,
  };
}

export interface AnswerChange {
  readonly id?: string;
  readonly choice?: Partial<Choice>;
  readonly delivery?: DeliveryState;
  readonly places?: readonly NamedPlace[];
  readonly by?: string;
  readonly mine?: boolean;
  readonly current?: boolean;
  readonly retracted?: boolean;
  readonly performer?: string;
  readonly answeredAt?: string;
  readonly replaces?: string;
}

export function makeAnswer(change: AnswerChange = {}): CardAnswer {
  const mine = change.mine ?? true;
  const answer: Answer = {
    id: change.id ?? 'urn:uuid:a1',
    issuer: SERVER,
    patient: 'Patient/p1',
    recommendation: { ref: recommendation.ref, version: '1' },
    performer: { reference: change.performer ?? (mine ? 'Practitioner/me' : 'Practitioner/other') },
    answeredAt: change.answeredAt ?? minutesAgo(0),
    context: { appVersion: '0.1.0' },
    response: 'accepted',
    reasons: [],
    ...change.choice,
    ...(change.replaces ? { replaces: { id: change.replaces } } : {}),
  };
  return {
    answer,
    mine,
    by: change.by ?? (mine ? 'Dr A. Novak' : 'Dr L. Haddad'),
    current: change.current ?? true,
    retracted: change.retracted ?? false,
    ...(change.delivery ? { delivery: change.delivery } : {}),
    ...(change.places ? { places: change.places } : {}),
  };
}

/** A card with my answer on it. */
export function makeAnswered(change: AnswerChange = {}, card: CardChange = {}): ReviewCard {
  const mine = makeAnswer(change);
  return makeCard({ ...card, answers: [mine, ...(card.answers ?? [])], mine });
}

export const held = (seconds: number, durable = true): DeliveryState => ({
  state: 'held',
  until: new Date(NOW + seconds * 1000).toISOString(),
  durable,
});
