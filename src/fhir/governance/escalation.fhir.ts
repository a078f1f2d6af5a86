import type { Task } from 'fhir/r4';
import {
  type EpisodeOnRecord,
  FINDING_LEVELS,
  type Finding,
  type FindingLevel,
} from '#src/domain/governance/limits/escalation.ts';
import { AUTOMATIC_ACTIONS, type AutomaticAction } from '#src/domain/governance/limits/sla.ts';
import { isoWithOffset } from '#src/domain/timestamp.ts';
import { dateTime } from '../date-time.ts';
import { TRANSITION_DISPLAY } from '../governance-terms.ts';
import { defined, get, line, text } from '../read.ts';
import { literal, refOf } from '../reference.ts';
import { ESCALATION_INPUT, ESCALATION_OUTPUT, type EscalationMark } from './escalation-terms.ts';
import { itemType, modifiedAt, readTask, taskCode, taskIdentifier, valuesOf } from './task.fhir.ts';

/** A breach, warning or signal that somebody has to answer, as the registry has it. */
export interface Escalation extends EpisodeOnRecord {
  /** "Task/id" and the version that was read. */
  readonly task: string;
  readonly version: string | undefined;
  readonly level: FindingLevel;
  readonly title: string;
  readonly words: string;
  /** "Device/id"; absent: the model is not on the registry. */
  readonly device?: string;
  readonly owner?: string;
  readonly raisedAt: string;
  readonly acknowledgeBy?: string;
  readonly actBy?: string;
  readonly standing: 'open' | 'acknowledged' | 'done' | 'unknown';
  readonly agreed: AutomaticAction;
  /** What was done by itself; absent: that is not on record yet. */
  readonly action?: string;
  /** "Observation/id" of each state that followed. */
  readonly states: readonly string[];
  readonly marks: readonly EscalationMark[];
  /** Words of people, oldest first. */
  readonly notes: readonly string[];
}

const HOUR_MS = 3_600_000;

/** What came of the action that was to follow by itself. */
export interface ActionTaken {
  readonly words: string;
  /** "Observation/id" */
  readonly states: readonly string[];
}

export interface EscalationDraft {
  /** `urn:uuid:` of the episode. */
  readonly id: string;
  readonly finding: Finding;
  readonly device: string | undefined;
  /** Undefined: it failed, and is tried again. */
  readonly action: ActionTaken | undefined;
  /** Reference of the service. */
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Due is what comes next: to take it on, and once somebody has, to act. */
export function toEscalation({ id, finding, device, action, by, at }: EscalationDraft): Task {
  const { key, level, title, words, owner, acknowledgeHours, actHours } = finding;
  const after = (hours: number): string => isoWithOffset(at + hours * HOUR_MS, 0);
  const authoredOn = isoWithOffset(at, 0);
  const input = (code: keyof typeof ESCALATION_INPUT) => itemType(code, ESCALATION_INPUT[code]);
  return {
    resourceType: 'Task',
    identifier: taskIdentifier(id),
    status: 'requested',
    intent: 'order',
    priority: level === 'breach' ? 'urgent' : 'routine',
    code: taskCode('escalation'),
    description: words,
    ...(device !== undefined && { focus: { reference: device } }),
    authoredOn,
    lastModified: authoredOn,
    requester: { reference: by },
    owner: { reference: owner },
    reasonCode: { text: title },
    restriction: { period: { end: after(acknowledgeHours) } },
    input: [
      { type: input('finding-key'), valueString: key },
      { type: input('finding-level'), valueString: level },
      { type: input('agreed-action'), valueString: level === 'breach' ? finding.action : 'notify' },
      { type: input('acknowledge-by'), valueDateTime: after(acknowledgeHours) },
      { type: input('act-by'), valueDateTime: after(actHours) },
    ],
    ...(action && { output: actionOutput(action) }),
  };
}

const actionOutput = ({ words, states }: ActionTaken): NonNullable<Task['output']> => [
  {
    type: itemType('automatic-action', ESCALATION_OUTPUT['automatic-action']),
    valueString: words,
  },
  ...states.map((reference) => ({
    type: itemType('state-on-record', TRANSITION_DISPLAY['state-on-record']),
    valueReference: { reference },
  })),
];

/** The Task with what was done by itself in the end. @param at epoch ms */
export const withAction = <T extends Task>(task: T, action: ActionTaken, at: number): T => ({
  ...task,
  lastModified: modifiedAt(task, isoWithOffset(at, 0)),
  output: [...(task.output ?? []), ...actionOutput(action)],
});

const MARKS: readonly EscalationMark[] = [
  'owner-told',
  'committee-told-acknowledge',
  'committee-told-act',
  'webhook-sent',
  'episode-over',
];

const STANDING: Readonly<Record<string, Escalation['standing']>> = {
  requested: 'open',
  'in-progress': 'acknowledged',
  completed: 'done',
};

/** Undefined for what is no escalation, or does not say which matter it is about. */
export function readEscalation(resource: unknown, server: string): Escalation | undefined {
  const task = readTask(resource, 'escalation', server);
  const ref = refOf(resource, server);
  const said = (list: 'input' | 'output', code: string) => valuesOf(resource, list, code)[0];
  const key = text(get(said('input', 'finding-key'), 'valueString'), 2_000);
  const level = line(get(said('input', 'finding-level'), 'valueString'));
  const agreed = line(get(said('input', 'agreed-action'), 'valueString'));
  if (task === undefined || ref === undefined || key === undefined) return undefined;
  const marks = MARKS.filter((one) => said('output', one) !== undefined);
  return defined<Escalation>({
    ...{ id: task.id, task: task.task, version: task.version, key, marks, notes: task.notes },
    over: marks.includes('episode-over'),
    doneAt: task.status === 'completed' ? task.changedOn : undefined,
    level: FINDING_LEVELS.find((one) => one === level) ?? 'signal',
    title: task.reason ?? 'A matter without a title',
    words: text(get(resource, 'description'), 2_000) ?? '',
    device: task.focus,
    owner: task.owner,
    raisedAt: task.authoredOn ?? '',
    acknowledgeBy: dateTime(get(said('input', 'acknowledge-by'), 'valueDateTime')),
    actBy: dateTime(get(said('input', 'act-by'), 'valueDateTime')),
    agreed: AUTOMATIC_ACTIONS.find((one) => one === agreed) ?? 'notify',
    standing: STANDING[task.status] ?? 'unknown',
    action: text(get(said('output', 'automatic-action'), 'valueString'), 2_000),
    states: valuesOf(resource, 'output', 'state-on-record').flatMap(
      (one) => literal(get(one, 'valueReference'), ref) ?? [],
    ),
  });
}

/** The Task with one more thing that the service did. @param at epoch ms */
export const withMark = <T extends Task>(task: T, mark: EscalationMark, at: number): T => ({
  ...task,
  lastModified: modifiedAt(task, isoWithOffset(at, 0)),
  output: [
    ...(task.output ?? []),
    {
      type: itemType(mark, ESCALATION_OUTPUT[mark]),
      valueDateTime: isoWithOffset(at, 0),
    },
  ],
});

/** What a person did about it. */
export interface EscalationStep {
  readonly step: 'acknowledged' | 'done';
  readonly by: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly words: string;
}

/** Taking it on makes them its owner and starts the clock of acting; saying what was done ends it. */
export function withAnswer<T extends Task>(task: T, { step, by, at, words }: EscalationStep): T {
  const [actBy] = valuesOf(task, 'input', 'act-by');
  const end = dateTime(get(actBy, 'valueDateTime'));
  return {
    ...task,
    status: step === 'done' ? 'completed' : 'in-progress',
    ...(step === 'acknowledged' && { owner: { reference: by } }),
    ...(end !== undefined && { restriction: { period: { end } } }),
    lastModified: modifiedAt(task, at),
    ...(words !== '' && {
      note: [...(task.note ?? []), { authorReference: { reference: by }, time: at, text: words }],
    }),
  };
}
