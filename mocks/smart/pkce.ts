import { base64url, utf8 } from './base64url.ts';

/** A verifier is 43 to 128 unreserved characters (RFC 7636 §4.1). */
const VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/;

/** S256 only: SMART forbids `plain` (SMART 2.2 §2.0.7). */
export async function verifierMatches(verifier: string, challenge: string): Promise<boolean> {
  if (!VERIFIER.test(verifier)) return false;
  return base64url(await crypto.subtle.digest('SHA-256', utf8(verifier))) === challenge;
}
