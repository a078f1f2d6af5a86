import type { Communication, Task } from 'fhir/r4';
import {
  HARMS,
  type Harm,
  MERP,
  type Merp,
  UNSAFE_REASON,
  WHAT_HAPPENED,
  type WhatHappened,
} from '#src/domain/governance/incidents/incident.ts';
import {
  INCIDENT_STEPS,
  type IncidentStep,
  type StepDone,
  stepWords,
} from '#src/domain/governance/incidents/incident-steps.ts';
import { COMPONENT, SYSTEM } from '../codes.ts';
import { codings, conceptText, firstOf } from '../datatypes.ts';
import { dateTime } from '../date-time.ts';
import { defined, get, line, objects, text } from '../read.ts';
import { literal, refOf } from '../reference.ts';
import { RESTRICTED } from './reporter.fhir.ts';
import { itemType, modifiedAt, readTask, valuesOf } from './task.fhir.ts';

/** A safety report with the work on it, as the registry has both. */
export interface Incident {
  readonly task: string;
  readonly version: string | undefined;
  readonly id: string;
  /** "AdverseEvent/id". */
  readonly event: string;
  readonly reportedAt: string;
  /** Absent: the name is withheld, or nobody was named. */
  readonly reporter?: string;
  readonly words?: string;
  readonly what?: WhatHappened;
  readonly harm?: Harm;
  readonly merp?: Merp;
  readonly unsafe: boolean;
  /** "Device/id" where it is on the registry. */
  readonly device?: string;
  readonly modelName?: string;
  /** As its recommendations name it, where the Device is on another server. */
  readonly modelIdentifier?: string;
  readonly modelVersion?: string;
  readonly unit?: string;
  readonly attribution?: string;
  readonly patient?: string;
  readonly steps: readonly StepDone[];
  readonly status: string;
}

const codeFor = (step: IncidentStep): string => `incident-${step}`;

/** @param events AdverseEvents by "AdverseEvent/id" */
export function readIncident(
  resource: unknown,
  events: ReadonlyMap<string, unknown>,
  server: string,
): Incident | undefined {
  const task = readTask(resource, 'incident', server);
  const ref = refOf(resource, server);
  if (task?.focus === undefined || ref === undefined) return undefined;
  const event = events.get(task.focus);
  const suspect = get(objects(get(event, 'suspectEntity'))[0], 'instance');
  const device = literal(suspect, ref);
  const said = codings(get(event, 'seriousness')).map(({ code }) => code);
  const what = firstOf(codings(get(event, 'category')), ({ code }) =>
    WHAT_HAPPENED.find((one) => one === code),
  );
  const [entity] = objects(get(event, 'suspectEntity'));
  return defined<Incident>({
    task: task.task,
    version: task.version,
    id: task.id,
    event: task.focus,
    reportedAt: task.authoredOn ?? '',
    reporter: task.requester,
    words: task.notes[0],
    what,
    harm: HARMS.find((one) => said.includes(one)),
    merp: MERP.find((one) => said.includes(one)),
    unsafe: what === 'unsafe-condition' || answeredUnsafe(resource),
    device: device?.startsWith('Device/') ? device : undefined,
    modelName: line(get(suspect, 'display')),
    modelIdentifier: saidAs(resource, COMPONENT.model),
    modelVersion: saidAs(resource, COMPONENT.modelVersion),
    unit: literal(get(event, 'location'), ref),
    attribution: conceptText(get(objects(get(entity, 'causality'))[0], 'assessment')),
    patient: literal(get(resource, 'for'), ref),
    steps: INCIDENT_STEPS.flatMap((step) => stepsIn(resource, step, ref)),
    status: task.status,
  });
}

const saidAs = (task: unknown, code: string): string | undefined =>
  line(get(valuesOf(task, 'input', code)[0], 'valueString'));

const answeredUnsafe = (task: unknown): boolean =>
  valuesOf(task, 'input', 'override-reason').some((one) =>
    codings(get(one, 'valueCodeableConcept')).some(({ code }) => code === UNSAFE_REASON),
  );

function stepsIn(
  task: unknown,
  step: IncidentStep,
  ref: Parameters<typeof literal>[1],
): readonly StepDone[] {
  return valuesOf(task, 'output', codeFor(step)).flatMap((one) => {
    const note = get(one, 'valueAnnotation');
    const by = literal(get(note, 'authorReference'), ref);
    const at = dateTime(get(note, 'time'));
    const words = text(get(note, 'text'), 4_000);
    return by === undefined || at === undefined || words === undefined
      ? []
      : [{ step, by, at, words }];
  });
}

/** The Task with one more step on it; acknowledging takes it on, closing ends it. */
export function withStep<T extends Task>(task: T, { step, by, at, words }: StepDone): T {
  return {
    ...task,
    status: step === 'closed' ? 'completed' : 'in-progress',
    ...(step === 'acknowledged' && { owner: { reference: by } }),
    lastModified: modifiedAt(task, at),
    output: [
      ...(task.output ?? []),
      {
        type: itemType(codeFor(step), INCIDENT_STEP_DISPLAY[step]),
        valueAnnotation: { authorReference: { reference: by }, time: at, text: words },
      },
    ],
  };
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const INCIDENT_STEP_DISPLAY: Readonly<Record<IncidentStep, string>> = {
  acknowledged: 'Report acknowledged',
  contained: 'Incident contained',
  committee: 'Committee told',
  'root-cause': capital(stepWords('root-cause')),
  'contributing-factors': capital(stepWords('contributing-factors')),
  'corrective-action': capital(stepWords('corrective-action')),
  'effectiveness-check': capital(stepWords('effectiveness-check')),
  closed: 'Incident closed',
};

/** For the published CodeSystem. */
export const incidentStepConcepts: readonly (readonly [code: string, display: string])[] =
  INCIDENT_STEPS.map((step) => [codeFor(step), INCIDENT_STEP_DISPLAY[step]]);

export interface ReplyDraft {
  readonly id: string;
  readonly incident: Incident;
  readonly to: string;
  readonly by: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly words: string;
}

/** What the reporter reads in the app. */
export const toReply = ({ id, incident, to, by, at, words }: ReplyDraft): Communication => ({
  resourceType: 'Communication',
  // It names whom the report does not name.
  ...(incident.reporter === undefined && { meta: { security: [RESTRICTED] } }),
  identifier: [{ system: SYSTEM.uri, value: id }],
  status: 'completed',
  ...(incident.patient !== undefined && { subject: { reference: incident.patient } }),
  about: [{ reference: incident.event }],
  sent: at,
  recipient: [{ reference: to }],
  sender: { reference: by },
  payload: [{ contentString: words }],
});
