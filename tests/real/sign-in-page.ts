import { createServer } from 'node:http';
import type { MedplumProject } from './medplum.ts';

/**
 * Stands where the server has its own web app (`appBaseUrl`): signs the one clinician in without a
 * question and goes back with the code. It proves the server's part of a sign-in, not that page.
 */
export async function serveSignInPage(project: MedplumProject, address: URL) {
  const server = createServer(async (request, reply) => {
    const query = new URL(request.url ?? '/', address).searchParams;
    const asked = (name: string) => query.get(name) ?? '';
    const back = new URL(asked('redirect_uri'));
    const code = await project.signIn({
      clientId: asked('client_id'),
      scope: asked('scope'),
      redirectUri: back.href,
      nonce: asked('nonce') || asked('state'),
      codeChallenge: asked('code_challenge'),
      codeChallengeMethod: asked('code_challenge_method'),
      ...(query.has('launch') && { launch: asked('launch') }),
    });
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked('state'));
    reply.writeHead(302, { location: back.href }).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(address.port), address.hostname, resolve);
  });
  return {
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Where this server sends a browser that wants to sign in: its configuration, found by asking. */
export async function signInAddress(fhirUrl: string, clientId: string, redirectUri: string) {
  const discovery = await fetch(`${fhirUrl}/.well-known/smart-configuration`);
  const { authorization_endpoint } = (await discovery.json()) as Record<string, string>;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid',
    state: 'where',
  });
  const asked = await fetch(`${authorization_endpoint}?${query}`, { redirect: 'manual' });
  const address = new URL(asked.headers.get('location') ?? '');
  if (!/^(localhost|127\.0\.0\.1)$/.test(address.hostname))
    throw new Error(
      `appBaseUrl is ${address.origin}: give a server for tests one of this machine.`,
    );
  return address;
}
