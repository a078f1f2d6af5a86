import type { AuditKind } from '#src/domain/audit/chain.ts';
import { CANONICAL_BASE } from './codes.ts';

/** Code systems of AuditEvent (R4), and the codes of them that are written here. */
const DCM = 'http://dicom.nema.org/resources/ontology/DCM';

export const AUDIT = {
  export: { system: DCM, code: '110106', display: 'Export' },
  disclose: {
    system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle',
    code: 'disclose',
    display: 'Disclose Record Lifecycle Event',
  },
  source: { system: DCM, code: '110153', display: 'Source Role ID' },
  destination: { system: DCM, code: '110152', display: 'Destination Role ID' },
  userDevice: {
    system: 'http://terminology.hl7.org/CodeSystem/security-source-type',
    code: '1',
    display: 'User Device',
  },
  systemObject: {
    system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type',
    code: '2',
    display: 'System Object',
  },
  report: {
    system: 'http://terminology.hl7.org/CodeSystem/object-role',
    code: '3',
    display: 'Report',
  },
  lifecycleExport: {
    system: 'http://terminology.hl7.org/CodeSystem/dicom-audit-lifecycle',
    code: '10',
    display: 'Export',
  },
  rest: {
    system: 'http://terminology.hl7.org/CodeSystem/audit-event-type',
    code: 'rest',
    display: 'RESTful Operation',
  },
  create: { system: 'http://hl7.org/fhir/restful-interaction', code: 'create', display: 'create' },
  informationRecipient: {
    system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
    code: 'IRCP',
    display: 'information recipient',
  },
  person: {
    system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type',
    code: '1',
    display: 'Person',
  },
  patient: {
    system: 'http://terminology.hl7.org/CodeSystem/object-role',
    code: '1',
    display: 'Patient',
  },
  domainResource: {
    system: 'http://terminology.hl7.org/CodeSystem/object-role',
    code: '4',
    display: 'Domain Resource',
  },
} as const;

/** `AuditEvent.subtype` of what we chain: that it is chained, and what happened to what it lists. */
export const AUDIT_SUBTYPE = {
  system: `${CANONICAL_BASE}/CodeSystem/audit-event`,
  chained: 'chained-record',
  display: {
    'chained-record': 'Record of a numbered and hashed chain',
    shown: 'Recommendations were shown',
    answered: 'Answers were given',
    withdrawn: 'Answers were taken back',
    'model-state': 'The state of a model was put in force',
    approval: 'A change of a model was asked for, approved or refused',
    incident: 'A step of a safety report',
    export: 'Data were exported',
    configuration: 'The configuration that the app works by',
    other: 'Another record was written',
  } satisfies Readonly<Record<AuditKind | 'chained-record', string>>,
} as const;

/** Names of `AuditEvent.entity.detail`: R4 has no coded form for them. */
export const AUDIT_DETAIL = {
  number: 'chain number',
  previous: 'SHA-256 of the record before',
  hash: 'SHA-256 of this record',
  kind: 'event',
  record: 'SHA-256 of the record',
} as const;
