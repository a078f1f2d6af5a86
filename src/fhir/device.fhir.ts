import type { ReadResult } from '#src/domain/problem.ts';
import type { Model } from '#src/domain/recommendation.ts';
import { isAiDevice } from './ai-origin.ts';
import { AI_TRANSPARENCY } from './codes.ts';
import { conceptText, extensions, identifier } from './datatypes.ts';
import {
  defined,
  get,
  isObject,
  type Json,
  line,
  list,
  objects,
  type Problems,
  problem,
} from './read.ts';
import { literal, refOf } from './reference.ts';

/**
 * Model facts from a Device (`AI-Device` shape; R4, R5 names tolerated). State is `unknown` here: it
 * comes from governance (`model-state.fhir.ts`), never from `Device.status`. Fails when it is no
 * Device with an id.
 */
export function readDevice(resource: unknown, server: string): ReadResult<Model> {
  const ref = refOf(resource, server);
  if (ref?.type !== 'Device' || !isObject(resource)) {
    return {
      ok: false,
      problem: problem('malformed', 'What is named as the AI model is no device record.'),
    };
  }
  const [name, version] = [deviceName(resource), deviceVersion(resource)];
  const problems = deviceProblems(resource, name, version);
  return {
    ok: true,
    problems,
    value: defined<Model>({
      ref,
      identifier: identifier(objects(get(resource, 'identifier'))[0]),
      name: name ?? 'Unnamed AI model',
      version,
      manufacturer: line(get(resource, 'manufacturer')),
      owner: line(get(get(resource, 'owner'), 'display')),
      contact: contact(resource),
      safety:
        list(get(resource, 'safety')).map(conceptText).filter(Boolean).slice(0, 5).join('; ') ||
        undefined,
      state: 'unknown',
    }),
  };
}

function deviceProblems(
  resource: Json,
  name: string | undefined,
  version: string | undefined,
): Problems {
  const problems: Problems = [];
  const missing = (message: string, where: string) =>
    problems.push(problem('missing', message, where));
  if (name === undefined) missing('The model has no name.', 'Device.deviceName');
  if (version === undefined) missing('The model’s version is not stated.', 'Device.version');
  if (!isAiDevice(resource)) {
    missing('The device record does not say that it is an AI.', 'Device.type');
  }
  if (get(resource, 'status') === 'entered-in-error') {
    problems.push(
      problem('malformed', 'The model’s record was entered in error.', 'Device.status'),
    );
  }
  return problems;
}

/** Where the Device says its model card is (extension `modelCardDescription`), as a reference. */
export function modelCardReference(resource: unknown, server: string): string | undefined {
  const ref = refOf(resource, server);
  const [extension] = extensions(resource, AI_TRANSPARENCY.modelCardDescription);
  return ref === undefined ? undefined : literal(get(extension, 'valueReference'), ref);
}

function deviceName(resource: Json): string | undefined {
  const names = objects(get(resource, 'deviceName'));
  const preferred = names.find((one) => get(one, 'type') === 'user-friendly-name') ?? names[0];
  const later = objects(get(resource, 'name'))[0];
  return (
    line(get(preferred, 'name')) ??
    line(get(later, 'value')) ??
    line(get(resource, 'modelNumber')) ??
    conceptText(get(resource, 'type'))
  );
}

/** The version that a Device states. */
export function deviceVersion(resource: Json): string | undefined {
  const [version] = objects(get(resource, 'version'));
  return line(get(version, 'value'), 60) ?? line(get(resource, 'version'), 60);
}

function contact(resource: Json): string | undefined {
  const points = objects(get(resource, 'contact')).slice(0, 3);
  return line(
    points
      .map((one) => line(get(one, 'value')))
      .filter(Boolean)
      .join(', '),
  );
}
