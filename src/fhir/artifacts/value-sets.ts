import type { ValueSet, ValueSetComposeInclude } from 'fhir/r4';
import { NON_ADHERENCE_REASONS } from '#src/domain/reasons.ts';
import { CANONICAL_BASE, SYSTEM } from '../codes.ts';
import { RECOMMENDATION_KIND } from './code-systems.ts';
import { published } from './published.ts';

export const VALUE_SET = {
  response: `${CANONICAL_BASE}/ValueSet/response`,
  overrideReason: `${CANONICAL_BASE}/ValueSet/override-reason`,
  modelState: `${CANONICAL_BASE}/ValueSet/model-state`,
  recommendationKind: `${CANONICAL_BASE}/ValueSet/recommendation-kind`,
} as const;

const valueSet = (
  name: string,
  title: string,
  url: string,
  description: string,
  include: ValueSetComposeInclude[],
): ValueSet => ({
  resourceType: 'ValueSet',
  ...published(name, title, url, description),
  compose: { include },
});

/** Listed one by one: HL7's code system is not yet in the terminology that servers have. */
const nonAdherence = NON_ADHERENCE_REASONS.flatMap((category) => [category, ...category.reasons]);

export const valueSets = (): readonly ValueSet[] => [
  valueSet('Response', 'Responses to an AI recommendation', VALUE_SET.response, 'All responses.', [
    { system: SYSTEM.response },
  ]),
  valueSet(
    'OverrideReason',
    'Reasons against an AI recommendation',
    VALUE_SET.overrideReason,
    'The HL7 non-adherence reason codes (CDS Hooks 3.0 ballot) and what only AI brings.',
    [
      {
        system: SYSTEM.nonAdherenceReason,
        concept: nonAdherence.map(({ code, display }) => ({ code, display })),
      },
      { system: SYSTEM.aiOverrideReason },
    ],
  ),
  valueSet(
    'ModelState',
    'Lifecycle states of an AI model',
    VALUE_SET.modelState,
    'All lifecycle states.',
    [{ system: SYSTEM.modelState }],
  ),
  valueSet(
    'RecommendationKind',
    'Kinds of AI recommendation',
    VALUE_SET.recommendationKind,
    'All kinds that this project knows.',
    [{ system: RECOMMENDATION_KIND }],
  ),
];
