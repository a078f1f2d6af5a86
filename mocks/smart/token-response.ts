import type { SmartDeps } from './deps.ts';
import type { Grant } from './grants.ts';
import type { LaunchContext } from './launch-context.ts';

/** The access token with its launch context (SMART 2.2 §2.0.12, §3.0.5 to §3.0.9). */
export async function tokenResponse(
  grant: Grant,
  refreshToken: string | undefined,
  deps: SmartDeps,
): Promise<Record<string, unknown>> {
  return {
    access_token: deps.grants.addAccessToken(grant, deps.accessTokenSeconds),
    token_type: 'Bearer',
    expires_in: deps.accessTokenSeconds,
    scope: grant.scopes.join(' '),
    ...contextClaims(grant.context, deps),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(grant.scopes.includes('openid') ? { id_token: await idToken(grant, deps) } : {}),
  };
}

/** Also what introspection repeats (§7.1). */
export function contextClaims(context: LaunchContext, { smartBase, vendor }: SmartDeps) {
  const { appContext, encounter, fhirContext, intent, needPatientBanner = true, patient } = context;
  return {
    ...(patient === undefined ? {} : { patient }),
    ...(encounter === undefined ? {} : { encounter }),
    ...(fhirContext === undefined ? {} : { fhirContext }),
    ...(intent === undefined ? {} : { intent }),
    ...(appContext === undefined ? {} : { appContext }),
    need_patient_banner: vendor.patientBannerAsString
      ? String(needPatientBanner)
      : needPatientBanner,
    smart_style_url: `${smartBase}/style.json`,
  };
}

async function idToken(grant: Grant, deps: SmartDeps): Promise<string> {
  const { accessTokenSeconds, clock, fhirBase, key } = deps;
  const now = Math.floor(clock.now() / 1000);
  return key.sign({
    iss: fhirBase,
    sub: grant.context.user,
    aud: grant.clientId,
    iat: now,
    exp: now + accessTokenSeconds,
    ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
    ...(grant.scopes.includes('fhirUser') ? { fhirUser: fhirUserOf(grant.context, deps) } : {}),
  });
}

export function fhirUserOf(context: LaunchContext, { fhirBase, vendor }: SmartDeps): string {
  return vendor.fhirUser(fhirBase, context.user);
}
