import { SANDBOX_SCOPES } from '#src/cli/stage-config.ts';
import type { Ehr } from './ehr.ts';
import { createProject } from './medplum.ts';
import { serveSignInPage, signInAddress } from './sign-in-page.ts';

/** Medplum as EHR: its own sign-in, scopes that it enforces, PostgreSQL behind it. */
export async function medplumEhr(): Promise<Ehr> {
  const project = await createProject();
  const here = 'http://localhost/index.html';
  const address = await signInAddress(project.fhirUrl, await project.registerApp([here]), here);
  const page = await serveSignInPage(project, address);
  return {
    kind: 'medplum',
    project,
    server: project.server,
    practitioner: project.practitioner,
    register: async (appUrls) => [
      {
        iss: project.fhirUrl,
        label: 'Medplum',
        vendor: 'medplum',
        clientId: await project.registerApp(appUrls.map((url) => `${url}index.html`)),
        // It checks what is written against its profile, with the user's own token.
        scopes: `${SANDBOX_SCOPES} user/StructureDefinition.rs`,
      },
    ],
    launch: (chart) => project.launch(chart),
    close: () => page.close(),
  };
}
