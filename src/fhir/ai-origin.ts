import { absoluteReference, type ResourceRef } from '#src/domain/coding.ts';
import { AI_TRANSPARENCY, LABEL, SYSTEM } from './codes.ts';
import { firstOf, hasCode, identifiers } from './datatypes.ts';
import { defined, get, type Json, line, objects, path } from './read.ts';
import type { Author, SourceRules } from './read-context.ts';
import {
  literal,
  parseReference,
  plainReference,
  type ResourcePool,
  refOf,
  resolve,
} from './reference.ts';

const AI_TYPE = 'Artificial-Intelligence';
// A Provenance agent that only checked, signed or kept the output did not make it.
const NOT_AUTHORS = ['verifier', 'attester', 'legal', 'custodian', 'informant', 'enterer'];

/** `meta.security` carries AIAST (AI Transparency on FHIR: a label, not a tag). */
export const hasAiLabel = (resource: Json): boolean =>
  objects(path(resource, 'meta', 'security')).some(
    (label) => get(label, 'system') === SYSTEM.observationValue && get(label, 'code') === LABEL.ai,
  );

/** `Device.type` says Artificial-Intelligence; R5 sends an array. */
export const isAiDevice = (device: unknown): boolean =>
  hasCode(get(device, 'type'), AI_TRANSPARENCY.deviceType, AI_TYPE);

const deviceNames = (device: Json): readonly string[] =>
  [
    ...objects(get(device, 'deviceName')).map((one) => line(get(one, 'name'))),
    ...objects(get(device, 'name')).map((one) => line(get(one, 'value'))),
    line(get(device, 'modelNumber')),
  ].filter((one) => one !== undefined);

/**
 * Reads a performer, author, requester or device element: which Device it names, under which keys and
 * names a site's rules may speak of it, and whether it is a registered AI (fhir-contract "Reading").
 */
export function readAuthor(
  element: unknown,
  parent: ResourceRef,
  pool: ResourcePool,
  source: SourceRules,
): Author {
  const reference = literal(element, parent);
  const target = parseReference(reference, parent.server);
  const device = object(resolve(reference, parent.server, pool));
  const type = get(device, 'resourceType') ?? target?.ref.type ?? get(element, 'type') ?? 'Device';
  const names = [...deviceNames(device), line(get(element, 'display'))].filter(
    (one) => one !== undefined,
  );
  if (type !== 'Device')
    return defined<Author>({ modelName: names[0], keys: [], names, isAi: false });
  const contained = reference?.includes('#') ?? false;
  const plain =
    target === undefined || contained ? undefined : plainReference(target.ref, parent.server);
  const keys = [
    plain,
    target === undefined || contained ? undefined : absoluteReference(target.ref),
    ...identifiers([get(element, 'identifier'), ...objects(get(device, 'identifier'))]).map(
      (one) => one.value,
    ),
  ].filter((one) => one !== undefined);
  return defined<Author>({
    modelReference: plain,
    modelName: names[0],
    keys,
    names,
    isAi: isAiDevice(device) || keys.some((key) => source.aiDevices.includes(key)),
  });
}

const object = (value: Json | undefined): Json => value ?? {};

/** Targets that a Provenance declares AI output, by absolute reference, with the AI agent if it names one. */
export type AiTargets = ReadonlyMap<string, Author | undefined>;

/** Reads Provenances (AI-Provenance profile, or any whose author is a registered AI Device). */
export function readProvenances(
  provenances: readonly unknown[],
  server: string,
  pool: ResourcePool,
  source: SourceRules,
): AiTargets {
  const targets = new Map<string, Author | undefined>();
  for (const provenance of provenances) {
    if (get(provenance, 'resourceType') !== 'Provenance') continue;
    const parent = refOf(provenance, server) ?? { server, type: 'Provenance', id: 'unknown' };
    const agent = firstOf(objects(get(provenance, 'agent')), (one) =>
      aiAgent(one, parent, pool, source),
    );
    if (
      agent === undefined &&
      !hasCode(get(provenance, 'reason'), SYSTEM.observationValue, LABEL.ai)
    )
      continue;
    for (const element of objects(get(provenance, 'target'))) {
      const target = parseReference(literal(element, parent), server);
      if (target === undefined) continue;
      const key = absoluteReference(target.ref);
      targets.set(key, agent ?? targets.get(key));
    }
  }
  return targets;
}

function aiAgent(
  agent: Json,
  parent: ResourceRef,
  pool: ResourcePool,
  source: SourceRules,
): Author | undefined {
  const checkedOnly = NOT_AUTHORS.some((code) =>
    hasCode(get(agent, 'type'), SYSTEM.provenanceParticipantType, code),
  );
  if (checkedOnly) return undefined;
  const author = readAuthor(get(agent, 'who'), parent, pool, source);
  const said = hasCode(get(agent, 'role'), AI_TRANSPARENCY.deviceType, AI_TYPE);
  return author.isAi || said ? { ...author, isAi: true } : undefined;
}
