import type { Identifier, Patient } from '@medplum/fhirtypes';
import type { Store } from '../fhir/store.ts';

/** An EHR whose access tokens this server takes, and how it may ask the EHR about them. */
export interface TrustedEhr {
  readonly fhirBase: string;
  /** This server as the EHR registered it: a confidential client (RFC 7662 §2.1). */
  readonly clientId: string;
  readonly clientSecret: string;
  /** Identifier system that both servers give their Patients. */
  readonly patientIdentifierSystem: string;
  /**
   * By client id, the scopes that a token of this client has here. An EHR grants scopes for its own
   * APIs and knows nothing of a store's. A client that is not named has what the EHR granted.
   */
  readonly permits?: Readonly<Record<string, string>>;
}

/** What an EHR's token permits here: its scopes, and who its patient is among ours. */
export interface EhrToken {
  readonly scopes: readonly string[];
  readonly patientIds: readonly string[];
}

/** What we read of the answer (SMART 2.2 §7.1.1). */
interface Introspection {
  readonly active: boolean;
  readonly client_id?: string;
  readonly scope?: string;
  readonly patient?: string;
}

export interface EhrTokens {
  /** Undefined: the EHR says that it is not active. An Error: the EHR could not be asked. */
  look(token: string): Promise<EhrToken | undefined | Error>;
}

/**
 * The gateway of a hospital-owned store (SMART 2.2 §7: a resource server asks the EHR's introspection
 * endpoint). The EHR's patient id means nothing here, so the gateway reads that Patient with the very
 * token and looks for the identifier among its own. Nothing is cached: a revoked token ends at once.
 */
export function createEhrTokens(ehr: TrustedEhr, store: Store): EhrTokens {
  async function introspect(token: string) {
    const discovery = await fetch(`${ehr.fhirBase}/.well-known/smart-configuration`);
    const { introspection_endpoint: endpoint } = (await discovery.json()) as Record<string, string>;
    const response = await fetch(endpoint ?? '', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${btoa(`${ehr.clientId}:${ehr.clientSecret}`)}`,
      },
      body: new URLSearchParams({ token, token_type_hint: 'access_token' }).toString(),
    });
    if (!response.ok) throw new Error(`introspection answered ${response.status}`);
    return (await response.json()) as Introspection;
  }

  async function ours(token: string, patient: string): Promise<readonly string[]> {
    const response = await fetch(`${ehr.fhirBase}/Patient/${patient}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    // A token that may not read its own patient gives us nobody, and its patient scopes reach nothing.
    if (!response.ok) return [];
    const { identifier = [] } = (await response.json()) as Patient;
    const wanted = identifier.filter(({ system }) => system === ehr.patientIdentifierSystem);
    return ([...store.all('Patient')] as Patient[])
      .filter((one) => wanted.some((identifier) => bears(one, identifier)))
      .map(({ id = '' }) => id);
  }

  return {
    async look(token) {
      try {
        const { active, client_id = '', patient, scope = '' } = await introspect(token);
        if (!active) return undefined;
        const patientIds = patient === undefined ? [] : await ours(token, patient);
        return { scopes: (ehr.permits?.[client_id] ?? scope).split(' '), patientIds };
      } catch (cause) {
        return new Error(`The EHR could not be asked about the token: ${String(cause)}`);
      }
    },
  };
}

const bears = ({ identifier = [] }: Patient, wanted: Identifier): boolean =>
  identifier.some(({ system, value }) => system === wanted.system && value === wanted.value);
