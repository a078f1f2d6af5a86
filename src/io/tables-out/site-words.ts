import type { Words } from '#src/domain/privacy/words.ts';
import type { SiteConfig } from '#src/domain/site-config.ts';
import { SYSTEM } from '#src/fhir/codes.ts';
import type { SiteTables } from '#src/io/config/load-settings.ts';

const present = (words: readonly (string | undefined)[]): readonly string[] =>
  words.filter((word) => word !== undefined);

/** What settings, configuration and our own code systems state: written down by the site, not in a chart. */
export function siteWords(
  { models, outcomes, negatives }: Pick<SiteTables, 'models' | 'outcomes' | 'negatives'>,
  config?: SiteConfig,
): Words {
  const codes = present([
    ...outcomes.map((one) => one.outcome),
    ...negatives.map((one) => one.outcome_code),
    ...models.map((one) => one.outcome_code),
  ]);
  return {
    model_id: models.map((one) => one.model_id),
    model_version: present(models.map((one) => one.model_version)),
    rule: outcomes.map(({ id }) => id),
    outcome_code: codes,
    kind: (config?.kinds ?? []).map(({ id }) => id),
    reason_system: [SYSTEM.nonAdherenceReason, SYSTEM.aiOverrideReason],
  };
}
