import type { SiteConfig } from '#src/domain/site-config.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import { ConfigError, loadConfig } from '#src/io/config/load.ts';
import { pagesOf } from '#src/io/hospital-store/callback.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';
import { completeLaunch } from '#src/io/smart/session.ts';
import type { Deps } from '#src/state/deps.ts';
import { compose } from './compose.ts';
import { notSetUp, type Unopened } from './unopened.ts';

export type Opened =
  | { readonly ok: true; readonly deps: Deps }
  | { readonly ok: false; readonly why: Unopened };

/** Configuration, then token, then the hospital's store if there is one, then the composed parts. Never rejects. */
export async function openSession(page: URL): Promise<Opened> {
  let config: SiteConfig | undefined;
  try {
    config = await loadConfig(fetch);
    const pages = pagesOf(page);
    const smart = await completeLaunch(config, pages.launched);
    const issuer = findIssuer(config, smart.session.issuer);
    // Most sites have no store: its code is not in the way of the first card.
    const store = issuer?.store && (await import('./open-hospital-store.ts'));
    const opened = await store?.openHospitalStore(issuer, smart, pages);
    return { ok: true, deps: compose(config, opened?.smart ?? smart, opened?.store) };
  } catch (cause) {
    return { ok: false, why: { ...explain(cause), signIn: config?.issuers ?? [] } };
  }
}

function explain(cause: unknown): Unopened {
  if (cause instanceof LaunchError)
    return {
      title: cause.message,
      message: cause.cure,
      details: [],
      tryAgainHelps: cause.tryAgainHelps,
    };
  if (cause instanceof ConfigError) return notSetUp(cause);
  return {
    title: 'The app could not be opened',
    message: 'Open it again from the chart. If it fails again, tell your informatics team.',
    details: [],
  };
}
