import type { Coding, ResourceRef } from '#src/domain/coding.ts';
import { latestInstant } from '#src/domain/instant.ts';
import type {
  Abnormality,
  BasisReference,
  EvidenceItem,
  EvidenceValue,
} from '#src/domain/recommendation.ts';
import { describeResource } from './clinical-text.ts';
import { codings, conceptText, identifiers, sameUnit } from './datatypes.ts';
import { type ReadValue, readValue } from './observation-value.ts';
import { defined, get, type Json, line, type Problems, problem, token } from './read.ts';
import { buildPool, parseReference, type ResourcePool, refOf, resolve } from './reference.ts';
import { subjectProblem } from './subject.ts';

/** What one server sent, and the launched patient as that server knows them. */
export interface SentBy {
  readonly server: string;
  readonly patientId: string | undefined;
  readonly resources: readonly unknown[];
}

/**
 * The server of the recommendation comes first. What it sent: basis resources, series Observations, and
 * the recommendation resources themselves where the basis may be contained in them.
 */
export interface ReadEvidenceInput extends SentBy {
  readonly basis: readonly BasisReference[];
  /** Another server that a basis may point to by absolute reference, where it was read too. */
  readonly elsewhere?: SentBy;
}

interface Place extends SentBy {
  readonly pool: ResourcePool;
}

const MAX_SERIES = 100;
const RETRACTED: readonly unknown[] = ['entered-in-error', 'cancelled'];

/**
 * Every basis reference as an EvidenceItem, in the producer's order: value, unit, range, age source
 * and abnormality as they stand on the server now, and the series of the same code and unit (the item
 * itself among them). Unresolved ones stay, and say so. Never shows another patient's data.
 */
export function readEvidence(input: ReadEvidenceInput): readonly EvidenceItem[] {
  const places = [input, ...(input.elsewhere ? [input.elsewhere] : [])].map((sent) => ({
    ...sent,
    pool: buildPool(sent.server, sent.resources),
  }));
  const history = seriesPool(places);
  return input.basis.map((basis) => readItem(basis, input.server, places, history));
}

function readItem(
  basis: BasisReference,
  home: string,
  places: readonly Place[],
  history: SeriesPool,
): EvidenceItem {
  const target = parseReference(basis.reference?.split('#')[0], home);
  const place = placeOf(basis, target?.ref, places);
  const resource =
    place && (resolve(basis.reference, home, place.pool) ?? byIdentifier(basis, place.pool));
  const contained = basis.reference?.includes('#') ?? false;
  if (place === undefined || resource === undefined)
    return unresolved(basis, contained ? undefined : target?.ref, place !== undefined);
  const { server, patientId, pool } = place;
  const ref = contained ? undefined : refOf(resource, server);
  const foreign = subjectOf(resource, contained, server, patientId);
  if (foreign !== undefined) {
    return bare('Input that is not shown', ref, [foreign]);
  }
  const problems: Problems = changedSince(resource, target?.version);
  if (get(resource, 'resourceType') === 'Observation') {
    return observationItem(resource, ref, basis, history, problems);
  }
  const described = describeResource(resource, pool, server);
  return defined<EvidenceItem>({
    ref,
    label: described.label ?? basis.display ?? 'Unnamed input',
    coding: described.coding,
    latest: defined<EvidenceValue>({ at: described.at, text: described.text }),
    abnormality: 'unknown',
    series: [],
    problems,
  });
}

function subjectOf(
  resource: Json,
  contained: boolean,
  server: string,
  patientId: string | undefined,
) {
  const element = get(resource, 'subject') ?? get(resource, 'patient');
  const type = get(resource, 'resourceType');
  if (type === 'Patient' && get(resource, 'id') !== patientId && patientId !== undefined) {
    return problem(
      'wrong-patient',
      'An input of the AI is about another patient, so it is not shown.',
    );
  }
  // Contained content and types without a subject belong to what names them.
  if (element === undefined && (contained || type !== 'Observation')) return undefined;
  if (token(get(element, 'reference'))?.startsWith('Device/')) return undefined;
  return subjectProblem(element, server, patientId, 'An input of the AI', 'basis');
}

function changedSince(resource: Json, version: string | undefined): Problems {
  const problems: Problems = [];
  const current = line(get(get(resource, 'meta'), 'versionId'), 64);
  if (version !== undefined && current !== undefined && version !== current) {
    problems.push(problem('unsupported', 'This input has been changed since the AI used it.'));
  }
  if (RETRACTED.includes(get(resource, 'status'))) {
    problems.push(
      problem('malformed', 'This input has since been withdrawn from the chart.', 'status'),
    );
  }
  return problems;
}

function observationItem(
  resource: Json,
  ref: ResourceRef | undefined,
  basis: BasisReference,
  history: SeriesPool,
  problems: Problems,
): EvidenceItem {
  const read = readValue(resource);
  const codes = codings(get(resource, 'code'));
  if (read.absent) problems.push(problem('missing', 'This input has no result.', 'value'));
  if (read.shown.at === undefined) {
    problems.push(problem('missing', 'When this was measured is not known.', 'effective'));
  }
  const label = conceptText(get(resource, 'code')) ?? basis.display;
  return defined<EvidenceItem>({
    ref,
    label: label ?? 'Unnamed observation',
    coding: codes[0],
    latest: read.shown,
    range: read.range,
    abnormality: read.abnormality,
    series: seriesOf(codes, read, history, problems),
    problems,
  });
}

const bare = (label: string, ref: ResourceRef | undefined, problems: Problems): EvidenceItem =>
  defined<EvidenceItem>({
    ref,
    label,
    latest: {},
    abnormality: 'unknown' satisfies Abnormality,
    series: [],
    problems,
  });

function unresolved(
  basis: BasisReference,
  ref: ResourceRef | undefined,
  isPlaceRead: boolean,
): EvidenceItem {
  const named = basis.display ?? (ref === undefined ? undefined : ref.type);
  const textOnly = basis.reference === undefined && basis.identifier === undefined;
  const why = textOnly
    ? 'The producer gave this input as text only.'
    : isPlaceRead
      ? 'This input could not be read from the server.'
      : 'This input is on a server that this app does not read.';
  return bare(named ?? 'Unnamed input', ref, [problem('unresolved-reference', why, 'basis')]);
}

/** Where a basis is: on the server that its reference names, else where its identifier is found. */
function placeOf(
  basis: BasisReference,
  ref: ResourceRef | undefined,
  places: readonly Place[],
): Place | undefined {
  if (ref !== undefined) return places.find(({ server }) => server === ref.server);
  return places.find(({ pool }) => byIdentifier(basis, pool) !== undefined) ?? places[0];
}

function byIdentifier(basis: BasisReference, pool: ResourcePool): Json | undefined {
  const wanted = basis.identifier;
  if (wanted === undefined || basis.reference !== undefined) return undefined;
  return [...pool.values()].find((resource) =>
    identifiers(get(resource, 'identifier')).some(
      (one) => one.value === wanted.value && one.system === wanted.system,
    ),
  );
}

type SeriesPool = ReadonlyMap<string, readonly ReadValue[]>;

const codeKey = (one: Coding): string => `${one.system}|${one.code}`;

function seriesPool(places: readonly Place[]): SeriesPool {
  const byCode = new Map<string, ReadValue[]>();
  for (const { server, patientId, pool } of places)
    for (const [key, resource] of pool) {
      if (get(resource, 'resourceType') !== 'Observation' || key.includes('#')) continue;
      if (RETRACTED.includes(get(resource, 'status'))) continue;
      const foreign = subjectProblem(get(resource, 'subject'), server, patientId, '', '');
      if (foreign !== undefined) continue;
      const read = readValue(resource);
      if (read.quantity === undefined || read.shown.at === undefined) continue;
      for (const one of codings(get(resource, 'code'))) {
        const known = byCode.get(codeKey(one)) ?? [];
        // The store's copy of a result, and the EHR's own, are one point of the trend.
        const copied =
          server !== places[0]?.server && known.some((other) => samePoint(other, read));
        if (!copied) known.push(read);
        byCode.set(codeKey(one), known);
      }
    }
  return byCode;
}

const samePoint = (a: ReadValue, b: ReadValue): boolean =>
  latestInstant(a.shown.at) === latestInstant(b.shown.at) &&
  a.quantity?.value === b.quantity?.value &&
  a.quantity?.code === b.quantity?.code;

function seriesOf(
  codes: readonly Coding[],
  own: ReadValue,
  history: SeriesPool,
  problems: Problems,
): readonly EvidenceValue[] {
  const { quantity } = own;
  if (quantity === undefined) return [];
  const all = new Set(codes.flatMap((one) => history.get(codeKey(one)) ?? []));
  const same = [...all].filter(
    (one) => one.quantity !== undefined && sameUnit(one.quantity, quantity),
  );
  if (same.length < all.size) {
    problems.push(
      problem('unsupported', 'Earlier values in another unit are left out of the trend.', 'series'),
    );
  }
  return same
    .map((one) => defined<EvidenceValue>({ ...one.shown, value: one.quantity?.value }))
    .toSorted((a, b) => latestInstant(a.at) - latestInstant(b.at))
    .slice(-MAX_SERIES);
}
