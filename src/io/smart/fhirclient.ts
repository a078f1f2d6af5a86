import BrowserAdapterModule from 'fhirclient/lib/adapters/BrowserAdapter.js';
import type Client from 'fhirclient/lib/Client.js';
import type { fhirclient } from 'fhirclient/lib/types';

export type { Client, fhirclient };

// A CommonJS module with `exports.default`: bundlers disagree on what its default import is.
type AdapterClass = typeof BrowserAdapterModule;
const BrowserAdapter: AdapterClass =
  (BrowserAdapterModule as unknown as { default?: AdapterClass }).default ?? BrowserAdapterModule;

/** Where fhirclient keeps the state of one launch, tokens included. */
export interface LaunchStorage {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<unknown>;
  unset(key: string): Promise<boolean>;
}

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
  }
  return new Adapter({
    // State stays keyed by launch: two launches of one browser must never meet (hazard 8).
    fullSessionStorageSupport: false,
    refreshTokenWithClientId: refreshWithClientId,
    // The page itself takes `code` out of the address bar, see session.ts.
    replaceBrowserHistory: false,
  } as ConstructorParameters<AdapterClass>[0]).getSmartApi();
}
