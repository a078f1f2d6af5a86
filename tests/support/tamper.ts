import type { CheckStageOptions } from './connection.ts';

// What a server may get wrong, put between the checks and a sandbox that does it right.
export const cors = { 'access-control-allow-origin': '*' };

export const answer = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/fhir+json', ...cors, ...headers },
  });
export const path = (request: Request) => new URL(request.url).pathname.replace(/^\/fhir\//, '');
export const parameter = (request: Request, name: string) =>
  new URL(request.url).searchParams.get(name);

/** A server that differs from the sandbox in one thing. */
export type Tamper = NonNullable<CheckStageOptions['tamper']>;
export const when =
  (
    meets: (request: Request) => boolean,
    give: (request: Request, send: typeof fetch) => Promise<Response> | Response,
  ): Tamper =>
  async (request, send) =>
    meets(request) ? await give(request, send) : await send(request);

/** The same answer with other headers. */
export async function reheaded(response: Response, change: Record<string, string | undefined>) {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
  }
  const body = response.status === 204 ? null : await response.arrayBuffer();
  return new Response(body, { status: response.status, headers });
}

/** The same search without one of its parameters: how servers ignore what they do not know. */
export const ignoring = (name: string): Tamper =>
  when(
    (request) => /^Observation$/.test(path(request)) && parameter(request, name) !== null,
    (request, send) => {
      const url = new URL(request.url);
      url.searchParams.delete(name);
      return send(url.href, { headers: request.headers });
    },
  );

export const rewriting = (
  where: string,
  change: (body: Record<string, unknown>) => unknown,
): Tamper =>
  when(
    (request) => path(request) === where && request.method === 'GET',
    async (request, send) => {
      const response = await send(request);
      return answer(
        change(await response.json()),
        response.status,
        Object.fromEntries(response.headers),
      );
    },
  );
