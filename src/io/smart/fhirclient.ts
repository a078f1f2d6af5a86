import BrowserAdapterModule from 'fhirclient/lib/adapters/BrowserAdapter.js';
import type Client from 'fhirclient/lib/Client.js';
import type { fhirclient } from 'fhirclient/lib/types';
import { launchStore } from './launch-store.ts';

export type { Client, fhirclient };

// A CommonJS module with `exports.default`: bundlers disagree on what its default import is.
type AdapterClass = typeof BrowserAdapterModule;
const BrowserAdapter: AdapterClass =
  (BrowserAdapterModule as unknown as { default?: AdapterClass }).default ?? BrowserAdapterModule;

/** Of fhirclient's state, what the way back needs: to change the code into a token, and to renew it. */
const PENDING = [
  'key',
  'clientId',
  'serverUrl',
  'redirectUri',
  'tokenUri',
  'codeVerifier',
  'completeInTarget',
] as const satisfies readonly (keyof fhirclient.ClientState)[];

/** Where fhirclient keeps the state of one launch: handed on to the way back, then kept with its token. */
const storage: fhirclient.Storage = {
  get: async (key) => launchStore().read(key) ?? null,
  set: async (key, state: fhirclient.ClientState) => {
    if (state.tokenResponse?.access_token) launchStore().keep(key, state);
    else
      launchStore().handOver(key, Object.fromEntries(PENDING.map((name) => [name, state[name]])));
    return state;
  },
  unset: async (key) => {
    launchStore().drop(key);
    return true;
  },
};

/**
 * fhirclient reads `iss`, `launch`, `patientId`, `clientId` and `fhirServiceUrl` from the page's URL
 * and lets them override the code's options. This adapter shows it only the parameters that we pass
 * (standards-and-vendors.md B8, hazard 2).
 */
export function smartApi(url: URL, allowed: readonly string[], refreshWithClientId: boolean) {
  const shown = new URL(url.origin + url.pathname);
  for (const name of allowed) {
    const value = url.searchParams.get(name);
    // fhirclient writes the code into a form as it is: "&" in it would add fields, "+" would be lost.
    if (value !== null)
      shown.searchParams.set(name, name === 'code' ? encodeURIComponent(value) : value);
  }
  class Adapter extends BrowserAdapter {
    override getUrl(): URL {
      return shown;
    }
    override getStorage(): fhirclient.Storage {
      return storage;
    }
  }
  return new Adapter({
    // State stays keyed by launch: two launches of one browser must never meet (hazard 8).
    fullSessionStorageSupport: false,
    refreshTokenWithClientId: refreshWithClientId,
    // The page itself takes `code` out of the address bar, see session.ts.
    replaceBrowserHistory: false,
  } as ConstructorParameters<AdapterClass>[0]).getSmartApi();
}
