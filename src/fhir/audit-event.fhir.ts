import type { AuditEvent, AuditEventEntity } from 'fhir/r4';
import { AUDIT } from './audit-event-terms.ts';

/** One export, as it is written down before anybody gets it. */
export interface ExportRecord {
  /** FHIR reference of whoever exports. */
  readonly who: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  /** As the person gave it. */
  readonly purpose: string;
  /** Days, both included: `YYYY-MM-DD`. */
  readonly from: string;
  readonly until: string;
  readonly profile: string;
  readonly freeText: boolean;
  readonly formats: readonly string[];
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Hexadecimal SHA-256 of `manifest.json`, which holds that of every other file. */
  readonly manifestSha256: string;
  readonly app: { readonly name: string; readonly version: string };
}

const detail = (type: string, valueString: string) => ({ type, valueString });

const ENTITY = {
  type: AUDIT.systemObject,
  role: AUDIT.report,
  lifecycle: AUDIT.lifecycleExport,
} satisfies Partial<AuditEventEntity>;

/**
 * The audit entry of an export: who took what, and what for. In the manner of IHE BALP’s privacy
 * disclosure at the source, without its claim: a browser does not know its own network address.
 */
export function toExportAuditEvent(record: ExportRecord): AuditEvent {
  const { who, at, purpose, from, until, profile, freeText, formats, rows, app } = record;
  const observer = { display: `${app.name} ${app.version}` };
  return {
    resourceType: 'AuditEvent',
    type: AUDIT.export,
    subtype: [AUDIT.disclose],
    action: 'R',
    recorded: at,
    outcome: '0',
    purposeOfEvent: [{ text: purpose }],
    agent: [
      { type: { coding: [AUDIT.source] }, who: observer, requestor: false },
      { type: { coding: [AUDIT.destination] }, who: { reference: who }, requestor: true },
    ],
    source: { observer, type: [AUDIT.userDevice] },
    entity: [
      {
        ...ENTITY,
        name: 'research package',
        detail: [
          detail('profile', profile),
          detail('free text', freeText ? 'included' : 'left out'),
          detail('formats', formats.join(', ')),
          detail('period', `${from} to ${until}`),
          detail('manifest.json SHA-256', record.manifestSha256),
        ],
      },
      ...Object.entries(rows).map(([name, count]) => ({
        ...ENTITY,
        name,
        detail: [detail('rows', String(count))],
      })),
    ],
  };
}
