/** Token responses are never cached (RFC 6749 §5.1). */
const HEADERS = { 'cache-control': 'no-store', pragma: 'no-cache' };

export function oauthJson(body: unknown): Response {
  return Response.json(body, { headers: HEADERS });
}

/** RFC 6749 §5.2: not an OperationOutcome, the token endpoint is not FHIR. */
export function oauthError(status: number, error: string, description: string): Response {
  return Response.json({ error, error_description: description }, { status, headers: HEADERS });
}
