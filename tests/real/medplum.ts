import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { FhirResource } from 'fhir/r4';
import { required } from './ehr.ts';
import { FhirServer } from './fhir-server.ts';

/** Medplum's own resources are not in the R4 types. */
type Own = { readonly id: string };
const own = (resource: object) => resource as FhirResource;

const PASSWORD = 'invented-for-this-run';
/** bcrypt of it: setting a password by name would ask a list of breaches outside. */
const PASSWORD_HASH = '$2b$10$5aF1ds6eCtLI8aKKTHQukuA/jdi04EK4ndoT5MLsf/SazquZWEa9K';

/** A project of its own for each run: one clinician, and one client that may do everything in it. */
export interface MedplumProject {
  readonly fhirUrl: string;
  /** Everything in the project. */
  readonly server: FhirServer;
  /** "Practitioner/x" */
  readonly practitioner: string;
  /** A public client for the app; its id. */
  registerApp(redirectUris: readonly string[]): Promise<string>;
  /** Signs the clinician in as Medplum's own page would; the code of the redirect. */
  signIn(params: SignInParams): Promise<string>;
  /** An access token with these scopes for the clinician; `client` as registered. */
  tokenFor(scope: string, client: string, redirectUri: string): Promise<string>;
  /** The id of a launch on that patient and encounter. */
  launch(on: { readonly patient: string; readonly encounter: string }): Promise<string>;
  /** FHIR interactions that each user may spend in a minute (points; a create costs 100). */
  setQuota(points: number): Promise<void>;
}

export interface SignInParams {
  readonly clientId: string;
  readonly scope: string;
  readonly redirectUri: string;
  readonly nonce: string;
  readonly codeChallenge: string;
  readonly codeChallengeMethod: string;
  readonly launch?: string;
}

/**
 * Needs the super admin client of the server's configuration (`defaultSuperAdminClientId`). With
 * `accessPolicy` the clinician may do what it allows, else everything in the project.
 */
export async function createProject(accessPolicy?: object): Promise<MedplumProject> {
  const base = required('MEDPLUM_URL');
  const fhirUrl = `${base}/fhir/R4`;
  const adminToken = await clientToken(
    base,
    required('MEDPLUM_CLIENT'),
    required('MEDPLUM_SECRET'),
  );
  const admin = new FhirServer(fhirUrl, adminToken);
  const create = async (type: string, fields: object) =>
    (await admin.create(own({ resourceType: type, ...fields }))) as Own;

  const project = { name: 'Acceptance', strictMode: true, features: [] };
  const { id } = await create('Project', project);
  const meta = { project: id };
  const policy = accessPolicy && (await create('AccessPolicy', { ...accessPolicy, meta })).id;
  const member = (user: string, profile: string, more = {}) =>
    create('ProjectMembership', {
      meta,
      ...more,
      project: { reference: `Project/${id}` },
      user: { reference: user },
      profile: { reference: profile },
    });
  const secret = randomUUID();
  const client = `ClientApplication/${(await create('ClientApplication', { meta, name: 'Charts', secret })).id}`;
  await member(client, client);
  const name = [{ family: 'Osei', given: ['Ama'] }];
  const practitioner = `Practitioner/${(await create('Practitioner', { meta, name })).id}`;
  const email = `${randomUUID()}@example.org`;
  const user = await create('User', {
    firstName: 'Ama',
    lastName: 'Osei',
    email,
    passwordHash: PASSWORD_HASH,
  });
  await member(`User/${user.id}`, practitioner, {
    ...(policy && { accessPolicy: { reference: `AccessPolicy/${policy}` } }),
  });
  const charts = await clientToken(base, client.split('/')[1] ?? '', secret);

  const signIn = async (params: SignInParams) => {
    const login = { email, password: PASSWORD, remember: true, ...params };
    return (await post<{ code: string }>(`${base}/auth/login`, JSON.stringify(login))).code;
  };
  return {
    fhirUrl,
    server: new FhirServer(fhirUrl, charts),
    practitioner,
    registerApp: async (redirectUris) => {
      const app = { meta, name: 'Clinician feedback', secret: randomUUID(), redirectUris };
      const registered = `ClientApplication/${(await create('ClientApplication', app)).id}`;
      await member(registered, registered);
      return registered.split('/')[1] ?? '';
    },
    signIn,
    tokenFor: async (scope, clientId, redirectUri) => {
      const verifier = randomBytes(32).toString('base64url');
      const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
      const proof = { codeChallenge, codeChallengeMethod: 'S256', nonce: randomUUID() };
      const code = await signIn({ clientId, scope, redirectUri, ...proof });
      return await token(base, {
        grant_type: 'authorization_code',
        code,
        client_id: clientId,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      });
    },
    launch: async ({ patient, encounter }) => {
      const context = { patient: { reference: patient }, encounter: { reference: encounter } };
      return (await create('SmartAppLaunch', { meta, ...context })).id;
    },
    setQuota: async (points) => {
      const systemSetting = [{ name: 'userFhirQuota', valueInteger: points }];
      await admin.update(own({ resourceType: 'Project', id, ...project, systemSetting }));
    },
  };
}

const clientToken = (base: string, id: string, secret: string) =>
  token(base, { grant_type: 'client_credentials', client_id: id, client_secret: secret });

async function token(base: string, form: Record<string, string>): Promise<string> {
  const answer = await post<{ access_token: string }>(
    `${base}/oauth2/token`,
    new URLSearchParams(form),
  );
  return answer.access_token;
}

async function post<T>(url: string, body: string | URLSearchParams): Promise<T> {
  const headers = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${url}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
