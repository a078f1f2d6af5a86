import { SANDBOX_SCOPES } from '#src/cli/stage-config.ts';
import { type Ehr, required } from './ehr.ts';
import { FhirServer } from './fhir-server.ts';
import { launchCode } from './launch-code.ts';

/** The SMART Health IT launcher (v2) in front of a FHIR server. It knows every client. */
export function launcher(): Ehr & { readonly url: string } {
  const url = required('LAUNCHER_URL');
  return {
    kind: 'launcher',
    url,
    server: new FhirServer(required('FHIR_URL'), process.env.FHIR_TOKEN),
    register: async (_appUrls, charts) => {
      const standalone = launchCode({
        type: 'provider-standalone',
        patient: charts.map(({ patient }) => patient).join(','),
        provider: charts[0]?.practitioner ?? '',
      });
      const common = {
        label: 'SMART launcher',
        vendor: 'smart-health-it',
        clientId: 'clinician-feedback',
        scopes: SANDBOX_SCOPES,
      } as const;
      return [
        { iss: `${url}/v/r4/fhir`, ...common },
        // It keeps the choices for a standalone launch in the address.
        { iss: `${url}/v/r4/sim/${standalone}/fhir`, ...common },
      ];
    },
    launch: async ({ patient, practitioner: provider, encounter }, options) =>
      launchCode({ type: 'provider-ehr', patient, provider, encounter, ...options }),
    close: async () => undefined,
  };
}
