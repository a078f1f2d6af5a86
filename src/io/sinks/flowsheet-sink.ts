import type { Observation } from 'fhir/r4';
import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import { rowOf } from '#src/domain/outbox/policy.ts';
import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import type { FlowsheetMapping } from '#src/domain/site-config.ts';
import {
  type FlowsheetRow,
  READING_EXISTS,
  toFlowsheetRows,
} from '#src/fhir/projections/flowsheet.fhir.ts';
import { FhirError, type FhirGateway } from '#src/io/gateway.ts';
import { AttemptEnded, failureOf } from './attempt-failure.ts';

export interface FlowsheetContext {
  readonly gateway: FhirGateway;
  readonly mapping: FlowsheetMapping;
  readonly readBack: boolean;
}

interface Attempt {
  readonly item: QueuedAnswer;
  readonly keepalive: boolean;
  sent: boolean;
}

/**
 * Files one answer as rows of an Epic flowsheet, the decision first: without it nothing is filed, and
 * a later row that is refused is named as lost. Rows are never changed or taken away there, so that a
 * change of mind is more rows. Never throws.
 */
export async function fileRows(
  context: FlowsheetContext,
  item: QueuedAnswer,
  leaving: boolean,
): Promise<AttemptResult> {
  const attempt: Attempt = { item, keepalive: leaving, sent: false };
  try {
    if (item.owner.issuer !== context.gateway.baseUrl)
      return { kind: 'foreign-origin', sent: false };
    const [decision, ...others] = toFlowsheetRows(item.answer, context.mapping);
    const reference = await fileRow(context, attempt, decision.resource);
    const lost = [decision, ...others].filter((row) => row.shortened).map(shortened);
    for (const row of others) lost.push(...(await fileOther(context, attempt, row)));
    lost.push(...(await readBack(context, decision.resource, reference)));
    return { kind: 'stored', reference, lost, sent: true };
  } catch (cause) {
    return failureOf(cause, attempt.sent);
  }
}

const shortened = ({ name }: FlowsheetRow): string =>
  `${name}: shortened to what a flowsheet holds (Observation.valueString)`;

async function fileOther(
  context: FlowsheetContext,
  attempt: Attempt,
  { name, resource }: FlowsheetRow,
): Promise<readonly string[]> {
  try {
    await fileRow(context, attempt, resource);
    return [];
  } catch (cause) {
    if (rowOf(failureOf(cause, true)).to !== 'attention') throw cause;
    return [`${name}: not stored (flowsheet row)`];
  }
}

/** Rows hold a reading for an instant; another's at the same instant is stepped aside from. */
const MINUTE_MS = 60_000;
const STEPS = 3;

async function fileRow(
  { gateway }: FlowsheetContext,
  attempt: Attempt,
  row: Observation,
): Promise<string> {
  const at = Date.parse(row.effectiveDateTime ?? '');
  for (let step = 0; ; step++) {
    const shifted =
      step === 0
        ? row
        : { ...row, effectiveDateTime: new Date(at + step * MINUTE_MS).toISOString() };
    try {
      attempt.sent = true;
      const { keepalive } = attempt;
      const { reference } = await gateway.create(shifted, { keepalive });
      return reference ?? '';
    } catch (cause) {
      if (!readingExists(cause)) throw cause;
      const found = await ours(gateway, attempt, shifted);
      if (found !== undefined) return found;
      if (step === STEPS) throw cause;
    }
  }
}

const readingExists = (cause: unknown): boolean =>
  cause instanceof FhirError &&
  cause.status === 400 &&
  (cause.outcome?.issue ?? []).some((issue) =>
    issue.details?.coding?.some(({ code }) => code === READING_EXISTS),
  );

/**
 * "Reading already exists" is success where the reading is ours: as the server shows it, or, where it
 * shows nothing, as we know from an earlier attempt of which nobody heard. Undefined: somebody else's.
 */
async function ours(
  gateway: FhirGateway,
  { item }: Attempt,
  row: Observation,
): Promise<string | undefined> {
  const [coding] = row.code.coding ?? [];
  try {
    const page = await gateway.search({
      type: 'Observation',
      params: [
        ['patient', item.answer.patient],
        ['code', `${coding?.system}|${coding?.code}`],
        ['date', row.effectiveDateTime ?? ''],
      ],
    });
    const same = page.matches.find(
      (one) => one.resourceType === 'Observation' && one.valueString === row.valueString,
    );
    if (same) return `Observation/${same.id}`;
    if (page.matches.length > 0) return undefined;
  } catch (cause) {
    if (rowOf(failureOf(cause, false)).to !== 'attention') throw cause;
  }
  return item.doubts > 0 ? '' : undefined;
}

/** The row of the decision: filed about whom, and saying what, it was meant to. */
async function readBack(
  { gateway, readBack: may }: FlowsheetContext,
  sent: Observation,
  reference: string,
): Promise<readonly string[]> {
  if (!may || reference === '') return [];
  const stored = await readOrNothing(gateway, reference);
  if (stored?.resourceType !== 'Observation') return [];
  const subject = stored.subject?.reference;
  if (subject !== undefined && !subject.endsWith(sent.subject?.reference ?? ''))
    throw new AttemptEnded({ kind: 'wrong-patient', sent: true });
  return stored.valueString === sent.valueString
    ? []
    : ['decision: stored differently (Observation.valueString)'];
}

/** What was filed and may not be read is filed all the same. */
async function readOrNothing(gateway: FhirGateway, reference: string) {
  const [type = '', id = ''] = reference.split('/');
  try {
    return await gateway.read(type, id);
  } catch (cause) {
    if (cause instanceof FhirError && (cause.kind === 'forbidden' || cause.kind === 'not-found'))
      return undefined;
    throw cause;
  }
}
