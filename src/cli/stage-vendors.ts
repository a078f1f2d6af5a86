import type { IssuerConfig, SinkConfig } from '#src/domain/site-config.ts';
import { CHART_SCOPES } from './stage-config.ts';
import type { StageOptions } from './stage-options.ts';

const TO_STORE: SinkConfig = { kind: 'fhir-observation', to: 'store', required: true };
const TO_EHR: SinkConfig = { kind: 'fhir-observation', to: 'ehr', required: true };

/** LOINC "Note": the sandbox has no document types of its own. */
const NOTE_TYPE = { system: 'http://loinc.org', code: '34109-9', display: 'Note' };

/** What every EHR that refuses feedback is configured with; its sinks differ. */
const BESIDE_STORE = {
  conditionalCreate: false,
  // What a flowsheet or a note has taken stays there: it is answered again, not taken back.
  canRetract: false,
} as const;

/**
 * A configuration that works for an EHR which behaves like this vendor, as the guides recommend it:
 * docs/epic.md, docs/oracle-health.md. `strict` needs nothing of its own.
 */
export async function vendorStage(vendor: string): Promise<Partial<StageOptions>> {
  switch (vendor) {
    case 'epic':
      return { vendor, store: { auth: 'ehr-token' }, issuer: await epicIssuer() };
    case 'oracle':
      return { vendor, store: { auth: 'ehr-token' }, issuer: oracleIssuer() };
    case 'lossy':
      return { vendor, issuer: { sinks: [TO_EHR] } };
    default:
      return { vendor };
  }
}

async function epicIssuer(): Promise<Partial<IssuerConfig>> {
  const { FLOWSHEET } = await import('#mocks/vendors/epic-flowsheet.ts');
  return {
    ...BESIDE_STORE,
    vendor: 'epic',
    sinks: [
      TO_STORE,
      { kind: 'epic-flowsheet', to: 'ehr', required: true, flowsheet: { ...FLOWSHEET } },
    ],
  };
}

/** The Observation is tried all the same: what it is refused with can be seen on the card. */
function oracleIssuer(): Partial<IssuerConfig> {
  return {
    ...BESIDE_STORE,
    vendor: 'oracle-health',
    scopes: v1(
      CHART_SCOPES.replace('patient/DocumentReference.rs', 'patient/DocumentReference.crs'),
    ),
    sinks: [
      TO_STORE,
      {
        kind: 'document-note',
        to: 'ehr',
        required: true,
        note: { type: NOTE_TYPE, afterMinutes: 10 },
      },
      { ...TO_EHR, required: false },
    ],
  };
}

/** SMART v1 scopes, which are what Cerner documents: `.read`, `.write`, and no query. */
function v1(scopes: string): string {
  return scopes
    .split(' ')
    .filter((scope) => !scope.includes('?'))
    .flatMap((scope) => {
      const dot = scope.lastIndexOf('.');
      if (!scope.includes('/') || dot < 0) return scope;
      const what = scope.slice(0, dot);
      return /[cud]/.test(scope.slice(dot)) ? [`${what}.read`, `${what}.write`] : `${what}.read`;
    })
    .join(' ');
}
