import { absoluteReference } from '#src/domain/coding.ts';
import type { Recommendation } from '#src/domain/recommendation.ts';
import { modelCardReference } from '#src/fhir/device.fhir.ts';
import { parseReference } from '#src/fhir/reference.ts';
import { basisSearches, deviceSearches } from '#src/fhir/search.ts';
import type { Deps } from './deps.ts';
import { type Asked, allOf, ask, type Part } from './fetch-parts.ts';
import { allServers, sourceOf } from './read-servers.ts';

/**
 * What the recommendations rest on. Inputs and people are read on the server that a reference points
 * to: a relative one is at home where the recommendation is, an absolute one under the base of a server
 * of this launch is there, any other is not followed. Models are where the recommendations are.
 * @param people absolute references
 */
export function supportSearches(
  deps: Deps,
  patientId: string,
  recommendations: readonly Recommendation[],
  known: readonly Part[],
  people: readonly string[],
): readonly Asked[] {
  const source = sourceOf(deps, patientId);
  const devices = [...new Set(recommendations.flatMap((one) => one.modelReference ?? []))];
  const included = allOf(known).filter((one) => one.resourceType === 'Device');
  const missing = devices.filter(
    (reference) => !included.some((device) => reference.endsWith(`Device/${device.id}`)),
  );
  const cards = included.flatMap((device) => modelCardReference(device, source.server) ?? []);
  const basis = recommendations.flatMap((one) =>
    one.basis.flatMap(({ reference }) => reference ?? []),
  );
  const wanted = [
    ...[...basis, ...cards].flatMap((one) => absolute(one, source.server)),
    ...people,
  ];
  const references = wanted.map((reference) => ({ reference }));
  return [
    ...allServers(deps, patientId).flatMap((one) =>
      ask(one, basisSearches(references, one.server)),
    ),
    ...ask(source, deviceSearches(missing, source.server)),
  ];
}

/** What is inside another resource came with it. */
function absolute(reference: string, home: string): readonly string[] {
  const target = reference.includes('#') ? undefined : parseReference(reference, home);
  return target ? [absoluteReference(target.ref)] : [];
}

/** Who gave the earlier answers, as absolute references. */
export function performersIn(parts: readonly Part[]): readonly string[] {
  const targets = parts.flatMap((part) =>
    allOf([part])
      .filter((resource) => resource.resourceType === 'Observation')
      .flatMap((answer) => answer.performer ?? [])
      .flatMap((one) => parseReference(one?.reference, part.server)?.ref ?? []),
  );
  return [...new Set(targets.map(absoluteReference))].sort();
}
