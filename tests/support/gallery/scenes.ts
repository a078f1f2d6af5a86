import type { DeliveryState } from '#src/domain/delivery.ts';
import { type Draft, EMPTY_DRAFT } from '#src/features/review/draft.ts';
import type { WaitingBadge } from '#src/features/review/review-props.ts';
import type { ReviewCard, ReviewModel } from '#src/state/review-model.ts';
import {
  evidence,
  held,
  hl7,
  makeAnswer,
  makeAnswered,
  makeCard,
  makeModel,
  minutesAgo,
  PATIENT,
  recommendation,
} from '../review-fixtures.ts';

export interface SceneSource {
  readonly model?: ReviewModel;
  readonly drafts?: Readonly<Record<string, Draft>>;
  readonly waiting?: Omit<WaitingBadge, 'onOpen'>;
}

const R1 = recommendation.id;
const draft = (panel: Draft['panel']): Record<string, Draft> => ({
  [R1]: { ...EMPTY_DRAFT, panel },
});

const antibiotic = {
  ref: { server: 'https://ehr.example.org/fhir', type: 'MedicationAdministration', id: 'm1' },
  label: 'piperacillin–tazobactam given',
  watch: 'Antibiotic already given',
  at: minutesAgo(10),
};
const newerLactate = {
  ref: { server: 'https://ehr.example.org/fhir', type: 'Observation', id: 'o9' },
  label: 'Lactate',
  watch: 'Newer value of an input',
  at: minutesAgo(6),
  value: { value: 4.4, unit: 'mmol/L' },
  abnormality: 'critical-high' as const,
};

const sepsis = makeCard({ detail: { chartChanges: [antibiotic, newerLactate] } });

const other = (
  id: string,
  title: string,
  minutes: number,
  rank: 0 | 1 | 2 | 3,
  label: string,
  name: string,
): ReviewCard =>
  makeCard({
    detail: {
      recommendation: {
        id,
        title,
        producedAt: minutesAgo(minutes),
        priority: { rank, label, source: 'x' },
        predictions: [],
      },
      model: { name, version: '2.4' },
      evidence: evidence.slice(0, 2),
    },
  });

const potassium = other(
  'r2',
  'Check potassium before the next dose of spironolactone',
  126,
  1,
  'Serious',
  'Drug interaction monitor',
);
const readmission = other(
  'r3',
  'High risk of readmission: plan follow-up within 7 days',
  372,
  2,
  'Routine',
  'Readmission 30 d',
);

const alone = (card: ReviewCard, change: Partial<ReviewModel> = {}): SceneSource => ({
  model: makeModel({ cards: [card], ...change }),
});

const one = (card: ReviewCard, change: Partial<ReviewModel> = {}): SceneSource => ({
  model: makeModel({ cards: [card, potassium, readmission], ...change }),
});

const reason = { response: 'overridden' as const, reasons: [hl7('action-completed')] };
const answered = (delivery: DeliveryState, change: Partial<ReviewModel> = {}) =>
  alone(makeAnswered({ choice: reason, delivery }), change);

const stored: DeliveryState = { state: 'stored', at: minutesAgo(0), reference: 'Observation/77' };
const LONG =
  'Consider discontinuation of the concurrently prescribed potassium-sparing diuretic and re-measure electrolytes including magnesium before the next scheduled administration of digoxin in this patient';

const probabilityScene = (change: object): SceneSource =>
  one(makeCard({ detail: { recommendation: { predictions: [change] } } }));

export const scenes: Readonly<Record<string, SceneSource>> = {
  loading: { model: makeModel({ status: 'loading', patient: undefined, cards: [] }) },
  empty: { model: makeModel({ cards: [] }) },
  'waiting-badge': {
    model: makeModel({ cards: [sepsis] }),
    waiting: { count: 2, attention: 1, elsewhere: 1 },
  },
  'waiting-list': {},
  'waiting-nothing': {},
  one: { model: makeModel({ cards: [sepsis] }) },
  three: one(sepsis),
  nine: {
    model: makeModel({
      cards: [
        sepsis,
        potassium,
        readmission,
        ...Array.from({ length: 6 }, (_, index) =>
          other(
            `n${index}`,
            `Repeat creatinine after contrast (${index + 1})`,
            400 + 90 * index,
            3,
            'Routine',
            'Contrast nephropathy',
          ),
        ),
      ],
    }),
  },
  pending: one(makeCard({ detail: { pending: true, evidence: [] } })),
  override: { ...one(sepsis), drafts: draft('override') },
  modify: {
    ...one({
      ...sepsis,
      alternatives: [
        { label: 'Cultures only', coding: hl7('x1') },
        { label: 'Fluids first', coding: hl7('x2') },
      ],
    }),
    drafts: draft('modify'),
  },
  defer: { ...one(sepsis), drafts: draft('defer') },
  'accepted-held': alone(makeAnswered({ delivery: held(8) }, sepsisChange())),
  'accepted-stored': alone(makeAnswered({ delivery: stored }, sepsisChange())),
  'overridden-held': answered(held(8)),
  'held-not-durable': answered(held(8, false), { canRetract: false }),
  sending: answered({ state: 'sending', durable: true }),
  degraded: answered({
    state: 'degraded',
    at: minutesAgo(0),
    reference: 'Observation/77',
    lost: [
      'recommendation answered: not stored (Observation.focus)',
      'reason for the response: stored differently (Observation.component(override-reason))',
    ],
  }),
  'several-places': alone(
    makeAnswered(
      {
        delivery: { state: 'sending', durable: true },
        places: [
          { name: 'Hospital store', required: true, delivery: stored },
          { name: 'Clinical note', required: true, delivery: held(580) },
          {
            name: 'Main EHR',
            required: false,
            delivery: {
              state: 'rejected',
              reason:
                'The server did not accept it. The server says: category must be vital-signs.',
              durable: true,
            },
          },
        ],
      },
      sepsisChange(),
    ),
  ),
  rejected: answered({
    state: 'rejected',
    reason: '422: this category may not be written here.',
    durable: true,
  }),
  unknown: answered({
    state: 'unknown',
    reason: 'The network went away while it was being sent. It is sent again by itself.',
    durable: true,
  }),
  'needs-sign-in': answered({ state: 'waiting-sign-in', durable: true }),
  'waiting-patient': answered({ state: 'waiting-patient', durable: true }),
  deferred: alone(
    makeAnswered({
      choice: { response: 'deferred', deferredUntil: minutesAgo(-60) },
      delivery: stored,
    }),
  ),
  due: alone(makeAnswered({ choice: { response: 'deferred', deferredUntil: minutesAgo(5) } })),
  modified: alone(
    makeAnswered({
      choice: {
        response: 'accepted-modified',
        actionTaken: { text: 'Cultures taken, antibiotics after review at 22:00' },
      },
      delivery: stored,
    }),
  ),
  history: one(
    makeCard({
      answers: [
        makeAnswer({
          id: 'h1',
          mine: false,
          answeredAt: minutesAgo(35),
          choice: {
            ...reason,
            comment: 'Blood cultures were taken in the ED at 18:50; the second set is pending.',
          },
        }),
        makeAnswer({
          id: 'h2',
          mine: false,
          by: 'RN T. Okafor',
          performer: 'Practitioner/t',
          answeredAt: minutesAgo(90),
          current: false,
          choice: { response: 'deferred' },
        }),
        makeAnswer({
          id: 'h3',
          mine: true,
          answeredAt: minutesAgo(1500),
          current: false,
          retracted: true,
        }),
      ],
    }),
  ),
  conflict: alone(
    makeAnswered(
      { id: 'c1', delivery: stored },
      { answers: [makeAnswer({ id: 'c2', choice: reason, answeredAt: minutesAgo(3) })] },
    ),
  ),
  suspended: one(
    makeCard({
      detail: {
        model: {
          state: 'suspended',
          stateSince: '2026-03-12T09:30:00+01:00',
          stateReason: 'Input feed for lactate was wrong by a factor of 9 on two wards.',
        },
      },
    }),
  ),
  pilot: one(makeCard({ detail: { model: { state: 'pilot' } } })),
  stale: one(
    makeCard({ stale: true, detail: { recommendation: { producedAt: minutesAgo(1720) } } }),
  ),
  'scale-unknown': probabilityScene({
    outcome: 'sepsis',
    probability: { sent: 0.34, scale: 'unknown' },
  }),
  'out-of-range': probabilityScene({
    outcome: 'sepsis',
    probability: { sent: 140, scale: 'percent' },
  }),
  score: probabilityScene({ outcome: 'deterioration', score: { value: 7, label: 'NEWS2' } }),
  interval: one(
    makeCard({
      detail: {
        recommendation: {
          confidence: { fraction: 0.8, text: 'moderate' },
          detail: 'Rising lactate with falling pressure over 6 h. '.repeat(8),
          actions: [
            { title: 'Two sets of blood cultures' },
            { title: 'Repeat lactate', detail: 'within 2 h' },
          ],
          predictions: [
            {
              outcome: 'sepsis',
              horizon: 'within 6 h',
              probability: { sent: 34, scale: 'percent', fraction: 0.34, low: 0.26, high: 0.43 },
              band: { system: 's', code: 'high', display: 'High likelihood' },
            },
            {
              outcome: 'septic shock',
              horizon: 'within 24 h',
              probability: { sent: 6, scale: 'percent', fraction: 0.06 },
            },
          ],
        },
      },
    }),
  ),
  malformed: one(
    makeCard({
      detail: {
        recommendation: {
          title: '',
          producedAt: 'yesterday',
          predictions: [],
          problems: [
            {
              code: 'missing',
              message: 'The recommendation does not say when it was produced.',
              path: 'RiskAssessment.occurrenceDateTime',
            },
            {
              code: 'unresolved-reference',
              message: '2 of 4 inputs could not be read; they are not shown.',
            },
          ],
        },
        evidence: [
          {
            label: 'Lactate',
            latest: {},
            abnormality: 'unknown',
            series: [],
            problems: [{ code: 'unresolved-reference', message: 'This input could not be read.' }],
          },
          {
            label: 'Chest radiograph',
            latest: {
              text: 'Patchy opacity in the right lower zone, new since the previous image',
              at: '2026-03-14',
            },
            abnormality: 'abnormal',
            series: [],
            problems: [],
          },
        ],
        model: { name: 'Model not named', state: 'unknown', card: { format: 'unknown' } },
      },
    }),
    {
      unreadable: [
        {
          code: 'malformed',
          message: 'RiskAssessment/x9 has no subject.',
          path: 'RiskAssessment.subject',
        },
      ],
    },
  ),
  'long-names': one(
    makeCard({
      detail: {
        recommendation: { title: LONG },
        model: {
          name: 'Cardiovascular pharmacotherapy interaction surveillance',
          version: '2026.03.1-rc.4',
        },
      },
      answers: [
        makeAnswer({
          mine: false,
          by: 'Dr Maximiliane Freifrau von Waldburg-Zeilenberg, Cardiology Fellow',
          id: 'h1',
          choice: reason,
          answeredAt: minutesAgo(90),
        }),
      ],
    }),
    {
      patient: {
        ...PATIENT,
        displayName: 'WOLFESCHLEGELSTEINHAUSENBERGERDORFF-OYELARAN, Hubertina Blandine Anastasia',
      },
    },
  ),
  neonate: one(sepsis, {
    patient: {
      ...PATIENT,
      displayName: 'HALE, Baby of Iris',
      birthDate: '2026-03-05',
      sex: 'male',
    },
    needPatientBanner: false,
    synthetic: false,
  }),
  offline: one(sepsis, {
    notices: [
      {
        tone: 'warning',
        title: 'You are offline',
        message:
          'What you see was loaded at 20:31. Answers are kept on this device and sent when the network is back.',
      },
    ],
  }),
  forbidden: {
    model: makeModel({
      cards: [],
      notices: [
        {
          tone: 'error',
          title: 'This EHR refuses recommendations',
          message:
            'The server answered 403 for RiskAssessment. Ask informatics to allow patient/RiskAssessment.rs for this app.',
        },
      ],
    }),
  },
  failed: { model: makeModel({ status: 'failed', cards: [] }) },
  partial: one(sepsis, {
    history: [
      makeCard({
        detail: {
          recommendation: {
            id: 'old',
            status: 'superseded',
            title: 'Start the sepsis bundle (earlier)',
            producedAt: minutesAgo(260),
          },
        },
      }),
    ],
    notices: [
      {
        tone: 'info',
        title: 'Only the newest 200 are shown',
        message: 'The server has more recommendations for this patient.',
        action: 'refresh',
      },
    ],
  }),
  'wrong-patient': {},
  'sign-in': {},
};

function sepsisChange() {
  return { detail: { chartChanges: [antibiotic, newerLactate] } };
}
