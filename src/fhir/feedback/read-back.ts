import type { Observation } from 'fhir/r4';
import { EXTENSION, SYSTEM } from '../codes.ts';
import { COMPONENT_DISPLAY } from '../feedback-terms.ts';
import { isObject, type Json, objects } from '../read.ts';
import { codeIn } from './concept.fhir.ts';
import { covers } from './covers.ts';

/** One thing that must survive: how we call it, where it stands, and how to take it out. */
interface Concern {
  readonly name: string;
  readonly path: string;
  readonly pick: (resource: Json) => unknown;
}

const element = (name: string, key: string): Concern => ({
  name,
  path: `Observation.${key}`,
  pick: (resource) => resource[key],
});

const extension = (name: string, url: string, parent?: 'performer'): Concern => ({
  name,
  path: `Observation.${parent ? `${parent}.` : ''}extension(${url.split('/').at(-1)})`,
  pick: (resource) => {
    const holder = parent === undefined ? resource : objects(resource[parent])[0];
    const found = objects(holder?.extension).filter((held) => held.url === url);
    return found.length === 0 ? undefined : found;
  },
});

const CONCERNS: readonly Concern[] = [
  element('status', 'status'),
  element('answer', 'valueCodeableConcept'),
  element('recommendation answered', 'focus'),
  element('patient', 'subject'),
  element('clinician', 'performer'),
  element('time of the answer', 'effectiveDateTime'),
  element('encounter', 'encounter'),
  element('comment', 'note'),
  element('category', 'category'),
  element('code', 'code'),
  element('identifier', 'identifier'),
  {
    name: 'security labels',
    path: 'Observation.meta.security',
    pick: (resource) => (isObject(resource.meta) ? resource.meta.security : undefined),
  },
  extension('place', EXTENSION.eventLocation),
  extension('link to the earlier answer', EXTENSION.observationReplaces),
  extension('what was done instead', EXTENSION.supportingInfo),
  extension("clinician's role", EXTENSION.performerFunction, 'performer'),
];

const componentCode = (component: Json): string | undefined =>
  codeIn(component.code, SYSTEM.feedbackItem);

const NAMES = new Map(Object.entries(COMPONENT_DISPLAY));

/** All values of one component code, in order: the first reason is the primary one. */
const componentConcern = (code: string): Concern => ({
  name: NAMES.get(code)?.toLowerCase() ?? code,
  path: `Observation.component(${code})`,
  pick: (resource) =>
    objects(resource.component)
      .filter((each) => componentCode(each) === code)
      .map(({ code: _, ...value }) => value),
});

/** Elements of which one more than was sent would change what the answer says. */
const EXACT: ReadonlySet<string> = new Set(['Observation.focus', 'Observation.performer']);

function loss(concern: Concern, sent: Json, stored: Json, server: string | undefined) {
  const before = concern.pick(sent);
  const after = concern.pick(stored);
  if (before === undefined) return undefined;
  if (after === undefined || (Array.isArray(after) && after.length === 0)) {
    return `${concern.name}: not stored (${concern.path})`;
  }
  const exact = EXACT.has(concern.path) || concern.path.startsWith('Observation.component');
  const sameLength =
    !Array.isArray(before) || !Array.isArray(after) || before.length === after.length;
  const kept = covers(before, after, { server, ordered: exact });
  return kept && (sameLength || !exact)
    ? undefined
    : `${concern.name}: stored differently (${concern.path})`;
}

/**
 * What a server lost or changed of an Observation that it says it stored, in words with paths and
 * without values, so that the list may be shown and logged. Empty: all there. Tolerates what servers
 * may add or normalise: meta, id, text, displays, absolute references to themselves, `Z` for `+00:00`.
 */
export function compareObservations(
  sent: Observation,
  stored: unknown,
  server?: string,
): readonly string[] {
  if (!isObject(stored) || stored.resourceType !== sent.resourceType) {
    return ['everything: what was stored is no Observation (Observation)'];
  }
  const before: Json = { ...sent };
  const codes = new Set(objects(sent.component).flatMap((held) => componentCode(held) ?? []));
  const lost = [...CONCERNS, ...[...codes].map(componentConcern)].flatMap(
    (concern) => loss(concern, before, stored, server) ?? [],
  );
  return [...lost, ...additions(before, stored)];
}

/** Additions that contradict what was said. */
function additions(sent: Json, stored: Json): readonly string[] {
  return ['modifierExtension', 'dataAbsentReason', 'device']
    .filter((key) => sent[key] === undefined && stored[key] !== undefined)
    .map((key) => `${key}: added by the server, it changes the meaning (Observation.${key})`);
}
