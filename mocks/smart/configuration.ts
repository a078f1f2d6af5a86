import type { SmartDeps } from './deps.ts';

/** `.well-known/smart-configuration` (SMART 2.2 §4.3). */
export function smartConfiguration({ fhirBase, smartBase }: SmartDeps): Response {
  return Response.json({
    issuer: fhirBase,
    jwks_uri: `${smartBase}/jwks`,
    authorization_endpoint: `${smartBase}/authorize`,
    token_endpoint: `${smartBase}/token`,
    introspection_endpoint: `${smartBase}/introspect`,
    revocation_endpoint: `${smartBase}/revoke`,
    grant_types_supported: ['authorization_code', 'refresh_token'],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic'],
    scopes_supported: [
      'openid',
      'fhirUser',
      'launch',
      'launch/patient',
      'launch/encounter',
      'online_access',
      'offline_access',
      'patient/*.cruds',
      'user/*.cruds',
    ],
    capabilities: [
      'launch-ehr',
      'launch-standalone',
      'authorize-post',
      'client-public',
      'client-confidential-symmetric',
      'sso-openid-connect',
      'context-banner',
      'context-style',
      'context-ehr-patient',
      'context-ehr-encounter',
      'context-standalone-patient',
      'permission-offline',
      'permission-online',
      'permission-patient',
      'permission-user',
      'permission-v1',
      'permission-v2',
    ],
  });
}
