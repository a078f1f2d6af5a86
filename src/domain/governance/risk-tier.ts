import type { ModelCard } from '../recommendation.ts';
import type { KindConfig } from '../site-config.ts';

/** How much harm a wrong answer may do, as a site ranks it. */
export const RISK_TIERS = ['low', 'moderate', 'high'] as const;
export type RiskTier = (typeof RISK_TIERS)[number];

/** What the site says of the kind goes before what the model card says of the model. */
export const isHighRisk = (
  { riskTier }: Pick<KindConfig, 'riskTier'>,
  card: Pick<ModelCard, 'riskTier'> | undefined,
): boolean =>
  riskTier === undefined
    ? (card?.riskTier ?? '').trimStart().toLowerCase().startsWith('high')
    : riskTier === 'high';

/** At high risk an override says why (clinical-evidence §3: elsewhere a forced reason is mostly noise). */
export const kindByTier = (
  kind: KindConfig,
  card: Pick<ModelCard, 'riskTier'> | undefined,
): KindConfig =>
  kind.reasonRequired || !isHighRisk(kind, card) ? kind : { ...kind, reasonRequired: true };
