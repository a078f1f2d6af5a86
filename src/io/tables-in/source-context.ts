import { withoutSlash } from '#src/domain/base-url.ts';
import { sinksOf } from '#src/domain/sinks.ts';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import type { TableContext } from '#src/fhir/tables/table-context.ts';
import type { SiteTables } from '#src/io/config/load-settings.ts';

/** A folder does not say which server it came from; references in it are relative, and stay so. */
const SOMEWHERE = 'https://folder.invalid/fhir';

/** How the resources of one place are to be read, from `config.json` and the site's settings. */
export function contextOf(
  server: string | undefined,
  config: SiteConfig | undefined,
  { outcomes }: Pick<SiteTables, 'outcomes'>,
): Omit<TableContext, 'known'> {
  const issuer = issuerOf(server, config);
  const base = withoutSlash(server ?? issuer?.iss ?? SOMEWHERE);
  const sinks = issuer ? sinksOf(issuer) : [];
  const flowsheet = sinks.find(({ id }) => id === 'epic-flowsheet')?.config.flowsheet;
  const note = sinks.find(({ id }) => id === 'document-note')?.config.note;
  const isStore = issuer === undefined || issuer.hospitalStore || base !== withoutSlash(issuer.iss);
  return {
    server: base,
    issuer: withoutSlash(issuer?.iss ?? base),
    sink: isStore ? 'hospital-store' : 'fhir-observation',
    source: {
      aiDevices: issuer?.aiDevices ?? [],
      probabilityScales: issuer?.probabilityScales ?? [],
    },
    outcomes,
    ...(config && { kinds: config.kinds }),
    ...(flowsheet && { flowsheet }),
    ...(note && { note }),
  };
}

/** The issuer that this server is, or whose hospital store it is. A folder: the only one. */
function issuerOf(
  server: string | undefined,
  config: SiteConfig | undefined,
): IssuerConfig | undefined {
  const issuers = config?.issuers ?? [];
  if (server === undefined) return issuers.length === 1 ? issuers[0] : undefined;
  const asked = withoutSlash(server);
  return issuers.find(
    ({ iss, store }) =>
      withoutSlash(iss) === asked || (store && withoutSlash(store.baseUrl) === asked),
  );
}
