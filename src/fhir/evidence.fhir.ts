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

export interface ReadEvidenceInput {
  readonly server: string;
  readonly patientId: string | undefined;
  readonly basis: readonly BasisReference[];
  /**
   * What was fetched: basis resources, series Observations, and the recommendation resources
   * themselves where the basis may be contained in them.
   */
  readonly resources: readonly unknown[];
}

const MAX_SERIES = 100;
const RETRACTED: readonly unknown[] = ['entered-in-error', 'cancelled'];

/**
 * Every basis reference as an EvidenceItem, in the producer's order: value, unit, range, age source
 * and abnormality as they stand on the server now, and the series of the same code and unit (the item
 * itself among them). Unresolved ones stay, and say so. Never shows another patient's data.
 */
export function readEvidence(input: ReadEvidenceInput): readonly EvidenceItem[] {
  const pool = buildPool(input.server, input.resources);
  const history = seriesPool(pool, input);
  return input.basis.map((basis) => readItem(basis, input, pool, history));
}

function readItem(
  basis: BasisReference,
  { server, patientId }: ReadEvidenceInput,
  pool: ResourcePool,
  history: SeriesPool,
): EvidenceItem {
  const target = parseReference(basis.reference?.split('#')[0], server);
  const resource = resolve(basis.reference, server, pool) ?? byIdentifier(basis, pool);
  const contained = basis.reference?.includes('#') ?? false;
  const ref = contained ? undefined : (refOf(resource, server) ?? target?.ref);
  if (resource === undefined) return unresolved(basis, ref);
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

function unresolved(basis: BasisReference, ref: ResourceRef | undefined): EvidenceItem {
  const named = basis.display ?? (ref === undefined ? undefined : ref.type);
  const why =
    basis.reference === undefined && basis.identifier === undefined
      ? 'The producer gave this input as text only.'
      : 'This input could not be read from the server.';
  return bare(named ?? 'Unnamed input', ref, [problem('unresolved-reference', why, 'basis')]);
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

function seriesPool(pool: ResourcePool, { server, patientId }: ReadEvidenceInput): SeriesPool {
  const byCode = new Map<string, ReadValue[]>();
  for (const [key, resource] of pool) {
    if (get(resource, 'resourceType') !== 'Observation' || key.includes('#')) continue;
    if (RETRACTED.includes(get(resource, 'status'))) continue;
    if (subjectProblem(get(resource, 'subject'), server, patientId, '', '') !== undefined) continue;
    const read = readValue(resource);
    if (read.quantity === undefined || read.shown.at === undefined) continue;
    for (const one of codings(get(resource, 'code'))) {
      const known = byCode.get(codeKey(one)) ?? [];
      known.push(read);
      byCode.set(codeKey(one), known);
    }
  }
  return byCode;
}

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
