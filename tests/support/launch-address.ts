import type { Stage } from '#tests/e2e/stage.ts';

interface Launch {
  readonly patient: string;
  readonly clinician?: RegExp;
}

/** Asks the EHR for a launch and gives the app's address: the app by itself, without the EHR page. */
export async function launchAddress(
  stage: Pick<Stage, 'ehrUrl'>,
  { patient, clinician = /./ }: Launch,
): Promise<string> {
  const state = (await (await fetch(`${stage.ehrUrl}ehr/state`)).json()) as {
    clinicians: { practitionerId: string; role: string }[];
  };
  const user = state.clinicians.find(({ role }) => clinician.test(role))?.practitionerId;
  const response = await fetch(`${stage.ehrUrl}ehr/launches`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(stage.ehrUrl).origin },
    body: JSON.stringify({ clientId: 'clinician-feedback', patient, user }),
  });
  if (!response.ok) throw new Error(`No launch: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { launchUrl: string }).launchUrl;
}
