import type { Stage } from '#tests/e2e/stage.ts';

interface Launch {
  readonly patient: string;
  readonly clinician?: RegExp;
  /** SMART 2.2 launch context, as the EHR would send it with the token. */
  readonly fhirContext?: readonly { readonly reference: string }[];
  readonly appContext?: string;
  readonly needPatientBanner?: boolean;
}

/** Asks the EHR for a launch and gives the app's address: the app by itself, without the EHR page. */
export async function launchAddress(
  stage: Pick<Stage, 'ehrUrl'>,
  { clinician = /./, ...context }: Launch,
): Promise<string> {
  const state = (await (await fetch(`${stage.ehrUrl}ehr/state`)).json()) as {
    clinicians: { practitionerId: string; role: string }[];
  };
  const user = state.clinicians.find(({ role }) => clinician.test(role))?.practitionerId;
  const response = await fetch(`${stage.ehrUrl}ehr/launches`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(stage.ehrUrl).origin },
    body: JSON.stringify({ clientId: 'clinician-feedback', user, ...context }),
  });
  if (!response.ok) throw new Error(`No launch: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { launchUrl: string }).launchUrl;
}
