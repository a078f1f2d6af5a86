import {
  type Identifier,
  type ResourceRef,
  relativeReference,
  sameResource,
} from '#src/domain/coding.ts';

/** One case of a training: a story, what one could do, and why one of it is right. */
export interface TrainingCase {
  readonly story: string;
  readonly options: readonly string[];
  /** Position in `options`. */
  readonly right: number;
  readonly why: string;
}

/** A model version by its names; across servers by the business identifier. */
export interface TrainedModel {
  readonly ref?: ResourceRef;
  readonly identifier?: Identifier;
  readonly version?: string;
}

/** The training on one model version. The cautions are those of its model card. */
export interface Training {
  /** Value of the model's business identifier. */
  readonly model: string;
  readonly version?: string;
  readonly cases: readonly TrainingCase[];
}

/** That somebody went through it. */
export interface TrainingDone {
  readonly device?: ResourceRef;
  readonly model?: string;
  readonly version?: string;
}

/** As many as a training has: enough to meet the cautions, short enough for a shift. */
export const TRAINING_CASES = 3;

/** The first that is about this version. */
export const trainingFor = (
  all: readonly Training[],
  { identifier, version }: TrainedModel,
): Training | undefined =>
  all.find(
    (one) =>
      one.model === identifier?.value && (one.version === undefined || one.version === version),
  );

/** Training counts for the version that it was about, and for no later one. */
export const isTrained = (done: readonly TrainingDone[], model: TrainedModel): boolean =>
  done.some(
    ({ device, model: named, version }) =>
      (device !== undefined && model.ref !== undefined && sameResource(device, model.ref)) ||
      (named !== undefined && named === model.identifier?.value && version === model.version),
  );

/**
 * Whether the site wants the training before it shows this model's advice.
 * @param required identifiers, "Device/id" references, or `*` for every model
 */
export const needsTraining = (
  required: readonly string[],
  { ref, identifier }: TrainedModel,
): boolean =>
  required.some(
    (one) => one === '*' || one === identifier?.value || (ref && one === relativeReference(ref)),
  );
