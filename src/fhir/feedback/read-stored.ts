import { absoluteReference, type ResourceRef } from '#src/domain/coding.ts';
import type { Answer, Performer, StoredAnswer } from '#src/domain/feedback.ts';
import type { Problem } from '#src/domain/problem.ts';
import { EXTENSION, SYSTEM } from '../codes.ts';
import { extensions } from '../datatypes.ts';
import { dateTime } from '../date-time.ts';
import type { ItemCode } from '../feedback-terms.ts';
import { defined, get, isObject, type Json, line, objects, type Problems, token } from '../read.ts';
import { refOf } from '../reference.ts';
import { codeIn, fromConcept } from './concept.fhir.ts';
import { type Focus, fromFocus, readReference } from './reference.fhir.ts';

/** How a reader knows the issuer of what lies in another store. */
export interface ReadOptions {
  /** FHIR base of the EHR; default: the server that was read. */
  readonly issuer?: string;
}

/** What every stored feedback Observation must say before anything can be said about it. */
export interface StoredFields {
  readonly ok: true;
  readonly resource: Json;
  readonly ref: ResourceRef;
  readonly version: string | undefined;
  readonly status: StoredAnswer['status'];
  readonly issuer: string;
  readonly at: string;
  readonly recommendation: Focus;
  readonly common: Pick<Answer, 'id' | 'issuer' | 'patient' | 'encounter' | 'performer'>;
}

export interface Failure {
  readonly ok: false;
  readonly problem: Problem;
}

export const failure = (code: Problem['code'], message: string, path: string): Failure => ({
  ok: false,
  problem: { code, message, path },
});

const missing = (path: string): Failure =>
  failure('missing', `A stored answer cannot be read: ${path} is missing.`, path);

function fromPerformer(
  performer: Json | undefined,
  server: string,
  issuer: string,
): Performer | undefined {
  const reference = readReference(performer, server, issuer);
  if (reference === undefined) return undefined;
  const role = extensions(performer, EXTENSION.performerFunction)[0];
  return defined<Performer>({
    reference,
    display: line(performer?.display),
    function: fromConcept(get(role, 'valueCodeableConcept')),
  });
}

/** True when the resource says that it is this kind of feedback. */
export const isItem = (resource: unknown, item: ItemCode): resource is Json =>
  isObject(resource) &&
  resource.resourceType === 'Observation' &&
  codeIn(resource.code, SYSTEM.feedbackItem) === item;

export const readIdentifier = (resource: Json): string | undefined =>
  token(objects(resource.identifier).find((held) => held.system === SYSTEM.uri)?.value);

/** `amended` and `corrected` are final too; what never counted, or no longer does, is no answer. */
function readStatus(status: unknown): StoredAnswer['status'] | undefined {
  if (status === 'entered-in-error') return status;
  return status === 'final' || status === 'amended' || status === 'corrected' ? 'final' : undefined;
}

function readId(resource: Json, ref: ResourceRef, problems: Problems): string {
  const id = readIdentifier(resource);
  if (id !== undefined) return id;
  problems.push({
    code: 'missing',
    message: 'A stored answer has no identifier; copies of it cannot be recognised.',
    path: 'Observation.identifier',
  });
  return absoluteReference(ref);
}

type Identity = Pick<StoredFields, 'ref' | 'status' | 'version'>;

function readIdentity(resource: Json, server: string): Identity | Failure {
  const ref = refOf(resource, server);
  if (ref === undefined) return missing('Observation.id');
  const status = readStatus(resource.status);
  const version = token(get(resource.meta, 'versionId'));
  if (status !== undefined) return { ref, status, version };
  return failure(
    'unknown-code',
    'A stored answer has a status that does not count.',
    'Observation.status',
  );
}

/** The first focus; a second one makes the answer ambiguous, which is said. */
function readFocus(resource: Json, server: string, problems: Problems): Focus | undefined {
  const foci = objects(resource.focus);
  if (foci.length > 1) {
    problems.push({
      code: 'malformed',
      message: 'A stored answer names more than one recommendation; the first one is taken.',
      path: 'Observation.focus',
    });
  }
  return fromFocus(foci[0], server);
}

const readTime = (resource: Json): string | undefined =>
  dateTime(resource.effectiveDateTime) ??
  dateTime(resource.effectiveInstant) ??
  dateTime(resource.issued);

/** The part that both items share, or the first thing without which nothing can be claimed. */
export function readStored(
  resource: unknown,
  item: ItemCode,
  server: string,
  options: ReadOptions,
  problems: Problems,
): StoredFields | Failure {
  if (!isItem(resource, item)) {
    return failure('unsupported', 'This is no feedback of this kind.', 'Observation.code');
  }
  const identity = readIdentity(resource, server);
  if ('ok' in identity) return identity;
  const issuer = options.issuer ?? server;
  const recommendation = readFocus(resource, server, problems);
  if (!recommendation) return missing('Observation.focus');
  const patient = readReference(resource.subject, server, issuer);
  if (patient === undefined) return missing('Observation.subject');
  const performer = fromPerformer(objects(resource.performer)[0], server, issuer);
  if (!performer) return missing('Observation.performer');
  const at = readTime(resource);
  if (at === undefined) return missing('Observation.effectiveDateTime');
  const encounter = readReference(resource.encounter, server, issuer);
  const id = readId(resource, identity.ref, problems);
  const common = defined<StoredFields['common']>({ id, issuer, patient, encounter, performer });
  return { ok: true, resource, ...identity, issuer, at, recommendation, common };
}
