import { withoutSlash } from '#src/domain/base-url.ts';
import type { IssuerConfig, StoreConfig } from '#src/domain/site-config.ts';

/** Where one signs in for what answers have left: at the EHR, or at its store where that has a sign-in. */
export function serverSignIn(issuer: IssuerConfig, scope: string) {
  const own = issuer.store?.auth === 'smart' ? issuer.store : undefined;
  if (!own) return { ...issuer, name: 'The EHR', scope };
  return { ...ofStore(own), ...(issuer.redirectUri && { redirectUri: issuer.redirectUri }), scope };
}

const ofStore = (store: StoreConfig) => ({
  iss: withoutSlash(store.baseUrl),
  name: store.label,
  label: store.label,
  clientId: store.clientId ?? '',
  pkce: 'required' as const,
  refreshTokenWithClientId: true,
  discoveryHeaders: {},
});
