import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import type { QueuedReport } from '#src/domain/outbox/queued-answer.ts';
import {
  type IncidentOptions,
  toAdverseEvent,
  toEvidence,
  toIncidentTask,
} from '#src/fhir/governance/incident.fhir.ts';
import { missingFrom } from '#src/fhir/governance/incident-read-back.ts';
import { toReporter } from '#src/fhir/governance/reporter.fhir.ts';
import type { Clock } from '#src/io/clock.ts';
import { carries, type Keyed, type KeyedAs } from '#src/io/copies-of.ts';
import { FhirError, type FhirGateway } from '#src/io/gateway.ts';
import { AttemptEnded, failureOf } from '../attempt-failure.ts';
import { serverOf } from '../observation/delivery-context.ts';
import { aboutSubject } from '../observation/read-back.ts';
import { type Placed, place, type WriteAttempt } from '../place.ts';

/** The hospital's record, and how it takes things. */
export interface ReportContext {
  readonly gateway: FhirGateway;
  readonly clock: Clock;
  readonly conditionalCreate: boolean;
  readonly readBack: boolean;
  readonly hideFromPatient: boolean;
}

/** What a browser lets a page that goes away still send, bytes (Fetch: 64 KiB of all of them). */
const KEEPALIVE_BYTES = 60_000;

interface Attempt extends WriteAttempt {
  readonly item: QueuedReport;
  readonly lost: string[];
}

/**
 * One attempt to bring one report to the hospital's record: the evidence, then the event that names
 * it, then the work on the event. Each is written once under an identifier of its own, so that what
 * broke off after one goes on with the next. Never throws.
 */
export async function deliverReport(
  context: ReportContext,
  item: QueuedReport,
  leaving: boolean,
): Promise<AttemptResult> {
  const keepalive = leaving && item.report.evidence.json.length * (4 / 3) < KEEPALIVE_BYTES;
  const attempt: Attempt = {
    item,
    options: { keepalive },
    sent: false,
    acknowledged: false,
    lost: [],
  };
  if (serverOf(item) !== context.gateway.baseUrl) return { kind: 'foreign-origin', sent: false };
  try {
    const reference = await file(context, attempt);
    return { kind: 'stored', reference, lost: attempt.lost, sent: true };
  } catch (cause) {
    // That one of three was taken says nothing of the others: each is looked for again by itself.
    return failureOf(cause, attempt.sent);
  }
}

async function file(context: ReportContext, attempt: Attempt): Promise<string> {
  const { report, target } = attempt.item;
  const options: IncidentOptions = { hideFromPatient: context.hideFromPatient, ...target };
  const evidence = await put(context, attempt, {
    type: 'DocumentReference',
    id: report.evidence.id,
    resource: toEvidence(report, options),
  });
  const event = await put(context, attempt, {
    type: 'AdverseEvent',
    id: report.id,
    resource: toAdverseEvent(report, evidence, options),
  });
  if (report.confidential) await nameReporter(context, attempt, event, options);
  await put(context, attempt, {
    type: 'Task',
    id: report.taskId,
    resource: toIncidentTask(report, event, evidence, options),
  });
  return event;
}

interface Put<Type extends Keyed['resourceType']> {
  readonly type: Type;
  readonly id: string;
  readonly resource: KeyedAs<Type>;
}

/** Writes one of the three and reads it back. Gives its reference. */
async function put<Type extends 'DocumentReference' | 'AdverseEvent' | 'Task'>(
  context: ReportContext,
  attempt: Attempt,
  what: Put<Type>,
): Promise<string> {
  const { gateway, clock, conditionalCreate } = context;
  const placed = await place({ gateway, clock, conditionalCreate, attempt, ...what });
  const { type, id, resource } = what;
  if ('reference' in placed && !context.readBack) return placed.reference;
  const stored = await readStored(gateway, type, placed);
  if (!carries(stored, id)) throw new AttemptEnded({ kind: 'other-resource', sent: true });
  const subject = stored.resourceType === 'Task' ? stored.for : stored.subject;
  if (!aboutSubject({ ...(subject && { subject }) }, attempt.item))
    throw new AttemptEnded({ kind: 'wrong-patient', sent: true });
  attempt.lost.push(...missingFrom(resource, stored));
  return `${type}/${stored.id}`;
}

type Stored = KeyedAs<'DocumentReference' | 'AdverseEvent' | 'Task'>;

/** The server took it: whatever keeps us from reading it back, it was not refused. */
async function readStored(
  gateway: FhirGateway,
  type: Stored['resourceType'],
  placed: Placed<Keyed>,
): Promise<Stored> {
  if ('copies' in placed) {
    const [oldest] = placed.copies;
    if (isOurs(oldest)) return oldest;
  } else {
    const found = await readOrRefused(gateway, type, placed.reference);
    if (found && isOurs(found) && found.resourceType === type) return found;
  }
  throw new AttemptEnded({ kind: 'unreadable', sent: true });
}

const isOurs = (resource: object): resource is Stored =>
  'resourceType' in resource &&
  ['DocumentReference', 'AdverseEvent', 'Task'].includes(String(resource.resourceType));

async function readOrRefused(gateway: FhirGateway, type: string, reference: string) {
  try {
    return await gateway.read(type, reference.slice(type.length + 1));
  } catch (cause) {
    const refused =
      cause instanceof FhirError && ['forbidden', 'invalid', 'not-found'].includes(cause.kind);
    if (!refused) throw cause;
    return undefined;
  }
}

/** R4 Provenance has no identifier: its target is the key. Without it nobody could be answered. */
async function nameReporter(
  { gateway, conditionalCreate }: ReportContext,
  attempt: Attempt,
  event: string,
  options: IncidentOptions,
): Promise<void> {
  if (!conditionalCreate && !attempt.options.keepalive) {
    const page = await gateway.search({ type: 'Provenance', params: [['target', event]] });
    if (page.matches.length > 0) return;
  }
  attempt.sent = true;
  await gateway.create(toReporter(attempt.item.report, event, options), {
    ...attempt.options,
    ifNoneExist: new URLSearchParams({ target: event }).toString(),
  });
}
