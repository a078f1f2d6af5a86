import type { Task, TaskInput } from 'fhir/r4';
import { GATE_ITEMS, type GateAnswer } from '#src/domain/governance/lifecycle/gates.ts';
import { LIFECYCLE } from '#src/domain/governance/lifecycle/lifecycle.ts';
import type {
  Transition,
  TransitionProposal,
  TransitionStatus,
} from '#src/domain/governance/lifecycle/transition.ts';
import { isModelState } from '#src/domain/recommendation.ts';
import { SYSTEM } from '../codes.ts';
import { dateTime } from '../date-time.ts';
import { codeIn } from '../feedback/concept.fhir.ts';
import {
  MODEL_STATE_DISPLAY,
  STATE_COMPONENT_DISPLAY,
  TRANSITION_DISPLAY,
} from '../governance-terms.ts';
import { defined, get, line, text } from '../read.ts';
import { itemType, modifiedAt, readTask, taskCode, taskIdentifier, valuesOf } from './task.fhir.ts';

const DISPLAY = { ...TRANSITION_DISPLAY, ...STATE_COMPONENT_DISPLAY };
type Item = keyof typeof DISPLAY;

const input = (code: Item, value: Omit<TaskInput, 'type'>): TaskInput => ({
  type: itemType(code, DISPLAY[code]),
  ...value,
});

const said = (code: Item, value: string | undefined): readonly TaskInput[] =>
  value === undefined ? [] : [input(code, { valueString: value })];

/** No states on record, but what has become of one. */
const NOT_ON_RECORD = { expired: 'Expired', unread: 'Not readable' } as const;

const stateValue = (state: TransitionProposal['from'] | TransitionProposal['to']) => ({
  valueCodeableConcept:
    state === 'expired' || state === 'unread'
      ? { text: NOT_ON_RECORD[state] }
      : {
          coding: [{ system: SYSTEM.modelState, code: state, display: MODEL_STATE_DISPLAY[state] }],
        },
});

/** "logging-complete · met", then where it is from and, on a line of its own, what somebody answered. */
const gateValue = ({ item, finding, evidence, words }: GateAnswer): TaskInput =>
  input('gate-item', {
    valueString: [`${item} · ${finding}`, evidence, ...(words === undefined ? [] : [words])].join(
      '\n',
    ),
  });

/** A proposal as a Task that waits for somebody else. */
export function toTransitionTask(proposal: TransitionProposal): Task {
  const { id, device, from, to, scope, reason, proposedAt, proposedBy } = proposal;
  return {
    resourceType: 'Task',
    identifier: taskIdentifier(id),
    status: 'requested',
    intent: 'proposal',
    code: taskCode('transition'),
    focus: { reference: device },
    authoredOn: proposedAt,
    lastModified: proposedAt,
    requester: { reference: proposedBy },
    reasonCode: { text: reason },
    input: [
      input('transition-from', stateValue(from)),
      input('transition-to', stateValue(to)),
      ...said('state-site', scope.site),
      ...scope.units.flatMap((one) => said('state-unit', one)),
      ...scope.clinicians.flatMap((one) => said('state-clinician', one)),
      ...said('state-restriction', proposal.restriction),
      ...said('rollback-version', proposal.rollbackVersion),
      ...(proposal.until === undefined
        ? []
        : [input('approval-end', { valueDateTime: proposal.until })]),
      ...proposal.evidence.flatMap((one) => said('evidence', one)),
      ...proposal.checklist.map(gateValue),
    ],
  };
}

/** What was decided by whom; `in-force` names the state that is on record. */
export interface TransitionDecision {
  readonly status: Exclude<TransitionStatus, 'requested' | 'unknown'>;
  readonly by: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly words?: string;
  /** "Observation/id". */
  readonly state?: string;
}

const STATUS = {
  requested: 'requested',
  approved: 'accepted',
  'in-force': 'completed',
  declined: 'rejected',
  withdrawn: 'cancelled',
} as const satisfies Record<Exclude<TransitionStatus, 'unknown'>, Task['status']>;

/** The Task after a decision; everything that it said before, it says still. */
export function decidedTask<T extends Task>(task: T, decision: TransitionDecision): T {
  const { status, by, at, words, state } = decision;
  return {
    ...task,
    status: STATUS[status],
    owner: { reference: by },
    lastModified: modifiedAt(task, at),
    ...(words !== undefined && {
      note: [...(task.note ?? []), { authorReference: { reference: by }, time: at, text: words }],
    }),
    ...(state !== undefined && {
      output: [
        {
          type: itemType('state-on-record', DISPLAY['state-on-record']),
          valueReference: { reference: state },
        },
      ],
    }),
  };
}

/** A transition as the server has it; undefined for what is none, or says neither which model nor where to. */
export function readTransition(resource: unknown, server: string): Transition | undefined {
  const task = readTask(resource, 'transition', server);
  const to = LIFECYCLE.find((one) => one === stateIn(resource, 'transition-to'));
  if (task?.focus === undefined || to === undefined) return undefined;
  const from = stateIn(resource, 'transition-from');
  const strings = (code: Item): readonly string[] =>
    valuesOf(resource, 'input', code).flatMap((one) => line(get(one, 'valueString'), 2_048) ?? []);
  const [site] = strings('state-site');
  const [end] = valuesOf(resource, 'input', 'approval-end');
  const status = Object.entries(STATUS).find(([, code]) => code === task.status)?.[0];
  return defined<Transition>({
    id: task.id,
    device: task.focus,
    from: from === undefined ? 'expired' : isModelState(from) ? from : 'unknown',
    to,
    scope: {
      ...(site !== undefined && { site }),
      units: strings('state-unit'),
      clinicians: strings('state-clinician'),
    },
    reason: task.reason ?? '',
    restriction: strings('state-restriction')[0],
    until: dateTime(get(end, 'valueDateTime')),
    rollbackVersion: strings('rollback-version')[0],
    evidence: strings('evidence'),
    checklist: valuesOf(resource, 'input', 'gate-item').flatMap(
      (one) => readGate(text(get(one, 'valueString'), 4_000)) ?? [],
    ),
    proposedAt: task.authoredOn ?? '',
    proposedBy: task.requester ?? '',
    status: isStatus(status) ? status : 'unknown',
    decidedBy: task.owner,
    decidedAt: task.owner === undefined ? undefined : task.changedOn,
    decisionWords: task.notes.at(-1),
    storedAt: dateTime(get(get(resource, 'meta'), 'lastUpdated')),
    task: task.task,
    version: task.version,
  });
}

const isStatus = (word: string | undefined): word is TransitionStatus =>
  word !== undefined && Object.hasOwn(STATUS, word);

function stateIn(resource: unknown, code: Item): string | undefined {
  const [found] = valuesOf(resource, 'input', code);
  return codeIn(get(found, 'valueCodeableConcept'), SYSTEM.modelState);
}

const FINDINGS = ['met', 'not-met', 'cannot-tell'] as const;

function readGate(said: string | undefined): GateAnswer | undefined {
  const [head = '', evidence = '', words] = said?.split('\n') ?? [];
  const [name, word] = head.split(' · ');
  const item = GATE_ITEMS.find((one) => one === name);
  const finding = FINDINGS.find((one) => one === word);
  if (item === undefined || finding === undefined) return undefined;
  return { item, finding, evidence, ...(words !== undefined && { words }) };
}
