import { ENCOUNTERS_VIEW, OUTCOME_VIEWS, PATIENTS_VIEW } from './care.ts';
import { DECISIONS_VIEW, EXPOSURES_VIEW } from './feedback.ts';
import { CHANGES_VIEW, INCIDENTS_VIEW, MODELS_VIEW, REVIEWS_VIEW } from './governance.ts';
import { RECOMMENDATIONS_VIEW, SCORES_VIEW } from './inferences.ts';
import type { View } from './view.ts';

/** Every view that is published: one for each table and resource type that fills it. */
export const VIEWS: readonly View[] = [
  SCORES_VIEW,
  RECOMMENDATIONS_VIEW,
  EXPOSURES_VIEW,
  DECISIONS_VIEW,
  ...OUTCOME_VIEWS,
  ENCOUNTERS_VIEW,
  PATIENTS_VIEW,
  REVIEWS_VIEW,
  MODELS_VIEW,
  CHANGES_VIEW,
  INCIDENTS_VIEW,
];
