import type { Coding } from '#src/domain/coding.ts';
import type { ModelAtAnswer } from '#src/domain/feedback.ts';
import { isModelState } from '#src/domain/recommendation.ts';
import { COMPONENT, SYSTEM } from '../codes.ts';
import { dateTime } from '../date-time.ts';
import type { ComponentCode } from '../feedback-terms.ts';
import {
  boolean,
  defined,
  get,
  isObject,
  type Json,
  line,
  number,
  objects,
  type Problems,
} from '../read.ts';
import { codeIn, fromConcept } from './concept.fhir.ts';

const KNOWN: ReadonlySet<string> = new Set(Object.values(COMPONENT));

/** Reads components by code; what it cannot read it names in `problems` instead of throwing. */
export interface ComponentReader {
  string(code: ComponentCode): string | undefined;
  dateTime(code: ComponentCode): string | undefined;
  boolean(code: ComponentCode): boolean | undefined;
  integer(code: ComponentCode): number | undefined;
  quantity(code: ComponentCode): number | undefined;
  concept(code: ComponentCode): Json | undefined;
  codings(code: ComponentCode): readonly Coding[];
}

function byCode(components: unknown, problems: Problems): ReadonlyMap<string, readonly Json[]> {
  const found = Map.groupBy(
    objects(components),
    (component) => codeIn(component.code, SYSTEM.feedbackItem) ?? '',
  );
  for (const code of found.keys()) {
    if (KNOWN.has(code)) continue;
    problems.push({
      code: 'unknown-code',
      message: `The answer has a part that this version does not know (${code || 'without a code of ours'}).`,
      path: 'Observation.component',
    });
  }
  return found;
}

export function componentReader(components: unknown, problems: Problems): ComponentReader {
  const found = byCode(components, problems);
  const read = <T>(code: ComponentCode, pick: (component: Json) => T | undefined): readonly T[] =>
    (found.get(code) ?? []).flatMap((component) => {
      const value = pick(component);
      if (value !== undefined) return [value];
      problems.push({
        code: 'malformed',
        message: `The part “${code}” of the answer has no readable value.`,
        path: `Observation.component(${code})`,
      });
      return [];
    });
  return {
    string: (code) => read(code, (held) => line(held.valueString))[0],
    dateTime: (code) => read(code, (held) => dateTime(held.valueDateTime))[0],
    boolean: (code) => read(code, (held) => boolean(held.valueBoolean))[0],
    integer: (code) => read(code, (held) => number(held.valueInteger))[0],
    quantity: (code) => read(code, (held) => number(get(held.valueQuantity, 'value')))[0],
    concept: (code) =>
      read(code, (held) =>
        isObject(held.valueCodeableConcept) ? held.valueCodeableConcept : undefined,
      )[0],
    codings: (code) => read(code, (held) => fromConcept(held.valueCodeableConcept)),
  };
}

export function readModel(reader: ComponentReader, problems: Problems): ModelAtAnswer | undefined {
  const sent = reader.codings(COMPONENT.modelState)[0]?.code;
  if (sent !== undefined && !isModelState(sent)) {
    problems.push({
      code: 'unknown-code',
      message: `The model was in a state that this version does not know (${sent}).`,
      path: `Observation.component(${COMPONENT.modelState})`,
    });
  }
  const model = defined<ModelAtAnswer>({
    identifier: reader.string(COMPONENT.model),
    version: reader.string(COMPONENT.modelVersion),
    state: sent === undefined || isModelState(sent) ? sent : 'unknown',
  });
  return Object.keys(model).length === 0 ? undefined : model;
}
