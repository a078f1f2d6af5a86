import type { LifecycleState } from './lifecycle.ts';

/** What is asked before a model version goes further; the app answers what data can tell. */
export const GATE_ITEMS = [
  'card-complete',
  'owner-named',
  'logging-complete',
  'responses-recorded',
  'local-validity',
  'local-fairness',
  'monitoring-on',
  'signals-answered',
  'clinicians-trained',
  'incident-path',
  'outcome-defined',
  'rollout-plan',
] as const;

export type GateItem = (typeof GATE_ITEMS)[number];

export type Finding = 'met' | 'not-met' | 'cannot-tell';

export interface GateResult {
  readonly item: GateItem;
  readonly finding: Finding;
  /** Numbers, and where they are from. */
  readonly evidence: string;
}

/** A result as a proposal carries it: where it is not met, with the words of who answers for it. */
export interface GateAnswer extends GateResult {
  readonly words?: string;
}

const BEFORE_SILENT: readonly GateItem[] = ['card-complete', 'owner-named', 'outcome-defined'];

const BEFORE_SEEN: readonly GateItem[] = [
  ...BEFORE_SILENT,
  'logging-complete',
  'local-validity',
  'local-fairness',
  'monitoring-on',
  'clinicians-trained',
  'incident-path',
];

/** Items by the state that a model is to reach; taking advice away waits for nothing. */
const GATES: Readonly<Record<LifecycleState, readonly GateItem[]>> = {
  proposed: [],
  validated: ['card-complete', 'owner-named'],
  silent: BEFORE_SILENT,
  pilot: BEFORE_SEEN,
  active: [...BEFORE_SEEN, 'responses-recorded', 'signals-answered', 'rollout-plan'],
  restricted: [...BEFORE_SEEN, 'signals-answered'],
  suspended: [],
  retired: [],
};

export const gateFor = (to: LifecycleState): readonly GateItem[] =>
  GATE_ITEMS.filter((item) => GATES[to].includes(item));

/** Five questions at which deployments fail, each with the items that answer it. */
export const FIVE_QUESTIONS: readonly (readonly [question: string, items: readonly GateItem[]])[] =
  [
    [
      'Is everything on record that it says, that was seen and that was answered?',
      ['logging-complete', 'responses-recorded'],
    ],
    [
      'Is it right here, and for every group of patients?',
      ['card-complete', 'local-validity', 'local-fairness'],
    ],
    [
      'Is somebody watching, and who answers?',
      ['monitoring-on', 'signals-answered', 'owner-named'],
    ],
    [
      'Do those who see it know it, and can they say that it is wrong?',
      ['clinicians-trained', 'incident-path', 'rollout-plan'],
    ],
    ['Is it known what should get better, and is that measured?', ['outcome-defined']],
  ];
