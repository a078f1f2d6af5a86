import type { SandboxClient } from './client.ts';

/** A public client names itself in the form; a confidential one proves itself by HTTP Basic. */
export function authenticateClient(
  request: Request,
  form: URLSearchParams,
  clients: readonly SandboxClient[],
): SandboxClient | undefined {
  const basic = /^Basic (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const [id, secret] = basic === undefined ? [form.get('client_id')] : credentials(basic);
  const client = clients.find((candidate) => candidate.id === id);
  if (client === undefined || client.secret !== secret || client.jwks) return undefined;
  return client;
}

function credentials(basic: string): (string | undefined)[] {
  try {
    const decoded = atob(basic);
    const colon = decoded.indexOf(':');
    return [decoded.slice(0, colon), decoded.slice(colon + 1)].map(decodeURIComponent);
  } catch {
    // Credentials that cannot be decoded are nobody's.
    return [];
  }
}
