import type { Bundle, Observation } from 'fhir/r4';
import { validateAgainstR4AndProfiles } from '#tests/support/validation/validate.ts';
import { expect, type Stage } from './stage.ts';

const ITEM = 'https://clinician-feedback.example.org/fhir/CodeSystem/feedback-item';

/** A FHIR server of the stage: the sandbox EHR, or the hospital's own store. */
export type Server = Pick<Stage, 'ehrUrl' | 'fhirUrl'>;

export function storeOf({ store }: Stage): Server {
  if (!store) throw new Error('This stage has no store.');
  return { ehrUrl: store.url, fhirUrl: store.fhirUrl };
}

/** Anybody else's view: a plain FHIR search with a token of its own, no code of the app. */
export async function plainSearch(server: Server, query: string): Promise<Bundle> {
  const response = await fetch(`${server.fhirUrl}/${query}`, {
    headers: { authorization: await anyToken(server) },
  });
  return (await response.json()) as Bundle;
}

/** What another tool writes, with a token of its own. */
export async function plainPost(server: Server, resource: Observation): Promise<void> {
  const response = await fetch(`${server.fhirUrl}/${resource.resourceType}`, {
    method: 'POST',
    headers: {
      authorization: await anyToken(server),
      'content-type': 'application/fhir+json',
    },
    body: JSON.stringify(resource),
  });
  expect(response.status, await response.text()).toBe(201);
}

async function anyToken(server: Server): Promise<string> {
  const { clinicians } = (await (await fetch(`${server.ehrUrl}ehr/state`)).json()) as {
    clinicians: { practitionerId: string }[];
  };
  const signIn = await fetch(`${server.ehrUrl}ehr/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.ehrUrl.replace(/\/$/, '') },
    body: JSON.stringify({ practitionerId: clinicians[0]?.practitionerId }),
  });
  const { access_token } = (await signIn.json()) as { access_token: string };
  return `Bearer ${access_token}`;
}

/** All answers about a patient, oldest first. */
export async function responsesOf(server: Server, patientId: string): Promise<Observation[]> {
  return await feedback(server, patientId, 'recommendation-response');
}

export async function exposuresOf(
  server: Server,
  patientId: string,
  item = 'recommendation-displayed',
): Promise<Observation[]> {
  return await feedback(server, patientId, item);
}

async function feedback(server: Server, patientId: string, item: string): Promise<Observation[]> {
  const params = new URLSearchParams({
    patient: `Patient/${patientId}`,
    code: `${ITEM}|${item}`,
    _sort: 'date',
    _count: '100',
  });
  const bundle = await plainSearch(server, `Observation?${params}`);
  return (bundle.entry ?? []).map((entry) => entry.resource as Observation);
}

export const responseCode = (observation: Observation | undefined): string | undefined =>
  observation?.valueCodeableConcept?.coding?.[0]?.code;

export function component(observation: Observation | undefined, code: string) {
  return observation?.component?.find((one) => one.code.coding?.[0]?.code === code);
}

/** Fails with every issue that the outside validators find. */
export function expectValid(resource: object | undefined): void {
  const issues = validateAgainstR4AndProfiles(resource ?? {});
  expect(issues.map(({ by, path, message }) => `${by}: ${path}: ${message}`)).toEqual([]);
}
