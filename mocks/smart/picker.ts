import type { HumanName, Patient } from '@medplum/fhirtypes';
import type { SmartDeps } from './deps.ts';
import { escapeHtml, page } from './html.ts';

/**
 * Standalone launch: somebody has to say who they are and whose chart it is. The form asks the
 * authorize endpoint again, with the answers among the parameters.
 */
export function pickerPage(parameters: URLSearchParams, deps: SmartDeps): Response {
  const { clients, scenario, smartBase, store } = deps;
  const client = clients.find(({ id }) => id === parameters.get('client_id'));
  const hidden = [...parameters].map(
    ([name, value]) =>
      `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const clinicians = scenario.clinicians.map(({ practitionerId, name, role }) =>
    option(practitionerId, `${name}, ${role}`),
  );
  const patients = ([...store.live('Patient')] as Patient[]).map((patient) =>
    option(patient.id ?? '', nameOf(patient.name?.[0])),
  );
  return page(
    200,
    'Sign in to the sandbox',
    `<p><strong>${escapeHtml(client?.name ?? '')}</strong> asks you to sign in.</p>
<form method="get" action="${escapeHtml(smartBase)}/authorize">
${hidden.join('\n')}
<label>Clinician <select name="sandbox_user">${clinicians.join('')}</select></label>
<label>Patient <select name="sandbox_patient"><option value="">No patient</option>${patients.join('')}</select></label>
<button type="submit">Continue</button>
</form>
<details><summary>What it asks for</summary><p>${escapeHtml(parameters.get('scope') ?? '')}</p></details>`,
  );
}

const option = (value: string, text: string) =>
  `<option value="${escapeHtml(value)}">${escapeHtml(text)}</option>`;

function nameOf(name: HumanName | undefined): string {
  return name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(' ');
}
