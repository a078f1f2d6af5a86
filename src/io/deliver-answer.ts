import type { FhirResource, Observation } from 'fhir/r4';
import type { DeliveryState } from '#src/domain/delivery.ts';
import type { Answer } from '#src/domain/feedback.ts';
import type { IssuerConfig } from '#src/domain/site-config.ts';
import { SYSTEM } from '#src/fhir/codes.ts';
import { toProvenance } from '#src/fhir/feedback/provenance.fhir.ts';
import { compareObservations } from '#src/fhir/feedback/read-back.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import type { Clock } from './clock.ts';
import { FhirError, type FhirGateway, type RequestOptions } from './gateway.ts';
import { outcomeText } from './http-errors.ts';

export interface DeliveryContext {
  readonly gateway: FhirGateway;
  readonly issuer: IssuerConfig;
  readonly clock: Clock;
  /** What the current token says, asked anew for each answer. */
  readonly session: () => { patientId: string | undefined; performer: string | undefined };
}

/**
 * Sends one answer and reads it back. Never throws: what happened is the returned state. The answer
 * is checked against its own frozen issuer, patient and performer, not against the screen.
 */
export async function deliverAnswer(
  context: DeliveryContext,
  answer: Answer,
  leaving: boolean,
): Promise<DeliveryState> {
  const { patientId, performer } = context.session();
  if (answer.issuer !== context.gateway.baseUrl || answer.patient !== `Patient/${patientId}`)
    return { state: 'waiting-patient', durable: false };
  if (answer.performer.reference !== performer) return { state: 'waiting-sign-in', durable: false };
  try {
    const sent = toObservation(answer, {
      hideFromPatient: context.issuer.hideFromPatient,
      hospitalStore: context.issuer.hospitalStore,
    });
    const reference = await createOnce(context, sent, answer.id, { keepalive: leaving });
    return await readBack(context, answer, sent, reference);
  } catch (cause) {
    return failed(cause);
  }
}

const identifierToken = (id: string) => `${SYSTEM.uri}|${id}`;

/** Exactly once by conditional create where a probe proved it; else search first, then create. */
async function createOnce(
  { gateway, issuer }: DeliveryContext,
  resource: Observation,
  id: string,
  options: RequestOptions,
): Promise<string> {
  if (issuer.conditionalCreate) {
    const ifNoneExist = new URLSearchParams({ identifier: identifierToken(id) }).toString();
    const created = await gateway.create(resource, { ...options, ifNoneExist });
    return created.reference ?? (await findByIdentifier(gateway, id, options));
  }
  // Leaving sends what was only held, so it cannot be there yet; and a page that goes away gets no
  // second turn: its first request must be the one that stores.
  const before = options.keepalive ? undefined : await searchByIdentifier(gateway, id, options);
  if (before) return before;
  const created = await gateway.create(resource, options);
  return created.reference ?? (await findByIdentifier(gateway, id, options));
}

async function searchByIdentifier(
  gateway: FhirGateway,
  id: string,
  options: RequestOptions,
): Promise<string | undefined> {
  const page = await gateway.search(
    { type: 'Observation', params: [['identifier', identifierToken(id)]] },
    { ...options, cap: 5 },
  );
  const found = page.matches.find((match) => match.resourceType === 'Observation');
  return found?.id ? `Observation/${found.id}` : undefined;
}

async function findByIdentifier(gateway: FhirGateway, id: string, options: RequestOptions) {
  const reference = await searchByIdentifier(gateway, id, options);
  if (reference) return reference;
  throw new FhirError('server', 'The server said it stored the answer, but does not find it.');
}

async function readBack(
  context: DeliveryContext,
  answer: Answer,
  sent: Observation,
  reference: string,
): Promise<DeliveryState> {
  const stored = await readStored(context.gateway, reference);
  const lost = [...compareObservations(sent, stored, context.gateway.baseUrl)];
  if (context.issuer.hospitalStore) {
    const provenance = toProvenance(answer, reference);
    const missing = await createProvenance(context.gateway, provenance, reference);
    if (missing) lost.push(missing);
  }
  const at = new Date(context.clock.now()).toISOString();
  return lost.length === 0
    ? { state: 'stored', at, reference }
    : { state: 'degraded', at, reference, lost };
}

/**
 * The server took the answer: whatever keeps us from reading it back, it was not refused. A retry
 * sends nothing twice and reads again.
 */
async function readStored(gateway: FhirGateway, reference: string) {
  try {
    return await gateway.read('Observation', reference.slice('Observation/'.length));
  } catch (cause) {
    const refused =
      cause instanceof FhirError && ['forbidden', 'invalid', 'not-found'].includes(cause.kind);
    if (!refused) throw cause;
    throw new FhirError(
      'server',
      `The server says that it stored the answer, but it could not be read back. ${cause.message}`,
      { cause },
    );
  }
}

/** R4 Provenance has no identifier: its target is the key. Its refusal does not lose the answer. */
async function createProvenance(
  gateway: FhirGateway,
  provenance: FhirResource,
  target: string,
): Promise<string | undefined> {
  try {
    await gateway.create(provenance, { ifNoneExist: new URLSearchParams({ target }).toString() });
    return undefined;
  } catch (cause) {
    return `Provenance (who verified): ${inWords(cause)}`;
  }
}

function failed(cause: unknown): DeliveryState {
  if (!(cause instanceof FhirError))
    return { state: 'rejected', reason: inWords(cause), durable: false };
  switch (cause.kind) {
    case 'auth':
      return { state: 'waiting-sign-in', durable: false };
    case 'wrong-patient':
      return { state: 'waiting-patient', durable: false };
    case 'forbidden':
    case 'invalid':
    case 'not-found':
    case 'foreign-origin':
      return { state: 'rejected', reason: inWords(cause), durable: false };
    default:
      return { state: 'unknown', reason: inWords(cause), durable: false };
  }
}

function inWords(cause: unknown): string {
  if (!(cause instanceof Error)) return 'Unknown failure.';
  const said = cause instanceof FhirError ? outcomeText(cause.outcome) : undefined;
  return said ? `${cause.message} The server says: ${said}` : cause.message;
}
