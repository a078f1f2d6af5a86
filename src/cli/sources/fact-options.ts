import type { FactOptions } from '#src/domain/metrics/facts/facts.ts';
import type { SiteTables } from '#src/io/config/load-settings.ts';

/** What the site states that counting must know. */
export const factOptions = ({
  sites,
  models,
}: Pick<SiteTables, 'sites' | 'models'>): FactOptions => ({
  timeZone: sites[0].timeZone,
  qualifying: Object.fromEntries(
    models.flatMap(({ model_id, actions }) => (actions ? [[model_id, actions]] : [])),
  ),
});
