import type { Task } from 'fhir/r4';
import {
  TRAINING_CASES,
  type TrainedModel,
  type Training,
  type TrainingCase,
  type TrainingDone,
} from '#src/domain/governance/feedback/training.ts';
import { COMPONENT } from '../codes.ts';
import { identifier } from '../datatypes.ts';
import { COMPONENT_DISPLAY } from '../feedback-terms.ts';
import { GOVERNANCE_TASK } from '../governance-terms.ts';
import { fromJsonLibrary } from '../json-library.fhir.ts';
import { defined, get, line, list, number, objects, text } from '../read.ts';
import { parseReference, plainReference } from '../reference.ts';
import type { FhirSearch } from '../search.ts';
import { TRAINING_DISPLAY } from './loop-terms.ts';
import { itemType, readTask, taskCode, taskIdentifier, valuesOf } from './task.fhir.ts';

/** `Library.name` of every training. */
export const TRAINING_LIBRARY = 'ModelTraining';

export const trainingSearch: FhirSearch = {
  type: 'Library',
  params: [
    ['name', TRAINING_LIBRARY],
    ['_count', '200'],
  ],
};

/** Trainings of one clinician. @param me reference as the registry knows them */
export const trainedSearch = (me: string): FhirSearch => ({
  type: 'Task',
  params: [
    ['code', `${GOVERNANCE_TASK.system}|training`],
    ['owner', me],
    ['_count', '200'],
  ],
});

/** A training whole or not at all: with a case missing it is another one. */
export function readTraining(resource: unknown): Training | undefined {
  if (get(resource, 'resourceType') !== 'Library') return undefined;
  if (get(resource, 'name') !== TRAINING_LIBRARY || get(resource, 'status') !== 'active')
    return undefined;
  const said = fromJsonLibrary(resource);
  const model = line(get(said, 'model'));
  const cases = objects(get(said, 'cases')).flatMap((one) => readCase(one) ?? []);
  if (model === undefined || cases.length !== TRAINING_CASES) return undefined;
  return defined<Training>({ model, version: line(get(said, 'version')), cases });
}

function readCase(one: unknown): TrainingCase | undefined {
  const [story, why] = [text(get(one, 'story'), 2_000), text(get(one, 'why'), 2_000)];
  const options = list(get(one, 'options')).flatMap((each) => line(each) ?? []);
  const right = number(get(one, 'right'));
  if (story === undefined || why === undefined || right === undefined) return undefined;
  return options.length > 1 && options[right] !== undefined
    ? { story, options, right, why }
    : undefined;
}

/** Undefined for what is no completed training. */
export function readTrainingDone(resource: unknown, server: string): TrainingDone | undefined {
  const task = readTask(resource, 'training', server);
  if (task?.status !== 'completed') return undefined;
  const said = (code: string): string | undefined =>
    valuesOf(resource, 'input', code).flatMap((one) => line(get(one, 'valueString')) ?? [])[0];
  return defined<TrainingDone>({
    device: parseReference(task.focus, server)?.ref,
    model: said(COMPONENT.model) ?? identifier(get(get(resource, 'focus'), 'identifier'))?.value,
    version: said(COMPONENT.modelVersion),
  });
}

/** That a clinician went through a training. */
export interface TrainingRecord {
  /** `urn:uuid:` */
  readonly id: string;
  readonly model: TrainedModel & { readonly name: string };
  /** Reference as the registry knows them. */
  readonly by: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  /** Cases that were answered right at the first try. */
  readonly rightAtOnce: number;
}

/** @param server FHIR base of the registry: a Device of another server is named by its identifier alone */
export function toTrainingTask(
  { id, model, by, at, rightAtOnce }: TrainingRecord,
  server: string,
): Task {
  const { ref, identifier: own, version, name } = model;
  const said = (code: 'model' | 'model-version', value: string | undefined) =>
    value === undefined
      ? []
      : [{ type: itemType(code, COMPONENT_DISPLAY[code]), valueString: value }];
  return defined<Task>({
    resourceType: 'Task',
    identifier: taskIdentifier(id),
    status: 'completed',
    intent: 'order',
    code: taskCode('training'),
    focus: defined<NonNullable<Task['focus']>>({
      reference: ref?.server === server ? plainReference(ref, server) : undefined,
      type: 'Device',
      identifier: own && defined({ system: own.system, value: own.value }),
      display: version === undefined ? name : `${name} ${version}`,
    }),
    authoredOn: at,
    lastModified: at,
    requester: { reference: by },
    owner: { reference: by },
    input: [...said('model', own?.value), ...said('model-version', version)],
    output: [
      {
        type: itemType('training-right', TRAINING_DISPLAY['training-right']),
        valueInteger: rightAtOnce,
      },
    ],
  });
}
