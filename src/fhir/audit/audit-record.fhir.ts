import type { AuditEvent, AuditEventEntity } from 'fhir/r4';
import { AUDIT_KINDS, type ChainRecord, type Link, type Listed } from '#src/domain/audit/chain.ts';
import { AUDIT, AUDIT_DETAIL, AUDIT_SUBTYPE } from '../audit-event-terms.ts';
import { SYSTEM } from '../codes.ts';
import { codings } from '../datatypes.ts';
import { defined, get, type Json, objects, token } from '../read.ts';
import { recordText } from './hashed-text.ts';

/** Something that a writer vouches for, with the patient whom it is about. */
export interface AuditEntry extends Listed {
  /** "Patient/123" on the same server. */
  readonly patient?: string;
  /** Name of what has no reference. */
  readonly name?: string;
}

/** Everything of a record but its hash. */
export interface AuditRecord extends Omit<Link, 'hash'> {
  /** ISO 8601 in UTC: a server that turns times into its own zone would change the record. */
  readonly at: string;
  /** FHIR reference of who is signed in; absent for a service. */
  readonly who: string | undefined;
  readonly app: { readonly name: string; readonly version: string };
  readonly entries: readonly AuditEntry[];
}

const detail = (type: string, valueString: string) => ({ type, valueString });
const subtype = (code: keyof typeof AUDIT_SUBTYPE.display) => ({
  system: AUDIT_SUBTYPE.system,
  code,
  display: AUDIT_SUBTYPE.display[code],
});

/**
 * A chained record without its hash, in the manner of IHE BALP’s create and update, without its claim:
 * a browser does not know its own network address.
 */
export function toAuditRecord(record: AuditRecord): AuditEvent {
  const { who, at, app, entries } = record;
  const observer = { display: `${app.name} ${app.version}` };
  const kinds = [...new Set(entries.map(({ kind }) => kind))].toSorted();
  const patients = [...new Set(entries.flatMap(({ patient }) => patient ?? []))].toSorted();
  return {
    resourceType: 'AuditEvent',
    type: AUDIT.rest,
    subtype: [AUDIT.create, subtype(AUDIT_SUBTYPE.chained), ...kinds.map(subtype)],
    action: 'C',
    recorded: at,
    outcome: '0',
    agent: [
      { type: { coding: [AUDIT.source] }, who: observer, requestor: who === undefined },
      ...(who === undefined
        ? []
        : [
            {
              type: { coding: [AUDIT.informationRecipient] },
              who: { reference: who },
              requestor: true,
            },
          ]),
    ],
    source: { observer, type: [AUDIT.userDevice] },
    entity: [
      chainEntity(record),
      ...patients.map((reference) => ({
        what: { reference },
        type: AUDIT.person,
        role: AUDIT.patient,
      })),
      ...entries.map(toEntity),
    ],
  };
}

function chainEntity({ writer, number, previous }: AuditRecord): AuditEventEntity {
  return {
    what: { identifier: { system: SYSTEM.uri, value: writer } },
    type: AUDIT.systemObject,
    detail: [
      detail(AUDIT_DETAIL.number, String(number)),
      ...(previous === undefined ? [] : [detail(AUDIT_DETAIL.previous, previous)]),
    ],
  };
}

const toEntity = ({ kind, reference, name, sha256 }: AuditEntry): AuditEventEntity => ({
  ...(reference !== undefined && { what: { reference } }),
  type: AUDIT.systemObject,
  role: AUDIT.domainResource,
  ...(name !== undefined && { name }),
  detail: [detail(AUDIT_DETAIL.kind, kind), detail(AUDIT_DETAIL.record, sha256)],
});

/** The record with the hash of its text: what is sent. */
export function withHash(event: AuditEvent, hash: string): AuditEvent {
  const [chain, ...others] = event.entity ?? [];
  if (!chain) return event;
  const hashed = [...(chain.detail ?? []), detail(AUDIT_DETAIL.hash, hash)];
  return { ...event, entity: [{ ...chain, detail: hashed }, ...others] };
}

/** A record as found, and the text whose hash it must carry. Undefined for any other AuditEvent. */
export function readAuditRecord(
  resource: unknown,
): { readonly record: Omit<ChainRecord, 'computed'>; readonly text: string } | undefined {
  if (get(resource, 'resourceType') !== 'AuditEvent' || !isObjectOf(resource)) return undefined;
  const [chain, ...others] = objects(get(resource, 'entity'));
  const writer = token(get(get(get(chain, 'what'), 'identifier'), 'value'), 80);
  const number = Number(detailOf(chain, AUDIT_DETAIL.number));
  if (writer === undefined || !Number.isSafeInteger(number) || number < 1) return undefined;
  return {
    record: {
      ...{ writer, number, previous: detailOf(chain, AUDIT_DETAIL.previous) },
      hash: detailOf(chain, AUDIT_DETAIL.hash) ?? '',
      place: `AuditEvent/${token(get(resource, 'id'), 64) ?? '?'}`,
      at: Date.parse(token(get(resource, 'recorded'), 40) ?? ''),
      listed: others.flatMap((one) => listed(one) ?? []),
    },
    text: recordText(resource),
  };
}

const isObjectOf = (value: unknown): value is object => typeof value === 'object' && value !== null;

function listed(entity: Json): Listed | undefined {
  const said = detailOf(entity, AUDIT_DETAIL.kind);
  const sha256 = detailOf(entity, AUDIT_DETAIL.record);
  const kind = AUDIT_KINDS.find((one) => one === said);
  if (kind === undefined || sha256 === undefined) return undefined;
  const reference = token(get(get(entity, 'what'), 'reference'), 200);
  return defined<Listed>({ kind, sha256, reference });
}

const detailOf = (entity: unknown, type: string): string | undefined =>
  objects(get(entity, 'detail')).flatMap((one) =>
    get(one, 'type') === type ? (token(get(one, 'valueString'), 128) ?? []) : [],
  )[0];

/** Whether an AuditEvent is one of a chain, by what a search can ask for. */
export const isChained = (resource: unknown): boolean =>
  codings({ coding: get(resource, 'subtype') }).some(
    ({ system, code }) => system === AUDIT_SUBTYPE.system && code === AUDIT_SUBTYPE.chained,
  );

/** "Patient/123", where a resource is about one. */
export function patientOf(resource: unknown): string | undefined {
  const said = get(get(resource, 'subject'), 'reference') ?? get(get(resource, 'for'), 'reference');
  const reference = token(said, 200);
  return reference?.startsWith('Patient/') ? reference : undefined;
}
