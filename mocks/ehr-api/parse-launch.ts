import type { Scenario } from '../scenarios/scenario.ts';
import type { SandboxClient } from '../smart/client.ts';
import type { FhirContextItem, LaunchContext } from '../smart/launch-context.ts';

interface Known {
  readonly clients: readonly SandboxClient[];
  readonly scenario: Scenario;
}

/** Reads a launch request; a string says what is wrong with it. */
export function parseLaunch(
  body: Record<string, unknown> | undefined,
  { clients, scenario }: Known,
): LaunchContext | string {
  const text = (name: string) => {
    const value = body?.[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const clientId = text('clientId');
  const user = text('user');
  if (clientId === undefined || !clients.some(({ id }) => id === clientId)) {
    return 'clientId is not registered';
  }
  if (!scenario.clinicians.some(({ practitionerId }) => practitionerId === user) || !user) {
    return 'user is not a clinician of this scenario';
  }
  const fhirContext = body?.fhirContext;
  if (fhirContext !== undefined && !Array.isArray(fhirContext))
    return 'fhirContext must be an array';
  const needPatientBanner = body?.needPatientBanner;
  const optional = {
    patient: text('patient'),
    encounter: text('encounter'),
    appContext: text('appContext'),
    intent: text('intent'),
    fhirContext: fhirContext as FhirContextItem[] | undefined,
    needPatientBanner: typeof needPatientBanner === 'boolean' ? needPatientBanner : undefined,
  };
  return { clientId, user, ...withoutUndefined(optional) };
}

function withoutUndefined<T extends object>(
  value: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
