import { get, isObject, objects } from '#src/fhir/read.ts';
import { type Heard, resourceOf } from './ask.ts';

/** What was found, without what was included and without the server's remarks. */
export const matches = (heard: Heard) => {
  const bundle = resourceOf(heard, 'Bundle');
  return bundle
    ? objects(get(bundle, 'entry'))
        .filter((one) => !['include', 'outcome'].includes(String(get(get(one, 'search'), 'mode'))))
        .map((one) => get(one, 'resource'))
        .filter(isObject)
        .filter((one) => get(one, 'resourceType') !== 'OperationOutcome')
    : undefined;
};
